from subsidies.models.claim import Claim, ClaimBatch, ClaimDocument, ClaimEvent, Dossier
from subsidies.models.fee import Payment, Receivable, Waiver
from subsidies.models.policy import NumberCounter, Policy, PolicyVersion, QuotaYear

__all__ = [
    "Claim",
    "ClaimBatch",
    "ClaimDocument",
    "ClaimEvent",
    "Dossier",
    "NumberCounter",
    "Payment",
    "Policy",
    "PolicyVersion",
    "QuotaYear",
    "Receivable",
    "Waiver",
]
