"""Is this page or number real? And the plate a place puts up, by which a guest can tell."""

from __future__ import annotations

import uuid

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tourism.contacts.check import Answer, check
from tourism.contacts.forms import CheckForm
from tourism.models import Category, Place

LODGING = "lodging"
# The desk's field a false contact belongs to.
FIELD = "tourism"


@never_cache
@require_safe
def check_contact(request: HttpRequest) -> HttpResponse:
    """Ask for a contact; say whether it is the official one of a place."""
    asked = "contact" in request.GET
    form = CheckForm(
        request.GET if asked else None, initial={"place": request.GET.get("place", "")[:200]}, label_suffix=""
    )
    answer = check(form.read, place=form.cleaned_data["place"]) if asked and form.is_valid() else None
    report = report_fields(answer, claimed=form.cleaned_data["place"]) if answer else {}
    # The same page sent twice is one report.
    context = {"form": form, "answer": answer, "report": {"key": str(uuid.uuid4()), **report}}
    return render(request, "tourism/contacts/check.html", context, status=400 if form.errors else 200)


@require_safe
def plate(request: HttpRequest, code: str) -> HttpResponse:
    """Show a plate to print and put up, in both languages: the place, its official contacts and its page as QR code."""
    place = get_object_or_404(Place.objects.live().filter(source=Place.Source.REGISTER), code=code)
    kind = Category.objects.filter(code=place.category).first()
    with override("vi"):
        page, checking = (settings.SITE_URL + reverse(*at) for at in (("place", None, [code]), ("check",)))
    context = {
        "place": place,
        "kinds": {language: kind.name(language) if kind else place.category for language in ("vi", "en")},
        "lodging": place.group == LODGING,
        "qr": segno.make(page, error="m", micro=False).svg_data_uri(border=2, scale=4),
        "check": checking.partition("://")[2],
    }
    return render(request, "tourism/contacts/plate.html", context)


def report_fields(answer: Answer, *, claimed: str) -> dict[str, str]:
    """Return what the desk's form asks, filled in: what is suspicious and whose it was said to be, as it was typed."""
    said = [_("Suspicious contact: %(contact)s") % {"contact": answer.contact.text}]
    if claimed:
        said.append(_("Said to be of: %(name)s") % {"name": claimed})
    about = {"subject": f"places/{answer.places[0].code}"} if answer.places else {}
    # A report says where it is; a contact is seen nowhere in particular.
    where = claimed or _("On the internet or by telephone")
    return {**about, "field": FIELD, "text": "\n".join(said), "place": where}
