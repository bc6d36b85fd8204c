"""The tourist office closes a place and writes other hours; visitors read it."""

import json
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.utils import timezone

from tests.conftest import LivingCity
from tests.journeys.browser import Browser
from tests.journeys.test_agent import sign_in
from tests.portal.pictures import bomb, photo

pytestmark = pytest.mark.browser


@pytest.fixture
def place(living_city: LivingCity) -> str:
    """A restaurant that has a kitchen."""
    with urlopen(f"{living_city.site}/api/v1/places?category=restaurant") as answer:
        found = [one["properties"] for one in json.load(answer)["features"]]
    return next(str(one["code"]) for one in found if one["hours"])


def test_hours_are_previewed_while_they_are_written_and_saved(
    browser: Browser, living_city: LivingCity, place: str
) -> None:
    browser.open(f"/en/places/{place}/hours")
    sign_in(browser, living_city, "steward")
    browser.open(f"/en/places/{place}")
    browser.press("main .actions a", "Keep the hours")
    browser.write("#id_text", "Mo-Su 10:00-14:00; sáng")
    browser.see("#faults", "cannot be read from letter 20 on")
    browser.write("#id_text", "Mo-Su 10:00-14:00")
    browser.see("#preview", "As it becomes")
    assert len(browser.all("#preview tbody tr")) == 14
    assert browser.accessibility_faults() == []
    browser.write("#id_reason_vi", "Mùa mưa")
    browser.press("button[value=save]")
    browser.find("main .notice-good")
    browser.forget()
    browser.open(f"/places/{place}")
    browser.see("main", "Mùa mưa")
    assert browser.refusals() == []


def test_photos_are_added_described_and_shown_on_a_small_screen_without_scripts(
    browser: Browser, living_city: LivingCity, place: str, tmp_path: Path
) -> None:
    good, bad = tmp_path / "quan.jpg", tmp_path / "bom.png"
    good.write_bytes(photo((1200, 900)))
    bad.write_bytes(bomb())
    browser.open(f"/en/places/{place}/photos")
    sign_in(browser, living_city, "steward")
    browser.scripts(allowed=False)
    browser.resize(360, 760)
    browser.open(f"/en/places/{place}/photos")
    browser.find("#id_files").send_keys(f"{good}\n{bad}")
    browser.write("#id_author", "Trần Lan")
    browser.write("#id_source", "Sở Du lịch")
    browser.press("[aria-labelledby=add] button")
    browser.see("main .notice", "“bom.png” was not kept: it has, or unfolds to, more than 40 million pixels.")
    browser.write("[id$=_alt_vi]:not(#id_alt_vi)", "Hiên quán")
    browser.press("button[value=save]")
    browser.press("button[value=show]")
    browser.find("button[value=hide]")
    browser.scripts(allowed=True)
    browser.open(f"/en/places/{place}/photos")
    assert browser.accessibility_faults() == []
    browser.forget()
    browser.open(f"/places/{place}")
    assert browser.find(".photos img").get_attribute("alt") == "Hiên quán"
    browser.see(".photos figcaption", "Trần Lan")
    assert browser.refusals() == []


def test_a_place_is_closed_on_a_small_screen_without_scripts(
    browser: Browser, living_city: LivingCity, place: str
) -> None:
    browser.open(f"/en/places/{place}/hours")
    sign_in(browser, living_city, "steward")
    browser.scripts(allowed=False)
    browser.resize(360, 760)
    browser.open(f"/en/places/{place}/hours")
    browser.press("input[value=closed]")
    last = timezone.localdate() + timedelta(days=2)
    browser.find("#id_last").send_keys(f"{last:%m%d%Y}")
    browser.press("button[value=preview]")
    browser.find("#preview tbody strong")
    browser.write("#id_reason_vi", "Sửa mái")
    browser.press("button[value=save]")
    browser.find("main .notice-good")
    browser.scripts(allowed=True)
    browser.open("/en/places/?category=restaurant")
    browser.see("main", f"closed until {last:%d/%m/%Y}: Sửa mái")
    browser.open(f"/en/places/{place}")
    browser.see(".lead", f"closed until {last:%d/%m/%Y}: Sửa mái")
