"""Who answers for lessons sees what they are made of; people read them under /learn/."""

from tests.access import Row

KEEPERS = {"editor", "auditor"}
ROWS = [
    Row("courses:hours_list", ok=KEEPERS),
    Row("courses:hours_export", ok=KEEPERS),
]
