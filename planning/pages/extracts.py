"""The doors of the document: the PDF of a parcel's extract, the page that verifies it, its QR code."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planning.extracts.assemble import assemble
from planning.extracts.document import render_document
from planning.extracts.extract import Extract
from planning.extracts.frozen import find_frozen, freeze
from planning.extracts.named import named
from planning.extracts.numbers import parse_number
from planning.extracts.pdf import NotPrintableError, check_printable, render_pdf
from planning.extracts.press import ClientFullError, Press, QueueFullError, Waiting
from planning.extracts.situation import situation
from planning.extracts.thaw import thaw
from planning.extracts.verify import verify
from planning.gone import follow_lineage
from planning.lookup import ParcelFacts, find_parcel
from planning.models import FrozenExtract
from planning.pages.dates import on_of
from planning.price_forms import NAMES, read
from planning.prices.answer import NoSegment, Priced, price_parcel
from planning.prices.propose import codes_of
from portal.turns import questions
from tiles.api import NothingHere

RETRY_S = 2
CLIENT_RETRY_S = 10
BUSY_RETRY_S = 30


@require_safe
@follow_lineage("parcel-pdf")
def parcel_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Return the extract as a PDF, or a page that asks again while the PDF is being made."""
    on, error = on_of(request)
    if error:
        return _no_pdf(request, code, error, status=400)
    parcel = find_parcel(code, on=on)
    if parcel is None:
        raise NothingHere(_("No published parcel has this code. Search by sheet, number and ward."))
    priced = _priced_as_asked(request, parcel, on)
    if priced is None:
        text = _("An answer about the land price cannot be read. Give it anew on the page of the parcel.")
        return _no_pdf(request, code, text, status=400)
    extract = assemble(parcel, on=on, created=timezone.now(), priced=priced)
    try:
        frozen, job = _taken(parcel, extract, client=get_adapter().get_client_ip(request))
    except ClientFullError:
        text = _("Many documents are still being made for your connection. Try again in %(seconds)s seconds.")
        return _no_pdf(request, code, text % {"seconds": CLIENT_RETRY_S}, status=429, retry_s=CLIENT_RETRY_S)
    except QueueFullError:
        text = _("More documents wait to be made than can be made at once. Try again in half a minute.")
        return _no_pdf(request, code, text, status=503, retry_s=BUSY_RETRY_S)
    except NotPrintableError:
        text = _("This server cannot make PDFs at the moment. The page of the parcel says the same.")
        return _no_pdf(request, code, text, status=503)
    with questions.aside():
        made = press().wait(frozen.number, job)
    return _wait(request, frozen, made) if isinstance(made, Waiting) else _pdf(made, frozen)


@transaction.atomic
def _taken(parcel: ParcelFacts, extract: Extract, *, client: str) -> tuple[FrozenExtract, Future[None] | None]:
    """Freeze an answer and have its document made, if that is not done; an answer that is refused is not kept."""
    frozen = freeze(extract, language=get_language() or settings.LANGUAGE_CODE, now=extract.created)
    if press().find(frozen.number):
        return frozen, None
    check_printable()
    page = render_document(extract, frozen, situation(parcel, extract), verify_url=_verify_url(frozen))
    return frozen, press().take(frozen.number, page, client=client)


@require_safe
@follow_lineage("parcel-qr")
def parcel_qr(request: HttpRequest, code: str) -> HttpResponse:
    """Return the QR code of the parcel's page, of the date asked about, as SVG."""
    on, _error = on_of(request)
    if find_parcel(code, on=on) is None:
        raise NothingHere(_("No published parcel has this code. Search by sheet, number and ward."))
    address = _absolute(reverse("parcel", args=[code])) + (f"?on={on}" if on != timezone.localdate() else "")
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", scale=6)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for the number of an extract; a number that is well formed leads to its page."""
    typed = request.GET.get("number", "").strip()[:60]
    number = parse_number(typed)
    if number:
        return HttpResponseRedirect(reverse("verify", args=[number]))
    error = (
        _("“%(typed)s” is not a number of an extract. It looks like DL-2026-7K4M9Q-T and stands beside the QR code.")
        % {"typed": typed}
        if typed
        else ""
    )
    context = {"typed": typed, "error": error}
    return render(request, "planning/document/verify_form.html", context, status=400 if error else 200)


@require_safe
def verify_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show what a document said, with its hash, and whether it still is what the portal says."""
    frozen = find_frozen(number)
    if frozen is None:
        error = _("No extract has the number “%(number)s”. Compare it sign by sign with the document.")
        unknown = {"typed": number[:60], "error": error % {"number": number[:60]}}
        return render(request, "planning/document/verify_form.html", unknown, status=404)
    verified = verify(frozen)
    kept = thaw(verified.answer, created=frozen.created)
    with override(frozen.language):
        editions = named(kept.editions)
    context = {
        "verified": verified,
        "frozen": frozen,
        "answer": verified.answer,
        "extract": kept,
        "editions": editions,
        "other_language": frozen.language != get_language(),
        "json_url": reverse("api-frozen-extract", args=[frozen.number]),
    }
    response = render(request, "planning/document/verify.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@cache
def press() -> Press:
    """Return the queue of this process."""
    return Press(Path(settings.VAR) / "extracts", render_pdf)


def _priced_as_asked(request: HttpRequest, parcel: ParcelFacts, on: date) -> Priced | None:
    """Return the price with the answers of the address; None when one is wrong or not of this parcel.

    What is printed comes from the rules and the parcel, never from a text that somebody put into an address.
    """
    inputs, codes, bad = read({name: request.GET[name] for name in NAMES if request.GET.get(name)})
    if bad or inputs.ward not in ("", parcel.ward_then_code):
        return None
    try:
        priced = price_parcel(parcel, inputs, on=on, **codes)
    except NoSegment:
        return None
    known = {"", *priced.rules.uses, *codes_of(parcel.land_use)}
    return priced if inputs.use in known else None


def _pdf(file: bytes, frozen: FrozenExtract) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{frozen.code}-{frozen.number}.pdf"',
        "Content-Language": frozen.language,
        # The next question may have another answer.
        "Cache-Control": "no-cache",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _wait(request: HttpRequest, frozen: FrozenExtract, waiting: Waiting) -> HttpResponse:
    context = {"frozen": frozen, "waiting": waiting, "retry_s": RETRY_S, "address": request.get_full_path()}
    response = render(request, "planning/document/waiting.html", context, status=202)
    response["Retry-After"] = str(RETRY_S)
    response["Cache-Control"] = "no-store"
    return response


def _no_pdf(request: HttpRequest, code: str, text: str, *, status: int, retry_s: int | None = None) -> HttpResponse:
    context = {"text": text, "code": code, "address": request.get_full_path() if retry_s else ""}
    response = render(request, "planning/document/no_pdf.html", context, status=status)
    if retry_s:
        response["Retry-After"] = str(retry_s)
    return response


def _verify_url(frozen: FrozenExtract) -> str:
    return _absolute(reverse("verify", args=[frozen.number]))


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
