"""Frozen extracts: the only writer, and how an answer becomes the text that is hashed."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from planning.extracts.extract import Extract
from planning.extracts.numbers import new_number, parse_number
from planning.extracts.render import render_json
from planning.models import FrozenExtract

# When it was asked for and where it can be verified are no part of what is said.
NOT_SAID = ("created", "verify_url")


def said(extract: Extract) -> dict[str, Any]:
    """Return what an extract says as plain JSON values, the same for the same answer."""
    values: dict[str, Any] = json.loads(canonical(extract))
    return values


def canonical(extract: Extract) -> str:
    """Return what an extract says as JSON text: keys sorted, no spaces, letters as they are."""
    values = {name: value for name, value in render_json(extract).items() if name not in NOT_SAID}
    return json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def freeze(extract: Extract, *, language: str, now: datetime) -> FrozenExtract:
    """Keep what an extract says under a number; the same answer for the same question keeps its number."""
    text = canonical(extract)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    question = {"code": extract.code, "on": extract.on, "language": language, "sha256": sha256}
    while True:
        if found := FrozenExtract.objects.filter(**question).first():
            return found
        try:
            with transaction.atomic():
                return FrozenExtract.objects.create(number=new_number(now.year), created=now, answer=text, **question)
        except IntegrityError:
            # Another request froze the same answer, or drew the same number: look again.
            continue


def find_frozen(text: str) -> FrozenExtract | None:
    """Return the frozen extract of a number as typed."""
    number = parse_number(text)
    return FrozenExtract.objects.filter(number=number).first() if number else None
