import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.notes import CLASH, OLD, SAVE, Writing, verdict

STORED = Writing(text="甲", version=3, writer="phone", seq=5)


@pytest.mark.parametrize(
    ("stored", "sent", "expected"),
    [
        (None, Writing("乙", 0, "phone", 1), SAVE),
        (None, Writing("乙", 7, "phone", 0), SAVE),
        (STORED, Writing("乙", 0, "phone", 6), SAVE),  # its own next text, whatever it saw
        (STORED, Writing("乙", 3, "phone", 5), OLD),  # a replay
        (STORED, Writing("乙", 3, "phone", 4), OLD),  # a late request
        (STORED, Writing("乙", 3, "desk", 1), SAVE),  # another page that has seen version 3
        (STORED, Writing("乙", 2, "desk", 9), CLASH),  # another page that has not
        (STORED, Writing("甲", 2, "desk", 9), OLD),  # the same words
        (STORED, Writing("乙", 2, "phone", 0), CLASH),  # the form of an older page, sent again
        (STORED, Writing("乙", 3, "phone", 0), SAVE),
    ],
)
def test_which_text_stays(stored, sent, expected):
    assert verdict(stored, sent) == expected


@pytest.mark.law
@given(
    st.lists(
        st.tuples(st.sampled_from(["phone", "desk"]), st.integers(0, 4), st.booleans()),
        max_size=12,
    )
)
def test_no_text_is_replaced_that_the_writer_has_not_seen(events):
    """Two pages write in any order; `seen` says whether a page reloads before it writes."""
    stored, last_seen, numbers = None, {"phone": 0, "desk": 0}, {"phone": 0, "desk": 0}
    for place, (writer, word, seen) in enumerate(events):
        if seen and stored:
            last_seen[writer] = stored.version
        numbers[writer] += 1
        sent = Writing(f"{place}-{word}", last_seen[writer], writer, numbers[writer])
        before = stored
        if verdict(stored, sent) == SAVE:
            stored = Writing(sent.text, (stored.version if stored else 0) + 1, writer, sent.seq)
            last_seen[writer] = stored.version
        if before and before.writer != writer and stored is not before:
            assert sent.version == before.version
        assert verdict(stored, sent) != SAVE  # sent again it adds nothing
