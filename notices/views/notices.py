"""A person's notices."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kit.http import posted_from
from notices import services
from notices.models import Notice
from notices.queries import unread_count

PAGE_SIZE = 20


@require_GET
@login_required
def notice_list(request: HttpRequest) -> HttpResponse:
    """The newest first; ?unread=1 leaves out what was opened."""
    notices = Notice.objects.visible_to(request.user)
    only_unread = request.GET.get("unread") == "1"
    if only_unread:
        notices = notices.unread()
    page = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "unread": unread_count(request.user), "only_unread": only_unread}
    return render(request, "notices/notice_list.html", context)


@posted_from("notices:notice_list")
@login_required
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it points."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.mark_read(notice=notice, at=timezone.now())
    return redirect(notice.url or "notices:notice_list")


@posted_from("notices:notice_list")
@login_required
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    services.mark_all_read(person=request.user, at=timezone.now())
    return redirect("notices:notice_list")
