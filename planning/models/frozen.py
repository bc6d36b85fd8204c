"""Answers that were handed out and may be verified later."""

from __future__ import annotations

from django.db import models


class FrozenExtract(models.Model):
    """What an extract said when its document was made; holds no personal data. Written by extracts.frozen only."""

    number = models.CharField(max_length=20, unique=True)
    # Of the parcel: the answer outlives the edition that drew it.
    code = models.CharField(max_length=120)
    on = models.DateField()
    language = models.CharField(max_length=5)
    created = models.DateTimeField()
    # Canonical JSON as text, byte for byte what the hash was made of; jsonb would write it anew.
    answer = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "on", "language", "sha256"], name="one_number_for_one_answer")
        ]

    def __str__(self) -> str:
        return self.number
