"""The public doors of the desk: report, follow, look at a photo."""

import uuid
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.desk import forms, photos, reports
from portal.desk.codes import parse_code
from portal.desk.drafts import MAX_PHOTOS
from portal.desk.limits import TooManyError
from portal.desk.models import Photo, PublicReport, Report
from portal.desk.subjects import find_subject
from portal.origin import is_foreign
from portal.photos import MAX_BYTES


@csrf_exempt  # no cookie before sign-in, so no token: the form asks the browser where it came from
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form; keep what is handed in and lead to its tracking page."""
    now = timezone.now()
    if request.method != "POST":
        names = ("subject", "field", "lon", "lat", "place", "text")
        asked = {name: request.GET[name][:600] for name in names if name in request.GET}
        form = forms.ReportForm(on=timezone.localdate(now), initial={**asked, "key": str(uuid.uuid4())})
        return _form(request, form, subject=asked.get("subject", ""))
    form = forms.ReportForm(request.POST, on=timezone.localdate(now))
    subject = request.POST.get("subject", "")
    if is_foreign(request):
        form.add_error(None, _("This form was sent from another site. Open the page here and send it again."))
        return _form(request, form, subject=subject, status=403)
    if not form.is_valid():
        return _form(request, form, subject=subject, status=400)
    try:
        kept = _submit(request, form, now=now)
    except reports.KeyReusedError:
        form.data = {**request.POST.dict(), "key": str(uuid.uuid4())}
        reason = _("This form was sent before with another text. Press the button again to send a new report.")
        form.add_error(None, reason)
        return _form(request, form, subject=subject, status=422)
    except TooManyError as refused:
        reason = _("Too many reports came from your connection. Try again in %(minutes)s minutes.")
        form.add_error(None, reason % {"minutes": -(-refused.wait_s // 60)})
        response = _form(request, form, subject=subject, status=429)
        response["Retry-After"] = str(refused.wait_s)
        return response
    return redirect("tracking", kept.code)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Lead from a typed code to its page."""
    try:
        return redirect("tracking", parse_code(request.GET.get("code", "")))
    except ValueError:
        raise Http404 from None


@never_cache
@require_safe
def tracking(request: HttpRequest, code: str) -> HttpResponse:
    """Show the public state and history of a report; a wrong and an unknown code are alike."""
    try:
        kept = get_object_or_404(Report.objects.select_related("field"), code=parse_code(code))
    except ValueError:
        raise Http404 from None
    shown = PublicReport.objects.live().filter(report=kept).first()
    context = {
        "report": kept,
        "events": kept.events.filter(public=True),
        "shown": shown,
        "photos": kept.photos.filter(public=True) if shown else [],
        "photo_problems": [photos.PROBLEMS[code] for code in kept.photo_problems],
    }
    return render(request, "desk/tracking.html", context)


@require_safe
def photo(request: HttpRequest, token: str) -> FileResponse:
    """Serve a photo to those who may see it; to everybody else it does not exist."""
    found = get_object_or_404(Photo.objects.visible_to(request.user), token=token)
    try:
        file = default_storage.open(found.name)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        file,
        content_type="image/jpeg",
        headers={"Cache-Control": "private, no-store", "Content-Disposition": "inline"},
    )


def _submit(request: HttpRequest, form: forms.ReportForm, *, now: datetime) -> Report:
    files = request.FILES.getlist("photo")[: MAX_PHOTOS + 1]
    draft = form.draft(
        lang=forms.reader_language(),
        # One byte more than allowed is enough to know that it is too large.
        photos=[file.read(MAX_BYTES + 1) for file in files],
    )
    sender = get_adapter().get_client_ip(request)
    return reports.submit(draft, key=form.cleaned_data["key"], sender=sender, now=now)


def _form(request: HttpRequest, form: forms.ReportForm, *, subject: str, status: int = 200) -> HttpResponse:
    found = find_subject(subject) if subject else None
    context = {"form": form, "subject": found, "unknown_subject": bool(subject) and found is None}
    return render(request, "desk/report.html", context, status=status)
