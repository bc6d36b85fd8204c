"""The little map on the page of a parcel."""

from datetime import date

from django.utils import timezone

from planning.extracts.assemble import assemble
from planning.extracts.sketch import EDGE, SIZE, sketch
from planning.lookup import find_parcel
from tests.planning import make
from tests.planning.conftest import Block
from tiles.models import Edition


def test_letters_of_a_use_at_the_edge_of_the_picture_are_not_cut(block: Block) -> None:
    make.make_zone(Edition.objects.get(dataset__code="qpk-01"), 3, "DV", make.box(-30, -30, -9.5, -14.5))
    parcel = find_parcel("p1-12-345", on=date(2026, 3, 1))
    assert parcel
    zones = sketch(parcel, assemble(parcel, on=date(2026, 3, 1), created=timezone.now())).zones
    assert "DV" in {zone.label for zone in zones}
    assert all(EDGE <= at <= SIZE - EDGE for zone in zones for at in (zone.x, zone.y))
