"""The one error of reading a table."""


class WorkbookError(ValueError):
    """Why a file cannot be read: where, what is wrong, and what its sender can do (translated)."""

    def __init__(self, place: str, reason: str, remedy: str) -> None:
        super().__init__(" ".join(part for part in (place, reason, remedy) if part))
        self.place = place
        self.reason = reason
        self.remedy = remedy
