"""Who is old enough. Under 16 nobody is enrolled; 16 and 17 are noted as minors."""

YOUNGEST = 16
GROWN_UP = 18


def is_too_young(age: int) -> bool:
    """Whole years on the first day of the class."""
    return age < YOUNGEST


def is_minor(age: int) -> bool:
    """Admitted, but somebody has to look after consent of the guardian."""
    return YOUNGEST <= age < GROWN_UP
