"""The one way a service says no."""


class Refused(Exception):
    """Something that must not be done now: `code` for programs, `message` translated for people.

    An app makes a class of its own only where somebody must tell its refusals from others.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = str(message)
