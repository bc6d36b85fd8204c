"""All places in one answer: kept, but never longer than it is true."""

import gzip
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.tourism.make import make_place
from tests.tourism.test_hours import at
from tiles import revisions
from tourism import api, schedules
from tourism.answers import KeptAnswers

pytestmark = pytest.mark.django_db
ALL = "/api/v1/places?limit=5000"


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_kept", KeptAnswers(16))


def names(answer: Any) -> list[str]:
    return [feature["properties"]["name"] for feature in answer.json()["features"]]


def grow() -> None:
    revisions.grow("places", by=None, reason="test", now=timezone.now())


def test_the_answer_is_kept_until_the_layer_changes(client: Client) -> None:
    make_place("a", name="Một")
    first = client.get(ALL)
    make_place("b", name="Hai")  # beside the road, as nothing does
    assert client.get(ALL).content == first.content
    grow()
    assert sorted(names(client.get(ALL))) == ["Hai", "Một"]


def test_a_place_that_opens_or_closes_makes_the_answer_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_place("a", opening_hours="Mo-Su 08:00-22:00")
    said = []
    for moment in (at(10, 7, 59), at(10, 8), at(10, 21), at(10, 22)):
        monkeypatch.setattr(api.timezone, "now", lambda moment=moment: moment)
        said.append(client.get(ALL).json()["features"][0]["properties"]["open"])
    assert said == [False, True, True, False]


def test_who_has_the_answer_is_told_so_without_a_body(client: Client) -> None:
    make_place("a")
    first = client.get(ALL)
    again = client.get(ALL, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    grow()
    assert client.get(ALL, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_answer_is_the_same_packed_and_plain(client: Client) -> None:
    make_place("a", name="Hồ Xuân Hương")
    packed = client.get(ALL, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    plain = client.get(ALL)
    assert "Content-Encoding" not in plain
    assert json.loads(gzip.decompress(packed.content)) == plain.json()
    assert "Accept-Encoding" in plain["Vary"]


def test_languages_filters_and_hosts_are_not_mixed(client: Client) -> None:
    make_place("a", name="Chợ", name_en="Market")
    assert names(client.get(ALL)) == ["Chợ"]
    assert names(client.get(f"{ALL}&lang=en")) == ["Market"]
    assert names(client.get(f"{ALL}&category=hotel")) == []
    assert names(client.get(ALL, headers={"host": "localhost"})) == ["Chợ"]


def test_only_the_latest_are_kept() -> None:
    made: list[int] = []
    kept = KeptAnswers(2)

    def ask(key: int) -> bytes:
        return kept.find(key, lambda: made.append(key) or b"x")  # type: ignore[func-returns-value]

    for key in (1, 2, 1, 3, 1, 2):
        assert gzip.decompress(ask(key)) == b"x"
    assert made == [1, 2, 3, 2]


def test_a_wrong_question_is_refused_before_anything_is_kept(client: Client) -> None:
    assert client.get(f"{ALL}&category=nothing").status_code == 400
    assert schedules.states(timezone.now()) == {}
