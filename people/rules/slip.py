"""Codes on activation slips: short enough to type, spelled so that no two letters look alike."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
DAYS_VALID = 14
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def spelled(code: str) -> str:
    """A code as it is printed: in two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def typed(text: str) -> str | None:
    """The code a person typed, in any case, with blanks and hyphens; None if it cannot be one."""
    code = text.upper().replace(" ", "").replace("-", "").translate(_LOOKALIKES)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
