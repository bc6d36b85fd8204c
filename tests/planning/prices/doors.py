"""Asking for a price as a program and as a reader of pages."""

import re
from typing import Any

from django.test import Client

DAY = "on=2026-03-01"


def get(client: Client, query: str = "", code: str = "p1-12-345", status: int = 200) -> Any:
    response = client.get(f"/api/v1/parcels/{code}/price?{DAY}&{query}&lang=en")
    assert response.status_code == status, response.content
    return response.json()


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
