"""What changed of a place, when, and who said so: the public reads it, staff are named to stewards alone."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import translation

from portal.accounts.models import User
from tests.tourism.matching.test_queue import NOW, PINE, publish, staff  # noqa: F401
from tiles import editions
from tiles.models import Dataset, Edition
from tourism import notices
from tourism.history import views
from tourism.history.entries import Entry, find_history
from tourism.history.fields import TITLES
from tourism.matching import queue
from tourism.models import Match, Place

pytestmark = pytest.mark.django_db
Publish = Callable[[str, list[dict[str, Any]] | Path], Edition]
CODE = "lodging-lt1"


def history(code: str = CODE, language: str = "en") -> list[Entry]:
    with translation.override(language):
        return find_history(code, language=language)


def kinds(code: str = CODE) -> list[str]:
    return [entry.kind for entry in history(code)]


def steward() -> User:
    user = User.objects.create_user("lan", password="a long enough one")
    user.groups.add(Group.objects.get(name="Steward"))
    return user


def test_each_publication_tells_what_it_changed_and_one_that_changed_nothing_is_silent(publish: Publish) -> None:  # noqa: F811
    publish("lodging", [PINE])
    other = {**PINE, "MA": "LT9", "TEN": "Khác"}
    publish("lodging", [PINE, other])
    last = publish("lodging", [{**PINE, "HANG_SAO": 4, "GIO_MO_CUA": "24/7", "LOAI": "homestay"}, other])
    changed, listed = history()
    assert (changed.kind, listed.kind) == ("changed", "listed")
    assert changed.edition == last
    assert {(one.title, one.before, one.after) for one in changed.fields} == {
        ("Stars", "3", "4"),
        ("Opening hours", "", "24/7"),
        ("Kind", "Hotel", "Homestay"),
    }
    assert "Khách sạn" in str(history(language="vi")[0].fields)


def test_a_roll_back_puts_back_and_a_place_may_go_and_come_again(publish: Publish, staff: dict[str, Any]) -> None:  # noqa: F811
    publish("lodging", [PINE])
    publish("lodging", [{**PINE, "TEN": "Tên sai"}])
    editions.roll_back(Dataset.objects.get(code="lodging"), by=staff["binh"], now=NOW + timedelta(hours=1))
    assert kinds() == ["put-back", "changed", "listed"]
    publish("lodging", [{**PINE, "MA": "LT2"}])
    publish("lodging", [PINE])
    assert sorted(kinds()) == sorted(["listed-again", "removed", "put-back", "changed", "listed"])


def test_texts_in_further_languages_come_by_deliveries_of_their_own(publish: Publish, tmp_path: Path) -> None:  # noqa: F811
    publish("lodging", [PINE])
    for name in ("Hôtel Pin", "Hôtel du Pin"):
        (tmp_path / "BanDichDiaDiem.csv").write_text(f"MA_DIA_DIEM,NGON_NGU,TEN\n{CODE},fr,{name}\n")
        publish("translations", tmp_path / "BanDichDiaDiem.csv")
    assert [[(one.title, one.before, one.after) for one in entry.fields] for entry in history()] == [
        [("Name (français)", "Hôtel Pin", "Hôtel du Pin")],
        [("Name (français)", "", "Hôtel Pin")],
        [],
    ]


def test_notices_and_decisions_are_part_of_it(publish: Publish) -> None:  # noqa: F811
    publish("lodging", [PINE])
    lan, place = steward(), Place.objects.get()
    soon = NOW + timedelta(hours=1)
    closure = notices.close(place, first=date(2026, 12, 1), last=None, reason_vi="Sửa mái", by=lan, now=soon)
    notices.correct(
        place, text="Mo-Su 08:00-17:00", first=date(2026, 12, 1), last=date(2026, 12, 9),
        reason_vi="Mùa đông", by=lan, now=soon + timedelta(minutes=1),
    )  # fmt: skip
    notices.end(closure, by=lan, now=soon + timedelta(minutes=2))
    match = Match.objects.create(register=CODE, osm="osm-node-7", score=0.9, decision="uncertain")
    queue.accept(match, by=lan, now=soon + timedelta(minutes=3))
    same, ended, corrected, closed, _listed = history()
    assert [one.kind for one in (same, ended, corrected, closed)] == [
        "same", "notice-ended", "hours-corrected", "closed",
    ]  # fmt: skip
    assert closed.words == "Closed from 01/12/2026 until further notice"
    assert (closed.reason, closed.reason_language) == ("Sửa mái", "vi")
    assert corrected.fields[0].after == "Mo-Su 08:00-17:00"
    assert (same.other, same.by) == ("osm-node-7", "lan")
    # The other place tells it too.
    assert history("osm-node-7")[0].other == CODE


def test_the_page_names_staff_to_stewards_alone_and_the_api_to_nobody(publish: Publish, client: Client) -> None:  # noqa: F811
    publish("lodging", [PINE])
    publish("lodging", [{**PINE, "HANG_SAO": 4}])
    page = client.get(f"/en/places/{CODE}/history").content.decode()
    assert "<td>3</td><td>4</td>" in page
    assert "entered by" not in page
    assert "binh" not in page
    assert "binh" not in client.get(f"/api/v1/places/{CODE}/history").content.decode()
    client.force_login(steward())
    assert "entered by binh" in client.get(f"/en/places/{CODE}/history").content.decode()


def test_a_place_that_is_gone_has_a_history_and_one_nobody_saw_has_none(publish: Publish, client: Client) -> None:  # noqa: F811
    publish("lodging", [PINE])
    publish("lodging", [{**PINE, "MA": "LT2"}])
    assert f"/en/places/{CODE}/history" in client.get(f"/en/places/{CODE}").content.decode()
    response = client.get(f"/en/places/{CODE}/history")
    assert response.status_code == 200
    assert "This place is no longer listed." in response.content.decode()
    assert client.get("/places/nowhere/history").status_code == 404
    problem = client.get("/api/v1/places/nowhere/history")
    assert problem.status_code == 404
    assert problem.json()["type"].endswith("no-such-place")


def test_a_long_history_is_paged(publish: Publish, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("tourism.history.api.PAGE_SIZE", 1)
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    publish("lodging", [PINE])
    publish("lodging", [{**PINE, "HANG_SAO": 4}])
    first = client.get(f"/api/v1/places/{CODE}/history?lang=en").json()
    assert [one["text"] for one in first["changes"]] == ["Changed"]
    second = client.get(first["next"]).json()
    assert [one["text"] for one in second["changes"]] == ["First listed"]
    assert second["next"] is None
    assert "page=2" in client.get(f"/places/{CODE}/history").content.decode()
    assert client.get(f"/api/v1/places/{CODE}/history?pages=2").status_code == 400


def test_every_field_a_delivery_may_fill_is_compared() -> None:
    own = {"id", "edition", "code", "row", "live", "shape", "name_fold", "reference", "group", "source"}
    fields = {field.name for field in Place._meta.concrete_fields} - own
    assert fields == {*TITLES, "teaser_en", "description_en", "notes_en"}
