from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import numbers, paper, wording
from certificates.rules.validity import last_day, surname_matches
from kit import series

ISSUER = st.from_regex(r"[A-Z0-9]{2,8}", fullmatch=True)
KIND = st.from_regex(r"[A-Z0-9]{2}", fullmatch=True)
YEAR = st.integers(2000, 9999)
SEQUENCE = st.integers(0, series.LAST_SEQUENCE - 50)


@given(ISSUER, YEAR, KIND, SEQUENCE)
def test_a_number_is_read_back_however_it_is_typed(issuer, year, kind, last):
    prefix = numbers.series_of(issuer, year, kind)
    printed = series.printed(prefix, series.next_sequence(prefix, last))

    assert numbers.NUMBER.fullmatch(printed)
    assert printed[-1] not in "IO"
    assert numbers.normalise_number(printed) == printed
    typed = printed.lower().replace("-", " － ")
    assert numbers.normalise_number(f"  {typed}　") == printed
    assert numbers.normalise_number(printed.replace("-", "")) == printed


@given(ISSUER, YEAR, KIND, SEQUENCE, st.data())
def test_one_wrong_character_is_noticed(issuer, year, kind, last, data):
    prefix = numbers.series_of(issuer, year, kind)
    printed = series.printed(prefix, series.next_sequence(prefix, last))
    place = data.draw(st.integers(len(printed) - 7, len(printed) - 2))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != printed[place]]))

    assert numbers.normalise_number(printed[:place] + digit + printed[place + 1 :]) == ""


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_nothing(text):
    found = numbers.normalise_number(text)

    assert found == "" or numbers.NUMBER.fullmatch(found)


def test_letters_i_and_o_are_read_as_digits_where_only_digits_stand():
    printed = series.printed("DEMO-2026-YY", 10)

    assert numbers.normalise_number(printed.replace("000010", "OOOOIO")) == printed


@pytest.mark.parametrize(
    ("issuer", "year", "kind"), [("demo", 2026, "YY"), ("DEMO", 2026, "Y"), ("DEMO", 99, "YY")]
)
def test_parts_that_do_not_fit_are_refused(issuer, year, kind):
    with pytest.raises(ValueError, match=r"issuer code|out of range"):
        numbers.series_of(issuer, year, kind)


def faults(**more):
    given = {"title": "电商运营培训", "issuer_name": "赣鄱云商", "basis": "", "signatories": ["甲"]}
    return [
        (fault.field, fault.kind, fault.detail) for fault in wording.scheme_faults(**given | more)
    ]


@given(
    st.sampled_from(wording.FORBIDDEN),
    st.text(alphabet=" 　·-—_.", max_size=3),
    st.text(alphabet="电商运营培训", max_size=5),
)
def test_forbidden_words_are_found_through_blanks_and_marks(word, filler, around):
    title = around + filler.join(word) + around

    assert word in wording.forbidden_words(title)


def test_plain_wording_passes():
    assert faults() == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"title": "全国电商运营培训"}, ("title", "forbidden", "全国")),
        ({"issuer_name": "国家培训中心"}, ("issuer_name", "forbidden", "国家")),
        ({"title": "直播运营师培训"}, ("title", "needs_basis", "师")),
        ({"title": "训" * 81}, ("title", "too_long", "80")),
        ({"issuer_name": "训" * 31}, ("issuer_name", "too_long", "30")),
        ({"title": " · "}, ("title", "empty", "")),
        ({"signatories": ["签" * 13]}, ("signatories", "too_long", "12")),
    ],
)
def test_wording_is_refused(more, expected):
    assert faults(**more) == [expected]


def test_a_title_word_passes_with_its_basis():
    assert faults(title="直播运营师培训", basis="协会〔2025〕3号") == []


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("陈晓岚", ""),
        ("Anna Smith", ""),
        ("阿卜杜热合曼·买提", "medium"),
        ("阿" * 13, "long"),
        ("阿" * 21, None),
    ],
)
def test_name_size(name, size):
    assert wording.name_size(name) == size


@pytest.mark.parametrize(("count", "size"), [(28, ""), (29, "long"), (42, "long"), (43, "longest")])
def test_programme_size(count, size):
    assert wording.programme_size("训" * count) == size


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 6, 20), 36, date(2029, 6, 19)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 12, 1), None, None),
    ],
)
def test_last_day(day, months, expected):
    assert last_day(day, months) == expected


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 240))
def test_last_day_comes_after_issue_and_no_later_than_the_months(day, months):
    end = last_day(day, months)

    assert day <= end
    assert (end.year - day.year) * 12 + end.month - day.month in {months - 1, months}


@pytest.mark.parametrize(
    ("name", "typed", "matches"),
    [
        ("欧阳娜", "欧阳", True),
        ("欧阳娜", " 欧 ", True),
        ("欧阳娜", "娜", False),
        ("欧阳娜", "", False),
        ("Anna Montgomery-Smith", "smith", True),
        ("Anna Montgomery-Smith", "montgomery-smith", True),
        ("Anna Smith", "anna  smith", True),
        ("Anna Smith", "smi", False),
        ("陈晓岚", "Chen", False),
    ],
)
def test_surname_matches(name, typed, matches):
    assert surname_matches(name, typed) is matches


SNAPSHOT = {
    "language": "zh-hans", "starts_on": "2026-06-09", "ends_on": "2026-06-13",
    "hours_classroom": "40.0", "hours_online": "20.5", "hours_total": "60.5",
    "expires_on": "", "id_type": "passport", "name": "Anna", "programme": "训",
    "issued_on": "2026-06-20",
}  # fmt: skip


def test_paper_words_in_chinese():
    context = paper.paper_context(SNAPSHOT, qr="")["c"]

    assert context["body"].startswith("于2026年6月9日至2026年6月13日参加")
    assert "集中培训40学时、线上学习20.5学时" in context["body"]
    assert context["footnote"].startswith("本证书由培训机构颁发")
    assert (context["id_type"], context["issued"]) == ("护照", "2026年6月20日")


def test_paper_words_in_english():
    context = paper.paper_context(SNAPSHOT | {"language": "en", "expires_on": "2029-06-19"}, qr="")[
        "c"
    ]

    assert "from 9 June 2026 to 13 June 2026, completed 40 class hours" in context["body"]
    assert context["footnote"].startswith("Valid until 19 June 2029. Issued")
    assert context["id_type"] == "Passport"


def test_footnote_names_the_last_day_in_chinese():
    assert paper.footnote(SNAPSHOT | {"expires_on": "2029-06-19"}).startswith(
        "有效期至2029年6月19日。"
    )


def test_footnote_without_end_in_english():
    assert paper.footnote(SNAPSHOT | {"language": "en"}).startswith("Issued by")


def test_printed_text_holds_what_the_faces_are_asked_about():
    assert "Anna" in paper.printed_text(SNAPSHOT)
