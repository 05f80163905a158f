"""Class hours (学时): time is stored in seconds and printed in class hours of 45 minutes."""

CLASS_HOUR_SECONDS = 2700


def class_hours_text(seconds: int) -> str:
    """Class hours with one place, rounded down: 53 999 s is "19.9", 54 000 s is "20.0"."""
    tenths = seconds * 10 // CLASS_HOUR_SECONDS
    return f"{tenths // 10}.{tenths % 10}"
