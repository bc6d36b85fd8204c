"""What may be asked about changes, parsed once at the edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from planning.gone import sentence
from planning.lineage import find_gone
from planning.params import UnknownCode, parse_only
from portal.changes.publications import Publication, publications, read
from portal.changes.subjects import PARCELS, Subject, datasets_about, find_subject
from tiles.api import BadParameter
from tiles.dates import plain_date
from tiles.models import Revision
from tiles.registry import Layer, all_layers, find_layer


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which publications are wanted."""

    since: datetime | None = None
    layer: Layer | None = None
    about: Subject | None = None

    @cached_property
    def _datasets(self) -> dict[str, set[str]] | None:
        return datasets_about(self.about) if self.about else None

    def publications(self) -> QuerySet[Revision]:
        """Return the revisions wanted, the latest first."""
        return publications(since=self.since, layer=self.layer, about=self._datasets)

    def read(self, revisions: Iterable[Revision]) -> list[Publication]:
        """Return revisions with what they changed, of datasets wanted only."""
        return read(revisions, about=self._datasets)


def parse_asked(query: QueryDict, *others: str) -> Asked:
    """Read `since`, `layer` and `about`; raises BadParameter, and UnknownCode when `about` is not published."""
    parse_only(query, "since", "layer", "about", *others)
    return Asked(since=_since(query), layer=_layer(query), about=_about(query))


def _since(query: Mapping[str, str]) -> datetime | None:
    text = query.get("since", "").strip()
    if not text:
        return None
    try:
        if day := parse_date(text):
            return timezone.make_aware(datetime.combine(day, time.min))
        # A + that was not encoded arrives as a blank.
        moment = parse_datetime(text.replace(" ", "+")) if len(text) > len("2026-01-31") else None
        if moment is None:
            raise ValueError(text)
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except (ValueError, OverflowError):
        raise BadParameter(
            _(
                "Parameter “since”: “%(value)s” is neither a date like 2026-01-31 "
                "nor a moment like 2026-01-31T08:00:00+07:00."
            )
            % {"value": text[:40]},
            plain=plain_date(text),
        ) from None


def _layer(query: Mapping[str, str]) -> Layer | None:
    wanted = query.get("layer", "").strip()
    layer = find_layer(wanted) if wanted else None
    if wanted and layer is None:
        known = ", ".join(layer.id for layer in all_layers())
        text = _("Parameter “layer”: there is no layer “%(value)s”. Known are: %(known)s.")
        plain = _("There is no map layer “%(value)s”. Choose one in the list.") % {"value": wanted[:40]}
        raise BadParameter(text % {"value": wanted[:40], "known": known}, plain=plain)
    return layer


def _about(query: Mapping[str, str]) -> Subject | None:
    wanted = query.get("about", "").strip()
    if not wanted:
        return None
    subject = find_subject(wanted)
    if subject is None:
        kind, _slash, code = wanted.partition("/")
        if kind == PARCELS and (gone := find_gone(code)):
            raise UnknownCode(sentence(gone), plain=sentence(gone))
        text = _(
            "Parameter “about”: nothing published is called “%(value)s”. "
            "Write it like parcels/p1-12-345, wards/p1 or plans/qpk-01."
        )
        plain = _("Nothing published is called “%(value)s”. Search for it and open its page.") % {"value": wanted[:60]}
        raise UnknownCode(text % {"value": wanted[:60]}, plain=plain)
    return subject
