from certificates.services.issuing import issue_certificate, issue_missing
from certificates.services.rendering import clean_orphans, render_certificate, rerun_rendering
from certificates.services.revoking import decide_revocation, request_revocation
from certificates.services.schemes import save_scheme
from certificates.services.verifying import look_up_code, look_up_number, may_ask

__all__ = [
    "clean_orphans",
    "decide_revocation",
    "issue_certificate",
    "issue_missing",
    "look_up_code",
    "look_up_number",
    "may_ask",
    "render_certificate",
    "request_revocation",
    "rerun_rendering",
    "save_scheme",
]
