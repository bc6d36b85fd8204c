"""The tourist office's doors: other hours and closures of a place, previewed before they are saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.calendar import CITY_ZONE
from portal.calendar.table import current
from tourism import notices
from tourism.hours_forms import CLOSED, HoursForm
from tourism.models import MAIN, HoursNotice, Place
from tourism.preview import PreviewDay, preview
from tourism.schedules import timetable

if TYPE_CHECKING:
    from portal.accounts.models import User

View = Callable[..., HttpResponse]


def for_stewards(view: View) -> View:
    """Open the door to those who keep the places."""
    return never_cache(login_required(permission_required("tourism.change_place", raise_exception=True)(view)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def place_hours(request: HttpRequest, code: str) -> HttpResponse:
    """Show the hours of the next fourteen days; preview what is written, save it when asked to."""
    place = get_object_or_404(Place.objects.live(), code=code)
    now = timezone.now()
    on = timezone.localdate(now, CITY_ZONE)
    asked = {"kinds": place.schedules, "on": on}
    if request.method != "POST":
        return _page(request, place, HoursForm(initial={"first": on, "kind": MAIN}, **asked), on=on)
    saving = request.POST.get("do") == "save"
    form = HoursForm(request.POST, saving=saving, **asked)
    if form.is_valid() and saving:
        try:
            _save(place, form.cleaned_data, by=cast("User", request.user), now=now)
        except notices.NotAllowedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. The hours of this place hold from now on as you see them below."))
            return redirect("place_hours", code)
    return _page(request, place, form, on=on)


@require_POST
@for_stewards
def end_notice(request: HttpRequest, code: str, notice: int) -> HttpResponse:
    """Let a notice hold no longer."""
    kept = get_object_or_404(HoursNotice, pk=notice, place=code)
    try:
        notices.end(kept, by=cast("User", request.user), now=timezone.now())
        messages.success(request, _("The notice holds no longer; the register's hours are back."))
    except notices.NotAllowedError as refused:
        messages.error(request, str(refused))
    return redirect("place_hours", code)


def _save(place: Place, asked: dict[str, Any], *, by: User, now: datetime) -> None:
    told = {name: asked[name] for name in ("first", "last", "reason_vi", "reason_en")}
    if asked["what"] == CLOSED:
        notices.close(place, **told, by=by, now=now)
    else:
        notices.correct(place, kind=asked["kind"] or MAIN, text=asked["hours"], **told, by=by, now=now)


def _page(request: HttpRequest, place: Place, form: HoursForm, *, on: date) -> HttpResponse:
    said = list(HoursNotice.objects.filter(place=place.code).select_related("by", "ended_by").order_by("-pk"))
    standing = [one for one in said if one.ended is None]
    wrong = form.is_bound and not form.is_valid()
    draft = _draft(form.cleaned_data) if form.is_bound and not wrong else None
    kind = (draft.kind if draft else "") or MAIN
    context = {
        "place": place,
        "form": form,
        "draft": draft,
        "texts": [(label, place.schedules[one]) for one, label in form.fields["kind"].choices],  # type: ignore[attr-defined]
        "days": [] if wrong else _days(place, kind, standing, draft, on=on),
        "notices": [(one, one.is_over(on), place.schedules.get(one.kind, "")) for one in said],
    }
    return render(request, "tourism/place_hours.html", context, status=400 if wrong else 200)


def _days(
    place: Place, kind: str, standing: list[HoursNotice], draft: HoursNotice | None, *, on: date
) -> list[PreviewDay]:
    text = place.schedules[kind]
    return preview(
        timetable(text, kind, standing),
        timetable(text, kind, [*standing, *([draft] if draft else [])]),
        first=on,
        calendar=current(),
        language="en" if (get_language() or "").startswith("en") else "vi",
    )


def _draft(asked: dict[str, Any]) -> HoursNotice:
    """Return what would be saved, unsaved."""
    closed = asked["what"] == CLOSED
    return HoursNotice(
        kind="" if closed else asked["kind"] or MAIN,
        text="" if closed else asked["hours"],
        first=asked["first"],
        last=asked["last"],
    )
