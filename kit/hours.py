"""Time is stored in seconds and printed in class hours (学时) of 45 minutes, or by the clock."""

CLASS_HOUR_SECONDS = 2700


def class_hours_text(seconds: int) -> str:
    """Class hours with one place, rounded down: 53 999 s is "19.9", 54 000 s is "20.0"."""
    tenths = seconds * 10 // CLASS_HOUR_SECONDS
    return f"{tenths // 10}.{tenths % 10}"


def missing_hours_text(seconds: int) -> str:
    """Class hours still missing, rounded up, so that what is there and what is missing make what
    is asked: 1 s is "0.1", 0 is "0.0"."""
    return class_hours_text(-(-seconds * 10 // CLASS_HOUR_SECONDS) * CLASS_HOUR_SECONDS // 10)


def clock_text(seconds: int) -> str:
    """Minutes and seconds, the minutes uncut: 59 s is "0:59", 1180 s "19:40", 3600 s "60:00"."""
    return f"{seconds // 60}:{seconds % 60:02d}"
