"""File answer: files of allowed kinds, marked by hand like a short answer.

Not among the registered types yet: the exam room has no way to hand in a file, and a type that
can be drawn but not answered would cost every candidate its mark.
"""

import re
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.question_types.base import Json, check_text
from exams.rules.question_types.short import ShortRule
from exams.rules.uploads import EXTENSIONS, MAX_FILE_BYTES, MAX_FILES, MAX_NAME

KINDS = tuple(sorted(set(EXTENSIONS.values())))
_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileRule(ShortRule):
    """content {"kinds": [kind], "most": count}, key as ShortRule.

    An answer lists what was stored: [{"name", "kind", "digest", "bytes"}], the digest SHA-256.
    """

    type = "file"

    def check(self, content: Json, key: Json) -> None:
        kinds, most = content.get("kinds"), content.get("most")
        if not isinstance(kinds, list) or not kinds or any(kind not in KINDS for kind in kinds):
            raise RuleError("kinds", "kinds must be a list of %(known)s", known=", ".join(KINDS))
        if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= MAX_FILES:
            raise RuleError("most", "an answer has 1 to %(most)s files", most=MAX_FILES)
        super().check(content, key)

    def clean(self, content: Json, value: Any) -> Any:
        if value is None or value == []:
            return None
        if not isinstance(value, list) or len(value) > content["most"]:
            raise RuleError(
                "files", "answer must be a list of at most %(most)s files", most=content["most"]
            )
        files = [_file(content, entry) for entry in value]
        if len({file["digest"] for file in files}) != len(files):
            raise RuleError("repeated", "the same file stands in the answer twice")
        return files

    def shown(self, content: Json, order: Any) -> Json:
        return {"kinds": content["kinds"], "most": content["most"]}


def _file(content: Json, entry: Any) -> Json:
    entry = entry if isinstance(entry, dict) else {}
    name = check_text(entry.get("name"), "name", most=MAX_NAME).strip()
    kind, digest, size = entry.get("kind"), entry.get("digest"), entry.get("bytes")
    if kind not in content["kinds"]:
        raise RuleError(
            "kind", "%(name)s is none of the kinds asked for: %(kinds)s",
            name=name, kinds=", ".join(content["kinds"]),
        )  # fmt: skip
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise RuleError("digest", "%(name)s has no digest", name=name)
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= MAX_FILE_BYTES:
        raise RuleError("size", "%(name)s is empty or too large", name=name)
    return {"name": name, "kind": kind, "digest": digest, "bytes": size}
