from subsidies.services.batches import file_batch
from subsidies.services.claims import (
    approve_claim,
    check_claim,
    make_claim,
    may_be_paid,
    pay_claim,
    refuse_claim,
    return_claim,
    submit_claim,
    weigh,
    withdraw_claim,
)
from subsidies.services.documents import add_document
from subsidies.services.dossiers import (
    clean_orphans,
    render_dossier,
    request_application,
    request_roster,
)
from subsidies.services.fees import decide_waiver, open_receivable, record_payment, request_waiver
from subsidies.services.policies import publish_policy, save_policy, save_policy_draft
from subsidies.services.snapshots import changed_since

__all__ = [
    "add_document",
    "approve_claim",
    "changed_since",
    "check_claim",
    "clean_orphans",
    "decide_waiver",
    "file_batch",
    "make_claim",
    "may_be_paid",
    "open_receivable",
    "pay_claim",
    "publish_policy",
    "record_payment",
    "refuse_claim",
    "render_dossier",
    "request_application",
    "request_roster",
    "request_waiver",
    "return_claim",
    "save_policy",
    "save_policy_draft",
    "submit_claim",
    "weigh",
    "withdraw_claim",
]
