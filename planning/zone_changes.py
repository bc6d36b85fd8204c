"""How the zones in force in the whole city differ between two dates: areas by use, for each level of plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.gis.db.models.functions import Area
from django.db.models import FloatField, Min, Sum
from django.db.models.functions import Cast
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.models import LandUseArea, Plan, Zone
from planning.uses import UNKNOWN_COLOUR, Use, find_use, name_of, system_of

Drawn = dict[str, tuple[str, float]]


@dataclass(frozen=True, kw_only=True)
class UseChange:
    """A use and the m² the plans in force draw of it on each date, with its share; None: none of them draws it."""

    code: str
    name: str
    colour: str
    hatch: str
    before_m2: float | None
    after_m2: float | None
    before_percent: float
    after_percent: float

    @property
    def before_ha(self) -> float:
        """The hectares on the earlier date, to a tenth."""
        return round((self.before_m2 or 0) / 10_000, 1)

    @property
    def after_ha(self) -> float:
        """The hectares on the later date, to a tenth."""
        return round((self.after_m2 or 0) / 10_000, 1)

    @property
    def more_ha(self) -> float:
        """By how many hectares there is more on the later date, as both are shown."""
        return round(self.after_ha - self.before_ha, 1)

    @property
    def words(self) -> str:
        """The difference in words of the active language; "" when none shows."""
        if self.before_m2 is None:
            return _("drawn on the later date only")
        if self.after_m2 is None:
            return _("drawn on the earlier date only")
        ha = {"ha": number_format(abs(self.more_ha), 1)}
        if not self.more_ha:
            return ""
        return _("%(ha)s ha more") % ha if self.more_ha > 0 else _("%(ha)s ha less") % ha


@dataclass(frozen=True, kw_only=True)
class LevelChange:
    """The uses of one level of plans; `known_before`, `known_after`: some plan of the level was in force then."""

    level: str
    known_before: bool
    known_after: bool
    uses: tuple[UseChange, ...]

    @property
    def name(self) -> str:
        """The level in words of the active language."""
        return str(Plan.Level(self.level).label) if self.level in Plan.Level.values else _("construction plan")

    @property
    def comparable(self) -> bool:
        """Tell whether both dates have data."""
        return self.known_before and self.known_after

    @property
    def differing(self) -> int:
        """How many uses differ."""
        return sum(bool(use.words) for use in self.uses)


def zone_changes(before: date, after: date) -> Iterator[LevelChange]:
    """Yield the levels in which other plans are in force on the later date, with what they draw."""
    then, now = _plans(before), _plans(after)
    for layer, level in sorted({*then, *now}, key=lambda key: (key[0] == "land-use", key[1])):
        old, new = then.get((layer, level), set()), now.get((layer, level), set())
        if old != new:
            yield LevelChange(
                level=level,
                known_before=bool(old),
                known_after=bool(new),
                uses=tuple(_changes(layer, _drawn(layer, old), _drawn(layer, new))),
            )


def _plans(on: date) -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = {}
    for layer, level, edition in Plan.objects.live().in_force(on=on).values_list("layer", "level", "edition"):
        found.setdefault((layer, level), set()).add(edition)
    return found


def _drawn(layer: str, editions: set[int]) -> Drawn:
    model: type[LandUseArea | Zone] = LandUseArea if layer == "land-use" else Zone
    measured = Sum(Cast(Area("geom"), FloatField()))
    rows = model.objects.filter(edition__in=editions).values("use").annotate(given=Min("use_name"), area_m2=measured)
    return {row["use"]: (row["given"], row["area_m2"]) for row in rows if row["area_m2"]}


def _changes(layer: str, then: Drawn, now: Drawn) -> Iterator[UseChange]:
    system = system_of(layer)
    all_then, all_now = (sum(area_m2 for _given, area_m2 in drawn.values()) for drawn in (then, now))
    for code in sorted({*then, *now}, key=lambda code: -max(then.get(code, ("", 0))[1], now.get(code, ("", 0))[1])):
        given, before_m2 = then.get(code, ("", None))
        given, after_m2 = now.get(code, (given, None))
        use: Use | None = find_use(system, code)
        yield UseChange(
            code=code,
            name=name_of(system, code, given),
            colour=use.colour if use else UNKNOWN_COLOUR,
            hatch=use.hatch if use else "none",
            before_m2=before_m2,
            after_m2=after_m2,
            before_percent=(before_m2 or 0) / all_then * 100 if all_then else 0,
            after_percent=(after_m2 or 0) / all_now * 100 if all_now else 0,
        )
