"""The calculator without a parcel, and what another date keeps."""

import re

import pytest
from django.test import Client

from planning.models import StreetSegment
from tests.planning.prices.doors import DAY, page

pytestmark = pytest.mark.usefixtures("priced")


def test_the_calculator_prices_land_without_a_parcel(client: Client) -> None:
    assert "not stated" in page(client, "/en/prices/?on=2026-03-01&segment=2026-1")
    known = "use=ODT&area_m2=100&ward=xuan-huong-da-lat&plan_500=no&alley_level=1&alley_width_m=5&surface=earth"
    answered = page(client, f"/en/prices/?{DAY}&segment=2026-1&{known}&frontages=1&depth_m=15&height_m=0")
    # 20.000.000 × 70 % (earth alley)
    assert "14,000,000 đ/m² × 100 m² = 1,400,000,000 đ" in answered
    assert "Odd rows of the price table" in answered


def test_the_calculator_offers_streets_alike_and_refuses_bad_input(client: Client) -> None:
    assert "Phan Đình Phùng" in page(client, f"/en/prices/?{DAY}&street=dinh")
    assert "xyz" in page(client, f"/en/prices/?{DAY}&street=xyz")
    for query in ("on=2026-02-30", f"{DAY}&segment=nowhere", f"{DAY}&area_m2=-1", f"{DAY}&segment=%00", "street=%00"):
        assert client.get(f"/prices/?{query}").status_code in (200, 400)
    assert client.get(f"/prices/?{DAY}&segment=nowhere").status_code == 400


def test_odd_rows_of_the_law_are_listed(client: Client) -> None:
    listed = page(client, "/en/prices/?on=2023-01-01")
    assert "position 3 is dearer than the one before" in listed


def test_a_day_without_a_table_has_no_odd_rows_to_deny(client: Client) -> None:
    listed = page(client, "/en/prices/?on=1990-01-01")
    assert "No price table is in force on this date." in listed
    assert "every cell is filled" not in listed


def segment_of_2020() -> str:
    return str(StreetSegment.objects.exclude(code="2026-1").get().code)


def chosen(client: Client, path: str, name: str) -> list[str]:
    """The options of a list that are chosen."""
    answer = client.get(path)
    assert answer.status_code == 200
    [field] = re.findall(
        rf'<select name="{name}".*?</select>|<select[^>]* name="{name}".*?</select>', answer.content.decode()
    )
    return re.findall(r'value="([^"]+)" selected', field)


def test_another_date_keeps_the_stretch_that_was_chosen(client: Client) -> None:
    for ends in (("Đầu đường", "Hùng Vương"), ("Hùng Vương", "Đầu đường")):
        StreetSegment.objects.filter(code=segment_of_2020()).update(from_street=ends[0], to_street=ends[1])
        assert chosen(client, "/en/prices/?on=2023-01-01&use=ODT&segment=2026-1", "segment") == [segment_of_2020()]
        assert chosen(client, f"/en/prices/?{DAY}&use=ODT&segment={segment_of_2020()}", "segment") == ["2026-1"]


@pytest.mark.parametrize("same", [0, 2])
def test_a_stretch_that_another_table_cuts_otherwise_is_asked_for(client: Client, same: int) -> None:
    row = StreetSegment.objects.get(code=segment_of_2020())
    if same:
        row.pk, row.code = None, "2020-again"
        row.save()
    else:
        StreetSegment.objects.filter(pk=row.pk).update(to_street="Lê Lợi")
    path = "/en/prices/?on=2023-01-01&use=ODT&segment=2026-1"
    assert chosen(client, path, "segment") == []
    assert "Phan Đình Phùng" in client.get(path).content.decode()


def test_another_date_keeps_the_ward_where_one_took_its_place(client: Client) -> None:
    assert chosen(client, f"/en/prices/?{DAY}&segment=2026-1&ward=p1", "ward") == ["xuan-huong-da-lat"]
    path = "/en/prices/?on=2023-01-01&segment=2026-1&ward=xuan-huong-da-lat"
    assert chosen(client, path, "ward") == [], "it was made of two"


def test_another_date_of_a_parcel_keeps_the_answers(client: Client) -> None:
    answers = "height_m=-1%2C5&frontage_m=4&segment=2026-1"
    shown = client.get(f"/parcels/p1-12-345?{DAY}&{answers}").content.decode()
    form = shown[shown.index('<label for="on">') - 900 : shown.index('<label for="on">')]
    for name, value in (("height_m", "-1,5"), ("frontage_m", "4"), ("segment", "2026-1")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form
    then = client.get(f"/parcels/p1-12-345?on=2023-01-01&{answers}")
    assert then.status_code == 200
    assert f'name="segment" value="{segment_of_2020()}"' in then.content.decode()
