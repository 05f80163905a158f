"""Every address of the exam floor × every role."""

from tests.exams.theory_access import THEORY_ROWS, build_theory


def build(world):
    build_theory(world)


ROWS = [*THEORY_ROWS]
