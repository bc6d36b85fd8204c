"""Many people ask at the same time: every answer is about its own parcel, date and language."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from urllib.request import urlopen

from tests.conftest import LivingCity

CODES = tuple(f"p1-1-{number}" for number in range(1, 6))
DATES = ("2021-06-01", "2026-03-01")
ROUNDS, CONNECTIONS = 3, 12


def get(address: str) -> str:
    with urlopen(address, timeout=60) as answer:
        text: str = answer.read().decode()
        return text


def asked() -> Iterator[tuple[str, str, str]]:
    yield from product(CODES, DATES, ("vi", "en"))


def facts(answer: str) -> dict[str, object]:
    """All of an answer but the moment it was made."""
    return {name: value for name, value in json.loads(answer).items() if name != "created"}


def test_simultaneous_extracts_never_mix(living_city: LivingCity) -> None:
    def json_of(one: tuple[str, str, str]) -> dict[str, object]:
        code, on, language = one
        return facts(get(f"{living_city.site}/api/v1/parcels/{code}?on={on}&lang={language}"))

    def page_of(one: tuple[str, str, str]) -> tuple[str, set[str], set[str]]:
        code, on, language = one
        text = get(f"{living_city.site}{'/en' if language == 'en' else ''}/parcels/{code}?on={on}")
        shown = re.findall(r"/parcels/(p\d+-\d+-\d+)\.(?:json|pdf)", text)
        return re.findall(r'<html lang="(\w+)"', text)[0], set(shown), set(re.findall(r"\.pdf\?on=([\d-]+)", text))

    alone = {one: json_of(one) for one in asked()}
    assert len({json.dumps(answer, sort_keys=True) for answer in alone.values()}) == len(alone)
    questions = [*asked()] * ROUNDS
    with ThreadPoolExecutor(CONNECTIONS) as together:
        answers = together.map(json_of, questions)
        pages = together.map(page_of, questions)
        assert all(answer == alone[one] for one, answer in zip(questions, answers, strict=True))
        assert all(page == (one[2], {one[0]}, {one[1]}) for one, page in zip(questions, pages, strict=True))
