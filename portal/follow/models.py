"""Who follows what by e-mail, and the letters owed to them. Written by `follows`, `letters`, `outbox`, `tidying`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.changes import subjects


class Follow(models.Model):
    """One address that wants news of one subject. The e-mail address is personal: it is kept here and nowhere else."""

    class Kind(models.TextChoices):
        PARCEL = subjects.PARCELS, _("parcel")
        WARD = subjects.WARDS, _("ward")
        PLAN = subjects.PLANS, _("plan")

    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=120)
    # In the follower's language, for the day the subject is published no more.
    title = models.CharField(max_length=250)
    email = models.EmailField()
    language = models.CharField(max_length=2)
    # When it was asked for, last.
    created = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)
    # What was said about the subject when the follower was told last; see `portal.follow.facts`.
    facts = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint("kind", "code", Lower("email"), name="follow_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.code}"


class Letter(models.Model):
    """One letter owed to a follower; it goes when its follow goes."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("asks to confirm")
        KNOWN = "known", _("says that it is followed already")
        CHANGED = "changed", _("tells what changed")

    follow = models.ForeignKey(Follow, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        indexes = [models.Index("created", condition=Q(sent=None), name="letter_unsent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
