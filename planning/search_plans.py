"""Finding a plan by its code, the words of its title, or the number of its decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planning.models import Plan
from planning.search import lon_lat, spots
from portal.text import fold
from tiles.registry import Hit

# What people write round the number of a decision: "Quyết định số 1348/QĐ-UBND ngày 22/4/2017".
_DECISION = re.compile(r"(?<![\w/])\d{1,6}\s*/\s*(?:\d{4}\s*/\s*)?(?:qd|nq)\b[\w-]*")
_NAMED = re.compile(r"^(?:quyet dinh|qd|decision)\s*(?:so|no)?\b[\s.:]*(?=\d)")


def search_plans(text: str, limit: int, language: str) -> list[Hit]:
    """Find construction plans by code, title or decision."""
    return list(_plans(text, limit, layer="zones"))


def search_land_use_plans(text: str, limit: int, language: str) -> list[Hit]:
    """Find land-use plans by code, title or decision."""
    return list(_plans(text, limit, layer="land-use"))


def _plans(text: str, limit: int, *, layer: str) -> Iterator[Hit]:
    plain = fold(text)
    decision = _DECISION.search(plain)
    wanted = _words(decision[0] if decision else _NAMED.sub("", plain))
    plans = Plan.objects.live().filter(layer=layer)
    # A city has some dozens of plans: they are compared here, word by word.
    rows = plans.values_list("pk", "code", "title_fold", "edition__dataset__title_en", "decision").order_by("code")
    found = {pk: score for pk, *said in rows if (score := _score(wanted, *said))}
    best = sorted(found, key=lambda pk: -found[pk])[:limit]
    there = {plan.pk: plan for plan in spots(plans.filter(pk__in=best).select_related("edition__dataset"))}
    return (_hit(there[pk], found[pk], layer) for pk in best)


def _score(wanted: list[str], code: str, title: str, title_en: str, decision: str) -> float:
    """Return 1 for the very code, decision or its number, less for all words in any order, 0 where one is missing."""
    number = _words(fold(decision))
    numbered = any(word.isdigit() for word in wanted)
    if wanted == _words(code) or (numbered and wanted == number[: len(wanted)]):
        return 1
    there = [*_words(code), *_words(title), *_words(fold(title_en)), *number]
    # The last word may not be typed to its end.
    whole, last = set(wanted[:-1]), wanted[-1:]
    return 0.7 if last and whole <= set(there) and any(word.startswith(last[0]) for word in there) else 0


def _words(plain: str) -> list[str]:
    return re.findall(r"\w+", plain)


def _hit(plan: Plan, score: float, layer: str) -> Hit:
    return Hit(
        kind="plan",
        code=plan.code,
        title=plan.name,
        subtitle=", ".join(filter(None, [plan.get_level_display(), plan.decision])),
        url=f"/plans/{plan.code}",
        in_force_from=plan.in_force_from,
        in_force_until=plan.in_force_until,
        layer=layer,
        score=score,
        **lon_lat(plan),
    )
