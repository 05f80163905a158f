import sys
import time

from lms.operations.supervisor import FIRST_PAUSE, LONGEST_PAUSE, Child, next_pause


def test_pause_doubles_up_to_half_a_minute():
    pauses = [FIRST_PAUSE]
    for _ in range(8):
        pauses.append(next_pause(pauses[-1], lived=1))

    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, LONGEST_PAUSE]


def test_pause_falls_back_after_a_healthy_minute():
    assert next_pause(30, lived=60) == FIRST_PAUSE


def test_child_that_dies_is_started_again_when_its_pause_is_over():
    child = Child("probe", [sys.executable, "-c", "raise SystemExit(3)"])
    child.tend(now=100)
    first = child.process
    first.wait(20)

    child.tend(now=101)
    waiting = child.process
    child.tend(now=101 + child.pause - 0.01)
    early = child.process
    child.tend(now=101 + child.pause)

    assert (waiting, early) == (None, None)
    assert child.process.pid != first.pid
    child.process.wait(20)


def test_stop_reaches_the_child():
    child = Child("probe", [sys.executable, "-c", "import time; time.sleep(60)"])
    child.tend(now=0)
    time.sleep(0.2)

    child.stop(15)

    assert child.process.wait(20) == -15
