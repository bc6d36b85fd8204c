"""What visitors and owners say is wrong about a place. `tourism.corrections.changes` is the only writer."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tourism.models import HoursNotice

_SIGNER = signing.Signer(salt="tourism.corrections.owner")


class OwnerLink(models.Model):
    """A link by which the owner of one place proposes changes without an account, until it expires or is ended."""

    place = models.CharField(max_length=120, db_index=True)
    made = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.made}"

    @property
    def token(self) -> str:
        """The signed end of the link's address."""
        return _SIGNER.sign(str(self.pk))

    def holds(self, now: datetime) -> bool:
        """Tell whether the link still opens the form."""
        return self.ended is None and now < self.expires


def find_link(token: str) -> OwnerLink | None:
    """Return the link of a token, None when we signed no such token."""
    try:
        number = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    return OwnerLink.objects.filter(pk=number).first()


class Correction(models.Model):
    """What one sender says is wrong about a place; it holds nothing about the sender."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("to be looked at")
        ACCEPTED = "accepted", pgettext_lazy("correction", "accepted")
        REFUSED = "refused", _("not accepted")

    # How the sender follows it.
    code = models.CharField(max_length=20, unique=True)
    place = models.CharField(max_length=120)
    # Field → what is proposed, and what the public read then; `closed`: closed for good.
    values = models.JSONField(default=dict)
    was = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    # Where one knows it from.
    source = models.CharField(max_length=250, blank=True)
    owner = models.ForeignKey(OwnerLink, models.PROTECT, null=True, related_name="+")
    made = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    # The fields that were accepted, and the notices on hours this made.
    fields = ArrayField(models.CharField(max_length=20), default=list)
    notices = models.ManyToManyField(HoursNotice, related_name="+")
    # Why it was refused; the sender reads it.
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        permissions = [("review_correction", "Can decide on corrections and make links for owners")]
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["place"], condition=Q(state="proposed"), name="correction_waiting"),
            models.Index(fields=["state", "id"], name="correction_state"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.place}"
