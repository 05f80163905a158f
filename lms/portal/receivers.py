"""Where a pass leads: the result page of the exam floor asks, this floor knows the addresses."""

from typing import Any

from django.dispatch import receiver

from exams.signals import result_steps_wanted
from lms.portal import nav


@receiver(result_steps_wanted, dispatch_uid="portal.result_steps")
def result_steps(sender: Any, assessment: Any, **kwargs: Any) -> dict[str, str]:
    """The certificate wall and one's claims."""
    found = {
        "certificate": nav.address("certificates:certificate_wall"),
        "claim": nav.address("subsidies:own_claim_list"),
    }
    return {kind: url for kind, url in found.items() if url}
