"""What this floor announces. Receivers write rows in the announcing transaction, nothing slow."""

from django.dispatch import Signal

# kwargs: attempt, at. Sent when the last item of an attempt has its mark.
attempt_marked = Signal()

# kwargs: submission, at. Sent when the rubric of a submission is final.
submission_marked = Signal()

# kwargs: assessment, at. Sent inside the approving transaction, once per assessment.
assessment_approved = Signal()

# kwargs: assessment. Asked by a person's own result page: receivers of higher floors answer with
# {kind: address} for the kinds that page knows: "certificate" and "claim".
result_steps_wanted = Signal()
