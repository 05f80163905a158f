"""Check that no sealed audit row was changed or removed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.services import Fault, verify_chain


class Command(BaseCommand):
    help = (
        "Check the chain of audit seals; ends with status 1 and names each fault if it is broken."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_chain()
        self.stdout.write(
            _("%(seals)s seals, %(rows)s rows sealed, %(unsealed)s waiting. Newest seal: %(head)s")
            % {
                "seals": verdict.seals,
                "rows": verdict.rows,
                "unsealed": verdict.unsealed,
                "head": verdict.head,
            }
        )
        if verdict.faults:
            raise CommandError("\n".join(describe(fault) for fault in verdict.faults))
        self.stdout.write(_("The chain is whole."))


def describe(fault: Fault) -> str:
    """One fault in words."""
    place = _("seal %(number)s") % {"number": fault.seal}
    if fault.row_id is not None:
        place += ", " + _("audit row %(number)s") % {"number": fault.row_id}
    return f"{place}: {fault.kind.label}"
