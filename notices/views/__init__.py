from notices.views.notices import notice_list, notice_open, notices_read

__all__ = ["notice_list", "notice_open", "notices_read"]
