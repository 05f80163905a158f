from lms.portal.ring import segments

HOUR = 2700


def kinds(done, required):
    return [segment.classes for segment in segments(done, required)]


def test_each_full_hour_fills_a_segment_and_the_one_under_way_is_marked():
    found = kinds(2 * HOUR + 5, 4 * HOUR)

    assert found == ["seg seg-on", "seg seg-on", "seg seg-now", "seg"]


def test_nothing_is_under_way_before_the_first_second_and_after_the_last():
    assert kinds(0, 2 * HOUR) == ["seg", "seg"]
    assert kinds(2 * HOUR, 2 * HOUR) == ["seg seg-on", "seg seg-on"]
    assert kinds(9 * HOUR, 2 * HOUR) == ["seg seg-on", "seg seg-on"]


def test_long_demands_are_drawn_in_twentieths():
    found = kinds(50 * HOUR, 100 * HOUR)

    assert (len(found), found.count("seg seg-on"), found.count("seg seg-now")) == (20, 10, 1)


def test_a_demand_of_few_seconds_is_one_segment():
    assert kinds(3, 10) == ["seg seg-now"]
    assert kinds(0, 0) == ["seg"]


def test_the_first_segment_starts_at_the_top():
    assert segments(0, 20 * HOUR)[0].path.startswith("M71.5 28.0L71.5 12.0A58 58 0 0 1 86.5 14.4")
