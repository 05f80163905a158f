"""All question types by name."""

from exams.rules.question_types.base import QuestionRule
from exams.rules.question_types.calculated import CalculatedRule
from exams.rules.question_types.case import CaseRule
from exams.rules.question_types.cloze import ClozeRule
from exams.rules.question_types.fill import FillRule
from exams.rules.question_types.matching import MatchingRule
from exams.rules.question_types.multiple import MultipleRule
from exams.rules.question_types.numeric import NumericRule
from exams.rules.question_types.ordering import OrderingRule
from exams.rules.question_types.short import ShortRule
from exams.rules.question_types.single import SingleRule
from exams.rules.question_types.true_false import TrueFalseRule

RULES: dict[str, QuestionRule] = {
    rule.type: rule
    for rule in (
        SingleRule(), MultipleRule(), TrueFalseRule(), NumericRule(), FillRule(),
        CalculatedRule(), OrderingRule(), MatchingRule(), ClozeRule(), ShortRule(), CaseRule(),
    )
}  # fmt: skip
