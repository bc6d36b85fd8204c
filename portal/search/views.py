"""The search page: the same answers as the box, without JavaScript."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.search.explain import explain, find_ward_choices
from portal.search.find import MAX_HITS, find
from tiles.api import BadParameter
from tiles.dates import parse_date


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the one search box finds; what was typed is kept."""
    text = _question(request)
    on, error = _on(request)
    language = "en" if get_language() == "en" else "vi"
    hits = find(text, limit=MAX_HITS, language=language, on=on)
    note = explain(text, hits, language=language)
    choices = find_ward_choices(text)
    if choices:  # shown in a table of their own
        listed = {choice.parcel.code for choice in choices}
        hits = [hit for hit in hits if hit.code not in listed]
    found = {"text": text, "hits": hits, "note": note, "choices": choices}
    context = {**found, "on": on, "on_error": error, "today": timezone.localdate()}
    return render(request, "search.html", context, status=400 if error else 200)


def _on(request: HttpRequest) -> tuple[date | None, str]:
    """Return the date asked for, None without one, and what is wrong with it."""
    today = timezone.localdate()
    try:
        return (parse_date(request.GET, "on", default=today) if request.GET.get("on") else None), ""
    except BadParameter as error:
        return None, error.plain


def _question(request: HttpRequest) -> str:
    """Return what was typed; sheet, number and ward of a certificate make one question."""
    if text := request.GET.get("q", "").strip():
        return text[:2000]
    named = [("tờ", "sheet"), ("thửa", "number"), ("", "ward")]
    return " ".join(
        f"{word} {value}".strip() for word, name in named if (value := request.GET.get(name, "").strip()[:60])
    )
