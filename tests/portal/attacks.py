"""Hostile requests, at random but the same for the same seed, and what an answer to one must not hold."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

HOSTILE = [
    *("", " ", "0", "-1", "1", "00", "1.5", "1e400", "-1e400", "NaN", "Infinity", "٣", "１", "1_0", "0x10", "9" * 5000),
    *("x" * 10_000, "\0", "a\0b", "%"),
    *("%s", "{}", "{{7*7}}", "{% debug %}", "${7*7}", "%(name)s", "\r\nSet-Cookie: a=b"),
    *("'", "' OR 1=1--", '"; DROP TABLE planning_parcel;--', "\\", "1) UNION SELECT 1", "*", "_", "a'||pg_sleep(9)||'"),
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "../../etc/passwd",
        "..%2f..",
        "file:///etc/passwd",
    ),
    *("//evil.example", "javascript:alert(1)", "http://evil.example/", "/vsicurl/http://127.0.0.1:1/", "ﷺ" * 50, "🌲"),
    *("0000-00-00", "9999-12-31", "2026-02-30", "0001-01-01", "2026-W01-1", "12026-01-01", "2026-1-1", "٢٠٢٦-01-01"),
    *("108.44,11.94", "11.94,108.44", "1e308,1e308", "nan,nan", "inf,-inf", ",", ",,,", "108.44,11.94,1", "0,0,0,0"),
    *("-180,-85,180,85", "108.5,12,108.4,11.9", "now", "2026-02-17T20:00:00 07:00", "1970-01-01T00:00:00+14:00"),
    *("2100-12-31T23:59:59-23:59", "W10", "W05hTiwgImEiXQ", "WzFlNDAwLCAiYSJd", "W251bGwsICJ6Il0", "vi", "en", "fr"),
    *("p1-1-1", "parcels/p1-1-1", "zones/\0", "atm", "food,atm", "a,b", "5899", "EPSG:5899", "999999", "POINT(1 1)"),
    *("\ud800", "e\u0301", "\u202e", "\ufeff", "[" * 300, '{"a":1}', "DL-0000-0000-000", "phường", "phan dinh phung"),
]
RAW = ["%ff", "%c3%28", "%00", "%ed%a0%80", "%", "%zz", "%2e%2e%2f", "%u0041", "+", ";", "&&", "=", "%0d%0aa:%20b"]
NAMES = [
    *("q", "limit", "lang", "near", "within_m", "bbox", "category", "stars", "open_at", "open_at_unknown", "fields"),
    *("cursor", "on", "ward", "sheet", "number", "point", "crs", "page", "subject", "lon", "lat", "place", "code"),
    *("next", "format", "field", "state", "updated_since", "__class__", "a[]", "", "\0", "ñ", "x" * 300),
    *("from", "until", "when", "free", "contact", "do", "alt_vi", "licence", "taken_on", "files"),
]
TYPES = [
    *("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "", "a/b; c=\0"),
    *("multipart/form-data; boundary=x", "application/json; charset=none", "application/json; charset=utf-16", "*/*"),
]
BODIES = [
    *(b"", b"{", b"[]", b"null"),
    *(b"1e400", b"NaN", b"[" * 100_000, b'{"a":' * 5000, b"\xff\xfe\x00", b"--x\r\n\r\n--x--"),
    *(b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\x00\r\n--x--', b"text=%00&field=%ff&key=\x00"),
    *(b"9" * 5000, b'{"text": "\\ud800"}', b'{"category": {"a": []}, "text": {}, "point": {}, "photos": {}}'),
]

# What each door reads, with a value it accepts: an attack keeps some and replaces others.
AIMED: dict[str, dict[str, str]] = {
    "/api/v1/search": {"q": "phan", "limit": "5", "lang": "en", "near": "108.44,11.94"},
    "/api/v1/parcels": {"ward": "p1", "sheet": "1", "number": "1", "lang": "en"},
    "/api/v1/parcels/p1-1-1": {"on": "2026-11-22", "lang": "en"},
    "/api/v1/extract": {"point": "108.44,11.94", "crs": "4326", "on": "2026-11-22", "lang": "vi"},
    "/api/v1/plans": {"on": "2026-11-22", "lang": "vi"},
    "/api/v1/streets": {"q": "phan", "lang": "vi"},
    "/api/v1/streets/phan-dinh-phung": {"on": "2026-11-22"},
    "/api/v1/places": {
        "bbox": "108.4,11.9,108.5,12",
        "near": "108.44,11.94",
        "within_m": "500",
        "category": "atm",
        "q": "a",
        "open_at": "now",
        "stars": "4",
        "lang": "en",
        "fields": "name",
        "limit": "3",
        "cursor": "W251bGwsICJhIl0",
        "open_at_unknown": "include",
    },
    "/api/v1/events": {
        "from": "2026-12-01",
        "until": "2026-12-31T20:00:00+07:00",
        "bbox": "108.4,11.9,108.5,12",
        "near": "108.44,11.94",
        "within_m": "500",
        "q": "a",
        "free": "true",
        "lang": "en",
        "limit": "3",
    },
    "/events/": {"when": "weekend", "on": "2026-12-31", "q": "a", "free": "true"},
    "/search/": {"q": "phan", "sheet": "1", "number": "1", "ward": "p1"},
    "/places/attractions-tq0001/photos": {"do": "hide", "alt_vi": "a", "licence": "CC0-1.0", "taken_on": "2026-11-22"},
    "/places/": {"q": "a", "category": "atm", "near": "108.44,11.94", "within_m": "9", "open_at": "now", "page": "1"},
    "/api/v1/places/check": {"contact": "0912 345 678", "place": "Thông Xanh", "lang": "en"},
    "/places/check": {"contact": "social.example.com/inn", "place": "Thông Xanh"},
    "/en/plans/": {"on": "2026-11-22"},
    "/parcels/p1-1-1": {"on": "2026-11-22"},
    "/parcels/p1-1-1.json": {"on": "2026-11-22"},
    "/streets/": {"q": "phan"},
    "/report/": {"subject": "parcels/p1-1-1", "lon": "108.44", "lat": "11.94", "place": "a", "text": "b"},
    "/reports/": {"code": "DL-0000-0000-000"},
    "/accounts/login/": {"next": "/desk/"},
    "/api/v1/docs": {"lang": "en"},
    "/api/v1/changes": {"since": "2026-01-01", "layer": "zones", "about": "wards/p1", "cursor": "9", "lang": "en"},
    "/parcels/compare": {"a": "p1-1-1", "b": "1/2 p1", "on": "2026-11-22"},
    "/follow/": {"subject": "parcels/p1-1-1", "email": "a@example.com"},
    "/changes": {"since": "2026-01-01", "layer": "zones", "about": "plans/qpk-01", "page": "1"},
    "/changes.atom": {"since": "2026-01-01T08:00:00Z", "layer": "zones", "about": "parcels/p1-1-1"},
}
INSIDE = re.compile(
    r"Traceback|site-packages|psycopg|django\.|/work/|\.py\b|ProgrammingError|DataError|SELECT .* FROM|/tmp/|/root/"
)


@dataclass(frozen=True)
class Attack:
    """One request; `path` is as it goes over the wire."""

    path: str
    method: str = "GET"
    body: bytes = b""
    type: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def public_routes() -> list[str]:
    """Every address of the portal but the administration, with its parameters as {}."""
    return [route for route in routes(get_resolver()) if not route.startswith("admin")]


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield re.sub(r"<[^>]+>|\^?\(\?P.*", "{}", route)
        else:
            yield from routes(each, route)


def attacks(seed: int, count: int) -> Iterator[Attack]:
    """Yield requests at random; the same seed yields the same."""
    dice = random.Random(seed)
    known = public_routes()
    for _ in range(count):
        route = dice.choice(["", "", "en/"]) * (dice.random() < 0.3) + dice.choice(known)
        path = "/" + re.sub(r"\{\}", lambda _: hostile(dice, 3500), route)
        if dice.random() < 0.1:
            path = "/" + hostile(dice, 3500) + dice.choice(["", path])
        query = "&".join(f"{coded(dice.choice(NAMES))}={hostile(dice)}" for _ in range(dice.choice([0, 1, 1, 2, 4])))
        if dice.random() < 0.5:
            path, query = aimed(dice)
        if dice.random() < 0.02:
            query = "a=1&" * 2000
        method = dice.choice(["GET"] * 6 + ["HEAD", "OPTIONS", "POST", "POST", "PUT", "PATCH", "DELETE", "TRACE", "X"])
        body = dice.choice(BODIES) if method in ("POST", "PUT", "PATCH") else b""
        headers = {"accept": dice.choice(["*/*", "text/html", "application/geo+json", "a/b;q=x", ""])}
        yield Attack(f"{path}?{query}" if query else path, method, body, dice.choice(TYPES), headers)


def aimed(dice: random.Random) -> tuple[str, str]:
    """Return an address and a query that names only what it reads, with at least one wrong value."""
    path, accepted = dice.choice(sorted(AIMED.items()))
    names = dice.sample(sorted(accepted), dice.randint(1, len(accepted)))
    values = {name: hostile(dice) if dice.random() < 0.4 else coded(accepted[name]) for name in names}
    values[names[0]] = hostile(dice)
    return path, "&".join(f"{name}={value}" for name, value in values.items())


def hostile(dice: random.Random, longest: int = 10_000) -> str:
    return dice.choice(RAW) if dice.random() < 0.1 else coded(dice.choice(HOSTILE)[:longest])


def coded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def send(client: Client, attack: Attack) -> Any:
    return client.generic(attack.method, attack.path, attack.body, attack.type, headers=attack.headers)


def faults(answer: Any, attack: Attack) -> list[str]:
    """Return what is wrong with an answer."""
    found = []
    text = b"".join(answer).decode(errors="replace") if answer.streaming else answer.content.decode(errors="replace")
    status, kind = answer.status_code, answer.headers.get("Content-Type", "")
    path = attack.path.split("?")[0]
    if status >= 500:
        found.append(f"status {status}")
    if said := INSIDE.search(re.sub(r"<[^>]*>", "", text) if status >= 400 else ""):
        found.append(f"says {said[0]!r}")
    if status >= 400 and path.startswith(("/api/", "/tiles/")) and attack.method != "HEAD":
        found += problem_faults(text, status, kind)
    page = kind.startswith("text/html") and attack.method != "HEAD"
    if page and status in (400, 403, 404) and '<html lang="' not in text:
        found.append("is no page of the portal")
    if "http://evil.example" in answer.headers.get("Location", "") or "\n" in str(answer.headers.get("Location", "")):
        found.append("leads away")
    # The sign-in remembers what was wanted before it asked for the password.
    if set(answer.cookies) - {"csrftoken"} and "/accounts/" not in path:
        found.append(f"sets {set(answer.cookies)}")
    return found


def problem_faults(text: str, status: int, kind: str) -> list[str]:
    if kind != "application/problem+json":
        return [f"error {status} is {kind or 'nothing'}"]
    body = json.loads(text)
    wrong = {"type", "title", "status"} - set(body)
    return [f"lacks {wrong}"] if wrong or body["status"] != status or not body["title"] else []
