from audit.models.row import AppendOnlyError, AuditRow
from audit.models.seal import AuditSeal, SealedRow

__all__ = ["AppendOnlyError", "AuditRow", "AuditSeal", "SealedRow"]
