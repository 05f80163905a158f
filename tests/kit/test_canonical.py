import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.canonical import canonical_json, digest

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=20,
)


@given(JSON)
def test_a_trip_through_json_changes_nothing(obj):
    assert canonical_json(json.loads(canonical_json(obj))) == canonical_json(obj)


def test_the_spelling_of_each_kind():
    obj = {
        "b": (1, None, True),
        "a": Decimal("59.990"),
        "f": Fraction(1, 3),
        "d": date(2026, 3, 13),
        "t": datetime(2026, 3, 13, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
        "u": UUID(int=1),
        "z": "中",
        3: 0.5,
    }

    assert canonical_json(obj) == (
        '{"3":0.5,"a":"59.990","b":[1,null,true],"d":"2026-03-13","f":"1/3",'
        '"t":"2026-03-13T02:00:00Z","u":"00000000-0000-0000-0000-000000000001","z":"中"}'
    )


def test_one_instant_has_one_digest_in_every_zone():
    there = datetime(2026, 3, 13, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

    assert digest([there]) == digest([there.astimezone(UTC)])
    assert len(digest([there])) == 64


@pytest.mark.parametrize("obj", [{1, 2}, b"x", datetime(2026, 3, 13), object()])
def test_what_has_no_plain_spelling_is_refused(obj):
    with pytest.raises(TypeError):
        canonical_json(obj)


@pytest.mark.parametrize("obj", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_refused(obj):
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(obj)
