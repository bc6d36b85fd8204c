import pytest
from django.test import Client

from portal.accounts.models import User
from portal.accounts.staff import make_staff
from tests.tourism.days_out.make import make_ready, make_stop
from tourism.days_out.ready import add_routes
from tourism.models import Place, ReadyRoute

pytestmark = pytest.mark.django_db


def row(title: str, place: str) -> dict[str, str]:
    rest = {"title_en": "", "description_vi": "", "description_en": "", "mode": "walk", "stay": ""}
    return {"title_vi": title, "place": place, **rest}


def form(route: ReadyRoute, *codes: str) -> dict[str, str]:
    """The form of the administration with the stops of a route and new ones behind them."""
    there = list(route.stops.all())
    values = {"title_vi": route.title_vi, "mode": "walk", "position": "0", "published": "on", "_save": "1"}
    values |= {"stops-TOTAL_FORMS": str(len(there) + len(codes)), "stops-INITIAL_FORMS": str(len(there))}
    ids = [str(stop.pk) for stop in there] + [""] * len(codes)
    for number, (pk, code) in enumerate(zip(ids, [*(stop.place for stop in there), *codes], strict=True)):
        about = {"id": pk, "route": str(route.pk), "position": str(number), "place": code, "stay_minutes": ""}
        values |= {f"stops-{number}-{name}": value for name, value in about.items()}
    return values


@pytest.fixture
def steward(client: Client) -> Client:
    make_staff()
    client.force_login(User.objects.get(username="steward"))
    return client


def test_the_tourist_office_adds_a_stop_to_a_day(steward: Client) -> None:
    make_stop("garden", 0)
    make_stop("market", 100)
    route = make_ready("Hoa và chợ", "garden")
    response = steward.post(f"/admin/tourism/readyroute/{route.pk}/change/", form(route, "market"))
    assert response.status_code == 302
    assert [stop.place for stop in route.stops.all()] == ["garden", "market"]


def test_a_stop_nobody_knows_is_refused(steward: Client) -> None:
    route = make_ready("Hoa và chợ")
    response = steward.post(f"/admin/tourism/readyroute/{route.pk}/change/", form(route, "nowhere"))
    assert response.status_code == 200
    assert not route.stops.exists()


def test_a_day_with_a_stop_that_is_gone_can_still_be_edited(steward: Client) -> None:
    make_stop("garden", 0)
    make_stop("market", 100)
    route = make_ready("Hoa và chợ", "garden")
    Place.objects.filter(code="garden").update(live=False)
    response = steward.post(f"/admin/tourism/readyroute/{route.pk}/change/", form(route, "market"))
    assert response.status_code == 302
    assert route.stops.count() == 2


def test_other_staff_do_not_edit_days(client: Client) -> None:
    make_staff()
    route = make_ready("Hoa và chợ")
    for name in ("planner", "agent-tourism", "admin"):
        client.force_login(User.objects.get(username=name))
        response = client.get(f"/admin/tourism/readyroute/{route.pk}/change/")
        assert response.status_code in (302, 403), name


def test_a_table_of_stops_by_name_becomes_days(client: Client) -> None:
    make_stop("garden", 0, name="Vườn hoa")
    make_stop("market", 100, name="Chợ")
    rows = [row("Một", "Vườn hoa"), row("Một", "Chợ"), row("Một", "Nơi không có"), row("Hai", "Chợ")]
    assert add_routes(rows) == 1
    route = ReadyRoute.objects.get()
    assert (route.title_vi, route.published) == ("Một", True)
    assert [stop.place for stop in route.stops.all()] == ["garden", "market"]
