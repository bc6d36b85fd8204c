"""How often pages are opened: a number a day, page and language. No cookie, no address, nothing of who it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from threading import Lock
from time import monotonic
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from tourism import sql
from tourism.models import Visits

Page = Callable[..., HttpResponse]
# A page waits for no counting: a process writes what it counted once a minute. What it has counted since is lost when
# it is killed.
EVERY_SECONDS = 60

_counted: Counter[tuple[date, str, str]] = Counter()
_lock = Lock()
_written = monotonic()


def counted(page: str) -> Callable[[Page], Page]:
    """Count a page each time it is shown whole; what a browser fetches ahead nobody has seen yet."""

    def around(view: Page) -> Page:
        @wraps(view)
        def show(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if request.method == "GET" and response.status_code == 200 and not _is_ahead(request):
                _count(page, get_language() or "vi")
            return response

        return show

    return around


def write() -> None:
    """Add what this process counted to the days' numbers."""
    global _written
    with _lock:
        mine = dict(_counted)
        _counted.clear()
        _written = monotonic()
    if mine:
        days, pages, languages = zip(*mine, strict=True)
        sql.add_visits(days=[*days], pages=[*pages], languages=[*languages], counts=[*mine.values()])


def visits_of(*, until: date, days: int) -> dict[str, int]:
    """Return how often each page was opened in the days that end with `until`, the most first."""
    rows = Visits.objects.filter(day__gt=until - timedelta(days=days), day__lte=until)
    found = rows.values("page").annotate(sum=Sum("count")).order_by("-sum", "page")
    return {row["page"]: row["sum"] for row in found}


def _is_ahead(request: HttpRequest) -> bool:
    return "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", ""))


def _count(page: str, language: str) -> None:
    with _lock:
        _counted[timezone.localdate(), page, language] += 1
        due = monotonic() - _written > EVERY_SECONDS
    if due:
        write()
