"""Effective limits and states of a quiz engine that many people know, as facts."""

import json
import os
from pathlib import Path

import pytest

from exams.rules.deadline import Limits, effective_limits, ends_at

pytestmark = pytest.mark.corpora

CORPORA = os.environ.get("LMS_CORPORA", "")
PATH = Path(CORPORA) / "deadline_cases.json"
CASES = json.loads(PATH.read_text())["cases"] if CORPORA and PATH.exists() else []
GROUPS = {"group1", "group2"}
NOW, LOOKED_AT = 1000, 940


def limits(raw):
    return Limits(raw["timeclose"], raw["timelimit"])


def effective(case):
    own = [limits(o) for o in case["overrides"] if o["target"] == case["user"]]
    groups = [limits(o) for o in case["overrides"] if o["target"] in GROUPS]
    return effective_limits(limits(case["quiz"]), own=own[0] if own else None, groups=groups)


def state(case):
    """The state after the job that closes what is over, which waits for its minimum of grace."""
    quiz, ends = case["quiz"], ends_at(effective(case), started=case["attempt_start"])
    if ends is None or ends > LOOKED_AT:
        return case["initial_state"]
    if quiz.get("overduehandling") == "graceperiod" and ends + quiz["graceperiod"] > LOOKED_AT:
        return "overdue"
    return "abandoned" if quiz.get("overduehandling") == "autoabandon" else "finished"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_limits_and_the_state_are_those_of_the_corpus(case):
    expected = limits(case["expected_effective"])

    assert effective(case) == expected
    assert state(case) == case["expected_state_at_t1000"]


def test_the_corpus_is_there():
    assert len(CASES) > 20
