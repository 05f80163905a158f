from audit.views.trail import audit_list

__all__ = ["audit_list"]
