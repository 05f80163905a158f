"""Which of two texts of one note stays, when several pages write to it.

Every page that writes names itself (`writer`) and numbers what it sends (`seq`), and says which
version of the note it last saw. A form without a script cannot number: it sends 0. Nothing that
somebody typed is overwritten unseen.
"""

from dataclasses import dataclass

SAVE, OLD, CLASH = "save", "old", "clash"


@dataclass(frozen=True)
class Writing:
    """One text of a note: as it is stored, or as a page sends it."""

    text: str
    version: int
    writer: str
    seq: int


def verdict(stored: Writing | None, sent: Writing) -> str:
    """save: it becomes the note. old: nothing to do. clash: another page has written since.

    The page that wrote last goes on by its own numbers: a replay or a late request adds nothing.
    Any other page has to have seen what is stored.
    """
    if stored is None:
        return SAVE
    if sent.seq and sent.writer == stored.writer:
        return SAVE if sent.seq > stored.seq else OLD
    if sent.text == stored.text:
        return OLD
    return SAVE if sent.version == stored.version else CLASH
