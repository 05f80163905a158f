from evaluations.services.surveys import (
    answer_follow_up,
    give_survey,
    open_follow_up,
)

__all__ = ["answer_follow_up", "give_survey", "open_follow_up"]
