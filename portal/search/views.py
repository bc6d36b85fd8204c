"""The search page: the same answers as the box, without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.search.explain import explain, find_ward_choices
from portal.search.find import MAX_HITS, find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the one search box finds; what was typed is kept."""
    text = _question(request)
    language = "en" if get_language() == "en" else "vi"
    hits = find(text, limit=MAX_HITS, language=language)
    note = explain(text, hits, language=language)
    choices = find_ward_choices(text)
    if choices:  # shown in a table of their own
        hits = [hit for hit in hits if hit.kind != "parcel"]
    return render(request, "search.html", {"text": text, "hits": hits, "note": note, "choices": choices})


def _question(request: HttpRequest) -> str:
    """Return what was typed; sheet, number and ward of a certificate make one question."""
    if text := request.GET.get("q", "").strip():
        return text[:2000]
    named = [("tờ", "sheet"), ("thửa", "number"), ("", "ward")]
    return " ".join(
        f"{word} {value}".strip() for word, name in named if (value := request.GET.get(name, "").strip()[:60])
    )
