"""Which places of the two sources are the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Match(models.Model):
    """A place of the register and one of OpenStreetMap that may be the same; written by `tourism.matching.queue`."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("to be reviewed")
        ACCEPTED = "accepted", _("the same")
        REFUSED = "refused", _("not the same")

    # Codes, not rows: an answer outlives the editions it was given on.
    register = models.CharField(max_length=120)
    osm = models.CharField(max_length=120)
    score = models.FloatField()
    # Of tourism.matching.scoring: same, or uncertain.
    decision = models.CharField(max_length=20)
    # What each kind of evidence said: distance_m, name, phone, kind.
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    # Whether its places are shown once: said by a person, or by the score until a person speaks.
    counts = models.GeneratedField(
        expression=Q(state="accepted") | Q(state="proposed", decision="same"),  # type: ignore[arg-type]  # as Django takes
        output_field=models.BooleanField(),
        db_persist=True,
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["register", "osm"], name="match_once"),
            # A place may have several elements, its building and a point in it; an element is one place's.
            models.UniqueConstraint(fields=["osm"], condition=Q(state="accepted"), name="match_accepted_once"),
        ]
        permissions = [("review_match", "Can say which places are the same")]

    def __str__(self) -> str:
        return f"{self.register} = {self.osm}: {self.state}"
