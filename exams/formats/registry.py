"""The question file formats by name. A new one is a module and a line here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from exams.formats import aiken, gift, moodle_xml
from exams.formats.items import MATCHING, Category, Item, Outcome, Written


@dataclass(frozen=True)
class Format:
    """How to read and write one kind of file. `words`: types that it calls something else."""

    read: Callable[[bytes], Outcome]
    write: Callable[[Sequence[Item], Sequence[Category]], Written]
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, type_: str) -> str:
        """What the format calls a type of question."""
        return self.words.get(type_, type_)


FORMATS: dict[str, Format] = {
    "gift": Format(gift.read, lambda items, _categories: gift.write(items), {MATCHING: "match"}),
    "moodle-xml": Format(moodle_xml.read, moodle_xml.write),
    "aiken": Format(aiken.read, lambda items, _categories: aiken.write(items)),
}
