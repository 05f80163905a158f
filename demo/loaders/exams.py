"""The bank and the theory exam that the demo ships with."""

from datetime import datetime
from pathlib import Path

from exams.formats.bank_jsonl import read_bank, read_topics
from exams.models import Exam
from exams.services import publish_exam
from exams.services.bank_import import import_bank
from exams.services.exams import ExamDraft

DEMO = Path(__file__).resolve().parent.parent
# The marks are those of the bank itself and make 100 without scaling:
# 14×2 + 8×3 + 6×1 + 2×4 + 2 + 4 + 4 + 8 + 16.
BLUEPRINT = [
    {"type": "single", "count": 14, "mark": "2"},
    {"type": "multiple", "count": 8, "mark": "3"},
    {"type": "true_false", "count": 6, "mark": "1"},
    {"type": "numeric", "count": 2, "mark": "4"},
    {"type": "fill", "count": 1, "mark": "2"},
    {"type": "ordering", "count": 1, "mark": "4"},
    {"type": "matching", "count": 1, "mark": "4"},
    {"type": "short", "count": 1, "mark": "8"},
    {"type": "case", "count": 1, "mark": "16"},
]
INSTRUCTIONS = """点“开始作答”就开始计时，中途不能暂停。
每选一次就自动保存，右上角写着“已保存”和时间。到点自动交卷，已保存的答案都算数。
多选题错选不得分，少选按比例得分；排序题全对才得分；匹配题按对得分；数值题请按题目要求保留小数。
断网可以继续作答，联网后自动补传；答案先存在这台设备上。"""


def load(at: datetime) -> Exam:
    """Bank and exam; a second run changes nothing."""
    import_bank(
        lines=read_bank(DEMO / "questions.jsonl"),
        topics=read_topics(DEMO / "course_tree.json"),
        by=None,
        at=at,
    )
    draft = ExamDraft("YY-THEORY", "理论考试", 90, BLUEPRINT, INSTRUCTIONS)
    return publish_exam(draft=draft, by=None, at=at)
