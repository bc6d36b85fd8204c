"""The little map on the page of a parcel."""

from datetime import date

from django.utils import timezone

from planning.extracts.assemble import assemble
from planning.extracts.sketch import EDGE, SIZE, sketch
from planning.lookup import find_parcel
from tests.planning import make
from tests.planning.conftest import Block
from tiles.models import Edition


def test_letters_stand_in_their_own_area_and_are_not_cut_at_the_edge(block: Block) -> None:
    plan = Edition.objects.get(dataset__code="qpk-01")
    # The picture reaches from -10 to 30 m and from -15 to 25 m: of the first area only a strip of half a metre is seen.
    make.make_zone(plan, 3, "DV", make.box(-30, -30, -9.5, 30))
    make.make_zone(plan, 4, "YT", make.box(-9.5, -30, -7, 30))
    parcel = find_parcel("p1-12-345", on=date(2026, 3, 1))
    assert parcel
    zones = sketch(parcel, assemble(parcel, on=date(2026, 3, 1), created=timezone.now())).zones
    assert "DV" not in {zone.label for zone in zones}
    [clinic] = [zone for zone in zones if zone.label == "YT"]
    assert EDGE <= clinic.x <= 3 * SIZE / 40
    assert all(EDGE <= at <= SIZE - EDGE for zone in zones if zone.label for at in (zone.x, zone.y))
