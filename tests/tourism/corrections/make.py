"""What readers write and stewards press."""

from typing import Any

from django.test import Client

from tourism.corrections.models import Correction

FORM = {"name": "Pine Inn", "phone": "0263 382 2663", "website": "", "opening_hours": "24/7", "address": "1 Lê Lợi"}
OWNED = {
    "name_en": "Pine Inn Dalat", "page": "https://social.example.com/pine", "email": "inn@example.com",
    "beneficiary": "CÔNG TY THÔNG", "price_from_vnd": "500.000", "price_to_vnd": "900000", "rooms": "12",
    "wheelchair": "limited",
}  # fmt: skip


def send(client: Client, path: str = "/en/places/inn/correct", **written: str) -> Any:
    return client.post(path, {**FORM, **written})


def decide(steward: Client, verb: str, **sent: Any) -> str:
    path = f"/en/workbench/corrections/{Correction.objects.latest('pk').pk}"
    return str(steward.post(path, {"verb": verb, **sent}, follow=True).content.decode())
