"""Who may pass which door: every address of the portal has its row here, so a door without one fails the test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from planning.extracts.assemble import assemble
from planning.extracts.frozen import freeze
from planning.lookup import find_parcel
from planning.models import Plan, PlanDocument, Zone
from portal.accounts.models import User
from tests.portal.desk.make import hand_in
from tests.portal.pictures import photo
from tiles.models import Edition
from tourism.corrections import changes
from tourism.models import Photo, Place

# The agent whose agency has the report, an agent of another agency, a planner, and the chief who sees every report.
ACTORS = ("anonymous", "agent-tourism", "agent-urban", "planner", "chief")

OPEN = [
    *("health/live", "health/ready", "tiles/layers.json", "tiles/styles/<slug:name>.json"),
    *("tiles/<slug:layer_id>.json", "api/v1/openapi.json", "api/v1/docs", "api/v1/parcels/<str:code>", "api/v1/plans"),
    *(
        "api/v1/plans/<str:code>",
        "api/v1/zones/<str:code>",
        "api/v1/wards",
        "api/v1/streets",
        "api/v1/streets/<slug:slug>",
    ),
    *(
        "api/v1/places",
        "api/v1/places.csv",
        "api/v1/places/<slug:code>",
        "api/v1/places/<slug:code>/history",
        "api/v1/reports/<str:code>",
        "",
        "search/",
        "accounts/inactive/",
    ),
    *("parcels/<str:code>.json", "parcels/<str:code>.geojson", "parcels/<str:code>", "plans/", "plans/<str:code>"),
    "compare/",
    *("service-worker.js", "manifest.webmanifest", "offline", "api/v1/opening-hours"),
    *(
        "api/v1/wards/<str:code>",
        "zones/<str:code>",
        "streets/",
        "streets/<str:address>",
        "emergency",
        "places/",
        "places/map",
        "places/notices",
        *("figures/tourism", "figures/tourism.json"),
        "places/<slug:code>",
        "places/<slug:code>/history",
        "places/<slug:code>/qr.svg",
        "reports/<str:code>",
    ),
    *("api/v1/events", "api/v1/events/<slug:code>", "events/", "events.ics"),
    *("events/<slug:code>", "events/<slug:code>.ics"),
    "plans/<str:code>/documents/<str:name>",
    *("changes", "changes.atom", "changes.json", "api/v1/changes", "follow/sent"),
    *("parcels/<str:code>.pdf", "parcels/<str:code>.svg", "verify/", "verify/<str:number>"),
    *("api/v1/extracts/<str:number>", "api/v1/schemas/<slug:name>.json"),
    *("saved", "parcels/compare", "wards/<str:code>"),
    *("api/v1/parcels/<str:code>/price", "prices/"),
    "days-out/",
    "places/check",
]
EDITION_TILE = "tiles/<slug:layer_id>/edition-<int:edition>/<int:z>/<int:x>/<int:y>.mvt"
# Route → method → status for each actor; a single number is everybody's.
MATRIX: dict[str, dict[str, int | tuple[int, ...]]] = {
    **{route: {"GET": 200, "POST": 405} for route in OPEN},
    "tiles/area.json": {"GET": 400, "POST": 405},
    EDITION_TILE: {"GET": (404, 404, 404, 200, 404), "POST": 405},
    r"tiles/^(?P<rest>.+)\.mvt$": {"GET": 400, "POST": 405},
    "api/v1/parcels": {"GET": 400, "POST": 405},
    "api/v1/parcels/match": {"GET": 405, "POST": 400},
    "parcels/match": {"GET": 200, "POST": 400},
    "api/v1/extract": {"GET": 400, "POST": 405},
    "api/v1/search": {"GET": 400, "POST": 405},
    "api/v1/reports": {"GET": 405, "POST": 400},
    "accounts/login/": {"GET": (200, 302, 302, 302, 302), "POST": (200, 302, 302, 302, 302)},
    "accounts/logout/": {"GET": (302, 200, 200, 200, 200), "POST": 302},
    "accounts/reauthenticate/": {"GET": (302, 200, 200, 200, 200), "POST": (302, 200, 200, 200, 200)},
    "accounts/password/change/": {"GET": (302, 200, 200, 200, 200), "POST": (302, 200, 200, 200, 200)},
    "accounts/2fa/": {"GET": (302, 200, 200, 200, 200), "POST": (302, 405, 405, 405, 405)},
    "accounts/2fa/authenticate/": {"GET": 302, "POST": 302},
    "accounts/2fa/reauthenticate/": {"GET": 302, "POST": 302},
    "accounts/2fa/totp/activate/": {"GET": 302, "POST": 302},
    "accounts/2fa/totp/deactivate/": {"GET": (302, 404, 404, 404, 404), "POST": (302, 404, 404, 404, 404)},
    "accounts/2fa/recovery-codes/": {"GET": (302, 404, 404, 404, 404), "POST": (302, 405, 405, 405, 405)},
    "accounts/2fa/recovery-codes/generate/": {"GET": 302, "POST": 302},
    "accounts/2fa/recovery-codes/download/": {"GET": (302, 404, 404, 404, 404), "POST": (302, 404, 404, 404, 404)},
    "api/v1/days-out": {"GET": 400, "POST": 405},
    # Without a stop they lead to the page that says so.
    "days-out.gpx": {"GET": 302, "POST": 405},
    "days-out.ics": {"GET": 302, "POST": 405},
    "days-out.svg": {"GET": 302, "POST": 405},
    "report/": {"GET": 200, "POST": 400},
    "reports/": {"GET": 404, "POST": 405},
    "follow/": {"GET": 200, "POST": 400},
    # Whoever has the link of the letter; nobody else.
    "follow/confirm/<str:token>": {"GET": 404, "POST": 404},
    "follow/stop/<str:token>": {"GET": 404, "POST": 404},
    "photos/<slug:token>.jpg": {"GET": (404, 200, 404, 404, 200), "POST": 405},
    "photos/places/<slug:token>/<slug:size>.webp": {"GET": 200, "POST": 405},
    "staff/": {"GET": (302, 302, 302, 200, 302), "POST": 405},
    # Administrators; none of these.
    "calendar/": {"GET": (302, 403, 403, 403, 403), "POST": 405},
    "calendar/<str:day>": {"GET": (302, 403, 403, 403, 403), "POST": (302, 403, 403, 403, 403)},
    "places/quality": {"GET": (302, 403, 403, 403, 403), "POST": 405},
    # Those who keep the places; none of these.
    "places/verified": {"GET": 405, "POST": (302, 403, 403, 403, 403)},
    "places/verified/withdrawn": {"GET": 405, "POST": (302, 403, 403, 403, 403)},
    "places/<slug:code>/hours": {"GET": (302, 403, 403, 403, 403), "POST": (302, 403, 403, 403, 403)},
    "places/<slug:code>/hours/<int:notice>/end": {"GET": 405, "POST": (302, 403, 403, 403, 403)},
    "places/<slug:code>/photos": {"GET": (302, 403, 403, 403, 403), "POST": (302, 403, 403, 403, 403)},
    "places/<slug:code>/photos/<int:photo>": {"GET": 405, "POST": (302, 403, 403, 403, 403)},
    "api/v1/places/check": {"GET": 400, "POST": 405},
    "places/<slug:code>/plate": {"GET": 200, "POST": 405},
    "places/<slug:code>/correct": {"GET": 200, "POST": 400},
    "corrections/<str:code>": {"GET": 200, "POST": 405},
    # Whoever has the owner's link.
    "owner/<str:token>": {"GET": 404, "POST": 404},
    "places/<slug:code>/owner-links": {"GET": (302, 403, 403, 403, 403), "POST": (302, 403, 403, 403, 403)},
    "places/<slug:code>/owner-links/<int:link>/end": {"GET": 405, "POST": (302, 403, 403, 403, 403)},
    "workbench/corrections/": {"GET": (302, 403, 403, 403, 403), "POST": 405},
    "workbench/corrections/stage": {"GET": 405, "POST": (302, 403, 403, 403, 403)},
    "workbench/corrections/<int:pk>": {"GET": 405, "POST": (302, 403, 403, 403, 403)},
    "workbench/matches/": {"GET": (302, 403, 403, 403, 403), "POST": 405},
    "workbench/matches/<int:pk>": {"GET": 405, "POST": (302, 403, 403, 403, 403)},
    "workbench/matches/proposals": {"GET": (302, 403, 403, 403, 403), "POST": (302, 403, 403, 403, 403)},
    "workbench/matches/openstreetmap.geojson": {"GET": (302, 403, 403, 403, 403), "POST": 405},
    "desk/": {"GET": (302, 200, 200, 403, 200), "POST": 405},
    "desk/<slug:code>/": {"GET": (302, 200, 404, 403, 200), "POST": 405},
    "desk/<slug:code>/move": {"GET": 405, "POST": (302, 409, 404, 403, 409)},
    "desk/<slug:code>/note": {"GET": 405, "POST": (302, 409, 404, 403, 409)},
    "desk/<slug:code>/assign": {"GET": 405, "POST": (302, 409, 404, 403, 409)},
    "desk/<slug:code>/moderate": {"GET": 405, "POST": (302, 302, 404, 403, 302)},
    "desk/<slug:code>/reporter": {"GET": 405, "POST": (302, 200, 404, 403, 200)},
}


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)


# One for all: a client of its own would load the whole portal again for each question.
CLIENT = Client()


def administration() -> list[str]:
    return [route for route in routes(get_resolver()) if route.startswith("admin/")]


def test_every_door_has_its_row_and_every_row_its_door() -> None:
    doors = set(routes(get_resolver())) - set(administration())
    assert doors == set(MATRIX)


@pytest.fixture
def addresses(city: None) -> dict[str, str]:
    """A thing of each kind that is there: the beginning of a route → what its parameter is."""
    report = hand_in(field="tourism", name="Hoa", photos=(photo(),))
    paper = PlanDocument.objects.select_related("dataset")[0]
    return {
        "plans/<str:code>/documents/<str:name>": f"plans/{paper.dataset.code}/documents/{paper.name}",
        "plans/<str:code>": f"plans/{Plan.objects.live()[0].code}",
        "zones/<str:code>": f"zones/{Zone.objects.live()[0].code}",
        "calendar/<str:day>": "calendar/2026-04-26",
        "events/<slug:code>": "events/night-market",
        "places/<slug:code>": f"places/{Place.objects.live()[0].code}",
        "reports/<str:code>": f"reports/{report.code}",
        "desk/<slug:code>": f"desk/{report.code}",
        "places/<slug:token>/<slug:size>": f"places/{Photo.objects.shown()[0].token}/small",
        "corrections/<str:code>": f"corrections/{say_what_is_wrong(Place.objects.live()[0])}",
        "<int:link>": "1",
        "<str:token>": "1:forged",
        "<slug:token>": report.photos.get().token,
        "wards/<str:code>": "wards/p1",
        "<str:number>": frozen_number("p1-1-1"),
        "schemas/<slug:name>": "schemas/extract",
        "<str:code>": "p1-1-1",
        "<str:address>": "phan-dinh-phung",
        "<slug:slug>": "phan-dinh-phung",
        "<slug:name>": "base",
        "<slug:layer_id>": "zones",
        "<int:notice>": "1",
        "<int:photo>": "1",
        "<int:pk>": "1",
        "<int:edition>": str(Edition.objects.filter(dataset__layer="zones")[0].pk),
        "<int:z>/<int:x>/<int:y>": "12/3281/1911",
        r"^(?P<rest>.+)\.mvt$": "zones/1/a/b/c.mvt",
    }


def say_what_is_wrong(place: Place) -> str:
    """The code of a correction that waits."""
    return changes.propose(place, values={}, was={}, note="The door is green.", now=timezone.now()).code


def frozen_number(code: str) -> str:
    """The number of a document that was handed out."""
    now = timezone.now()
    found = find_parcel(code, on=now.date())
    assert found is not None
    return freeze(assemble(found, on=now.date(), created=now), language="vi", now=now).number


def address(route: str, addresses: dict[str, str]) -> str:
    for pattern, value in addresses.items():
        route = route.replace(pattern, value)
    return f"/{route}"


def ask(actor: str, method: str, path: str) -> Any:
    """Let the actor ask; what the request changed is undone."""
    mark = transaction.savepoint()
    CLIENT.cookies.clear()
    if actor != "anonymous":
        CLIENT.force_login(User.objects.get(username=actor))
    answer = CLIENT.generic(method, path)
    transaction.savepoint_rollback(mark)
    return answer


def test_each_actor_passes_only_the_doors_of_the_matrix(addresses: dict[str, str]) -> None:
    wrong = []
    for route, methods in MATRIX.items():
        path = address(route, addresses)
        for method, wanted in methods.items():
            answers = tuple(ask(actor, method, path).status_code for actor in ACTORS)
            if answers != (wanted if isinstance(wanted, tuple) else (wanted,) * len(ACTORS)):
                wrong.append((method, path, answers, wanted))
    assert not wrong


def test_no_door_lets_other_methods_change_anything(addresses: dict[str, str]) -> None:
    for route in MATRIX:
        if not route.startswith("accounts/"):
            for method in ("PUT", "PATCH", "DELETE"):
                answer = ask("chief", method, address(route, addresses))
                assert answer.status_code == 405, (method, route)


@pytest.mark.usefixtures("city")
def test_administration_is_for_those_who_have_the_admin_site_only() -> None:
    for route in administration():
        path = "/" + route.replace("<path:object_id>", "1").replace("<path:content_type_id>", "1").replace("<id>", "1")
        for actor in ACTORS:
            for method in ("GET", "POST"):
                answer = ask(actor, method, path.split("^")[0])
                assert answer.status_code in (302, 403), (actor, method, path)


@pytest.mark.usefixtures("city")
def test_administrators_see_no_report_and_no_reporter() -> None:
    hand_in(field="tourism", text="SECRET", name="SECRET")
    assert ask("admin", "GET", "/admin/").status_code == 200
    assert ask("admin", "GET", "/desk/").status_code == 403
    listed = [
        route for route in administration() if route.startswith("admin/desk/") and "<" not in route and "^" not in route
    ]
    assert {route.split("/")[2] for route in listed} == {"agency", "field", "routingrule"}
    assert not any("SECRET" in ask("admin", "GET", f"/{route}").content.decode() for route in listed)


def test_signing_in_leads_to_no_other_site(client: Client, django_user_model: Any) -> None:
    django_user_model.objects.create_user("mai", password="a long enough password")
    for elsewhere in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        form = {"login": "mai", "password": "a long enough password", "next": elsewhere}
        answer = client.post("/accounts/login/", form)
        assert answer.status_code == 302
        assert answer["Location"] == "/staff/"
        client.logout()
