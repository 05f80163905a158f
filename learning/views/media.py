"""Files of the media library: whoever may read a lesson that carries one may fetch it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from courses.choices import MediaKind
from kit.ranges import ranged_file_response
from learning.queries import visible_media


@login_required
@require_safe
def media_file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file, whole or in parts; a file to keep is offered for saving, all else is shown."""
    media = get_object_or_404(visible_media(request.user), uid=uid)
    return ranged_file_response(
        request,
        media.file,
        size=media.size,
        content_type=media.content_type,
        etag=media.sha256,
        save_as=media.name if media.kind == MediaKind.FILE else "",
    )


@login_required
@require_safe
def media_captions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The captions of a video; 404 where it has none."""
    media = get_object_or_404(visible_media(request.user), uid=uid)
    if not media.captions:
        raise Http404
    answer = HttpResponse(media.captions, content_type="text/vtt; charset=utf-8")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    return answer
