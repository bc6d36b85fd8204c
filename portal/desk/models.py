"""The nouns of the service desk: agency, field, rule, report and everything that happened to it.

`portal.desk.reports` writes reports and their history, `portal.desk.limits` allowances; nobody else does.
The exact place and the reporter's identity are tables of their own, read only where they are needed.
"""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.desk import states
from portal.desk.querysets import PhotoQuerySet, ReportQuerySet
from tiles.models import SURVEY_SRID, LayerRow


class Named(models.Model):
    """A thing with a name in both languages."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_vi


class Agency(Named):
    """Who handles a report; `members` are its agents."""

    # Takes what no rule speaks about.
    is_default = models.BooleanField(_("takes what no rule covers"), default=False)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="agencies", blank=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_agency")
        ]


class Field(Named):
    """What kind of trouble it is; `layers` are those whose objects it concerns, `sensitive` stays off the map."""

    order = models.PositiveSmallIntegerField(_("order"), default=50)
    layers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    sensitive = models.BooleanField(_("never on the public map"), default=False)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("field of reports")
        verbose_name_plural = _("fields of reports")
        ordering = ["order", "code"]


class RoutingRule(models.Model):
    """Reports of a field in a ward go to an agency; an empty field or ward means any."""

    field = models.ForeignKey(Field, models.PROTECT, null=True, blank=True, related_name="+")
    ward = models.CharField(_("ward code"), max_length=120, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    priority = models.SmallIntegerField(_("priority"), default=0)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")

    def __str__(self) -> str:
        return f"{self.field or '*'} × {self.ward or '*'} → {self.agency}"


class Report(models.Model):
    """One complaint or request and its state; `cell` is the centre of its 100 m cell, EPSG:5899."""

    class State(models.TextChoices):
        NEW = states.NEW, _("received")
        ACCEPTED = states.ACCEPTED, _("accepted")
        IN_PROGRESS = states.IN_PROGRESS, _("in progress")
        ANSWERED = states.ANSWERED, _("answered")
        RESOLVED = states.RESOLVED, _("resolved")
        REFUSED = states.REFUSED, _("refused")
        REOPENED = states.REOPENED, _("reopened")

    code = models.CharField(max_length=20, unique=True)
    field = models.ForeignKey(Field, models.PROTECT, related_name="reports")
    text = models.TextField()
    lang = models.CharField(max_length=5, choices=settings.LANGUAGES)
    subject_layer = models.CharField(max_length=40, blank=True)
    subject_code = models.CharField(max_length=120, blank=True)
    subject_title = models.CharField(max_length=250, blank=True)
    # The layer's revision the reporter saw.
    subject_revision = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    created = models.DateTimeField()
    changed = models.DateTimeField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    rule = models.ForeignKey(RoutingRule, models.SET_NULL, null=True, related_name="+")
    ward = models.CharField(max_length=120, blank=True)
    cell = models.PointField(srid=SURVEY_SRID, null=True, spatial_index=False)
    # Speaks of khiếu nại or tố cáo, which another law rules.
    formal = models.BooleanField(default=False)
    photo_problems = ArrayField(models.CharField(max_length=20), default=list)
    key = models.CharField(max_length=100, unique=True)
    digest = models.CharField(max_length=64)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        permissions = [
            ("handle_report", _("Can handle reports of their agency")),
            ("see_all_reports", _("Can see reports of all agencies")),
            ("see_reporter", _("Can reveal who reported")),
            ("moderate_report", _("Can put reports on the public map")),
        ]
        # The queue: oldest first, of one agency or of all.
        indexes = [
            models.Index(fields=["agency", "state", "created"]),
            models.Index(fields=["state", "created"]),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        """What it is about as `layer/code`, "" for a bare place."""
        return f"{self.subject_layer}/{self.subject_code}" if self.subject_layer else ""

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to work on it."""
        return self.state in states.OPEN


class ReportPlace(models.Model):
    """The exact place of a report, for the agency in charge only."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="place")
    point = models.PointField(srid=4326, null=True, spatial_index=False)
    text = models.CharField(max_length=250, blank=True)

    class Meta:
        default_permissions = ()


class Reporter(models.Model):
    """Who reported; read by `reports.reveal_reporter` only, which keeps who looked."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="reporter")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    consent = models.CharField(max_length=20)

    class Meta:
        default_permissions = ()


class ReportEvent(models.Model):
    """One thing that happened to a report; the database refuses to change or delete it."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("received")
        MOVED = "moved", _("state changed")
        ASSIGNED = "assigned", _("assigned")
        NOTED = "noted", _("note")
        MODERATED = "moderated", _("moderated")
        REVEALED = "revealed", _("identity revealed")

    report = models.ForeignKey(Report, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    moment = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    public = models.BooleanField(default=False)
    # Values a decision was made on, as the routing rule's.
    values = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.report} {self.kind}"

    @property
    def state_label(self) -> str:
        """The state it led to, in words; "" for other events."""
        is_state = self.kind in (self.Kind.SUBMITTED, self.Kind.MOVED)
        return str(Report.State(self.after).label) if is_state else ""


class Photo(models.Model):
    """A photo made anew from the pixels of what was sent; its name cannot be guessed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="photos")
    token = models.CharField(max_length=40, unique=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    public = models.BooleanField(default=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["id"]

    @property
    def name(self) -> str:
        """Its name in the storage."""
        return f"reports/{self.token[:2]}/{self.token}.jpg"


class PublicReport(LayerRow):
    """What the public map shows of a moderated report: its cell, never its exact place."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="public_row")
    field = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    text = models.TextField(blank=True)

    class Meta(LayerRow.Meta):
        default_permissions = ()


class Allowance(models.Model):
    """How often one sender did a thing within an hour; `key` is a keyed hash, not an address."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(F("key"), F("hour"), name="allowance_of_sender_and_hour")]
