from courses.rules.checks import check_words, in_words, questions_named, summary

WORDS = {
    "stem": "赚吗？", "options": ["赚", "亏"], "answer": 1, "explanation": "毛利",
    "code": "LC-roi-1", "version": 7,
}  # fmt: skip


def worded(content, key):
    return check_words(
        content=content, key=key, stem="赚吗？", explanation="毛利", code="LC-roi-1", version=7
    )


def test_a_single_choice_keeps_its_options_and_the_right_one():
    assert worded({"options": ["赚", "亏"]}, {"right": 1}) == WORDS


def test_true_or_false_has_two_options():
    true, false = worded({}, {"right": True}), worded({}, {"right": False})

    assert (true["options"], true["answer"], false["answer"]) == (["正确", "错误"], 0, 1)


def test_questions_are_replaced_by_their_words_and_the_rest_stays():
    typed = {"type": "check", "value": {"stem": "旧"}, "id": "a"}
    named = {"type": "question", "value": 3, "id": "b"}
    gone, empty = named | {"value": 4}, named | {"value": None}

    assert questions_named([typed, named, gone, empty]) == {3, 4}
    assert in_words([typed, named, gone, empty], {3: WORDS}) == [
        typed, {"type": "check", "value": WORDS, "id": "b"},
    ]  # fmt: skip


def test_the_summary_marks_the_right_option():
    assert summary(WORDS) == "LC-roi-1 · 赚吗？ — 赚 / ✓ 亏"
