from notices.services.reading import mark_all_read, mark_read
from notices.services.telling import notify

__all__ = ["mark_all_read", "mark_read", "notify"]
