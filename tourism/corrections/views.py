"""The public doors: say what is wrong about a place, with or without an owner's link, and follow what became of it.

No cookie is set: nobody is signed in, and nothing is known of the sender.
"""

from __future__ import annotations

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.calendar import CITY_ZONE
from portal.origin import is_foreign
from tourism import verifications
from tourism.corrections import changes, limits
from tourism.corrections.forms import CorrectionForm
from tourism.corrections.models import Correction, OwnerLink, find_link
from tourism.corrections.proposals import FIELDS, HOURS, OWNER_FIELDS, compare, text_of
from tourism.models import HoursNotice, Place


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is published of a place, to be written over; keep what is sent and lead to its page."""
    return _correct(request, get_object_or_404(Place.objects.published(), code=code))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_as_owner(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever has the link of the place's owner; it shows no more than the public page."""
    link = find_link(token)
    if link is None:
        raise Http404
    place = Place.objects.published().filter(code=link.place).first()
    if place is None or not link.holds(timezone.now()):
        return render(request, "tourism/corrections/link_over.html", {"place": place}, status=410)
    return _correct(request, place, owner=link)


@never_cache
@require_safe
def correction(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what became of a correction: nothing of its text, which nobody may have looked at yet."""
    kept = get_object_or_404(Correction, code=code.replace("\0", "").upper())
    [(_kept, place, fields)] = compare([kept], now=timezone.now())
    return render(request, "tourism/corrections/correction.html", {"one": kept, "place": place, "fields": fields})


def _correct(request: HttpRequest, place: Place, *, owner: OwnerLink | None = None) -> HttpResponse:
    now = timezone.now()
    current = _current(place, owner=owner, now=now)
    if request.method != "POST":
        return _form(request, place, CorrectionForm(current=current), owner)
    if owner and "confirm" in request.POST and not is_foreign(request):
        verifications.verify([place], by=owner.by, owner=True, now=now)
        return redirect("place", place.code)
    form = CorrectionForm(request.POST, current=current)
    if is_foreign(request):
        form.add_error(None, _("This form was sent from another site. Open the page here and send it again."))
    if not form.is_valid():
        return _form(request, place, form, owner, status=400)
    try:
        limits.take(get_adapter().get_client_ip(request), now=now)
    except limits.TooManyError as refused:
        minutes = -(-refused.wait_s // 60)
        form.add_error(None, _("Too many requests. Try again in %(minutes)s minutes.") % {"minutes": minutes})
        response = _form(request, place, form, owner, status=429)
        response["Retry-After"] = str(refused.wait_s)
        return response
    kept = changes.propose(
        place,
        values=form.changes,
        was={field: current.get(field, "") for field in form.changes},
        note=form.cleaned_data["note"],
        source=form.cleaned_data["source"],
        owner=owner,
        now=now,
    )
    return redirect("correction", kept.code)


def _current(place: Place, *, owner: OwnerLink | None, now: datetime) -> dict[str, str]:
    fields = (OWNER_FIELDS if owner else FIELDS) if place.source == Place.Source.REGISTER else HOURS
    on_day = list(HoursNotice.objects.holding(on=now.astimezone(CITY_ZONE).date()).filter(place=place.code))
    return {field: text_of(place, field, on_day=on_day) for field in fields}


def _form(
    request: HttpRequest, place: Place, form: CorrectionForm, owner: OwnerLink | None, *, status: int = 200
) -> HttpResponse:
    context = {"place": place, "form": form, "owner": owner}
    return render(request, "tourism/corrections/correct.html", context, status=status)
