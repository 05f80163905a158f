from evaluations.models.survey import SatisfactionSurvey, TransferFollowUp

__all__ = ["SatisfactionSurvey", "TransferFollowUp"]
