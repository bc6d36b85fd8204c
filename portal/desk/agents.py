"""The agents' doors: the queue and what may be done with one case."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.desk import forms, reports
from portal.desk.models import Agency, PublicReport, Report, Reporter

if TYPE_CHECKING:
    from portal.accounts.models import User

PAGE = 50
View = Callable[..., HttpResponse]


def for_agents(view: View) -> View:
    """Open the door to agents only; what they see is decided by `Report.objects.visible_to`."""
    return never_cache(login_required(permission_required("desk.handle_report", raise_exception=True)(view)))


def on_case(view: View) -> View:
    """Hand the view the case the agent may see; 404 for every other. A refused move is shown on the case."""

    @wraps(view)
    def found(request: HttpRequest, code: str) -> HttpResponse:
        report = get_object_or_404(Report.objects.visible_to(request.user), code=code)
        try:
            return view(request, report)
        except reports.NotAllowedError as refused:
            return _case(request, report, error=str(refused), status=409)

    return for_agents(found)


@require_safe
@for_agents
def queue(request: HttpRequest) -> HttpResponse:
    """List the reports the agent has to work on, oldest first."""
    form = forms.QueueForm(request.GET, on=timezone.localdate())
    form.is_valid()
    asked: dict[str, Any] = form.cleaned_data
    found = Report.objects.visible_to(request.user).select_related("field", "agency", "place").order_by("created", "pk")
    if field := asked.get("field"):
        found = found.filter(field=field)
    if ward := asked.get("ward"):
        found = found.filter(ward=ward)
    if not (state := asked.get("state")):
        found = found.open()
    elif state != "all":
        found = found.filter(state=state)
    page = Paginator(found.defer("text"), PAGE).get_page(request.GET.get("page"))
    wards = dict(form.wards)
    rows = [(report, wards.get(report.ward, report.ward)) for report in page]
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "desk/queue.html", {"form": form, "page": page, "rows": rows, "query": query.urlencode()})


@require_safe
@on_case
def case(request: HttpRequest, report: Report) -> HttpResponse:
    """Show one case: text, place, photos, history and what may be done."""
    return _case(request, report)


@require_POST
@on_case
def move(request: HttpRequest, report: Report) -> HttpResponse:
    """Bring the case to another state."""
    asked = _read(forms.MoveForm(request.POST))
    reports.move(report, to=asked["state"], note=asked["note"], by=_user(request), now=timezone.now())
    return redirect("case", report.code)


@require_POST
@on_case
def note(request: HttpRequest, report: Report) -> HttpResponse:
    """Add a note."""
    asked = _read(forms.NoteForm(request.POST))
    reports.note(report, text=asked["text"], public=asked["public"], by=_user(request), now=timezone.now())
    return redirect("case", report.code)


@require_POST
@on_case
def assign(request: HttpRequest, report: Report) -> HttpResponse:
    """Hand the case over; it may leave the agent's sight, so they return to the queue."""
    asked = _read(forms.AssignForm(request.POST))
    reports.assign(report, agency=asked["agency"], reason=asked["reason"], by=_user(request), now=timezone.now())
    return redirect("desk")


@require_POST
@on_case
def moderate(request: HttpRequest, report: Report) -> HttpResponse:
    """Put the case on the public map or take it off."""
    if not request.user.has_perm("desk.moderate_report"):
        raise PermissionDenied
    asked = _read(forms.ModerateForm(request.POST))
    reports.moderate(report, **asked, by=_user(request), now=timezone.now())
    return redirect("case", report.code)


@require_POST
@on_case
def reporter(request: HttpRequest, report: Report) -> HttpResponse:
    """Show who reported, once; that they looked is kept."""
    who = reports.reveal_reporter(report, by=_user(request), now=timezone.now())
    return _case(request, report, reporter=who)


def _case(
    request: HttpRequest, report: Report, *, reporter: Reporter | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    point = report.place.point
    context = {
        "report": report,
        "place": report.place,
        # As text: numbers in an address carry no Vietnamese comma.
        "point": f"{point.y:.6f}, {point.x:.6f}" if point else "",
        "map_query": f"z=17&lon={point.x:.6f}&lat={point.y:.6f}" if point else "",
        "events": report.events.select_related("by"),
        "photos": report.photos.all(),
        "shown": PublicReport.objects.filter(report=report, live=True).first(),
        "next_states": forms.next_states(report),
        "agencies": Agency.objects.exclude(pk=report.agency_id),
        "may_moderate": request.user.has_perm("desk.moderate_report"),
        "may_reveal": request.user.has_perm("desk.see_reporter") and Reporter.objects.filter(report=report).exists(),
        "reporter": reporter,
        "error": error,
    }
    return render(request, "desk/case.html", context, status=status)


def _read(form: Form) -> dict[str, Any]:
    """Return the form's values, or refuse with its reasons."""
    if not form.is_valid():
        raise reports.NotAllowedError(" ".join(str(reason) for reasons in form.errors.values() for reason in reasons))
    return form.cleaned_data


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)
