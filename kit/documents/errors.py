"""The one error of reading a document."""


class DocumentError(ValueError):
    """Why a document cannot be read: what is wrong, and what its sender can do (translated)."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(" ".join(part for part in (reason, remedy) if part))
        self.reason = reason
        self.remedy = remedy
