"""Everything that may happen to a report. These functions are its only writers.

Each is one transaction, takes who and when as arguments, and leaves an event in the history.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.desk import limits, location, photos, routing, states
from portal.desk.codes import make_code
from portal.desk.drafts import CONSENT_VERSION, MAX_PHOTOS, Draft
from portal.desk.formal import mentions_formal
from portal.desk.models import (
    Agency,
    Field,
    PublicReport,
    Report,
    Reporter,
    ReportEvent,
    ReportPlace,
    RoutingRule,
)
from portal.photos import PhotoRefusedError
from tiles import revisions

if TYPE_CHECKING:
    from portal.accounts.models import User

Kind = ReportEvent.Kind


class NotAllowedError(Exception):
    """The move is refused; the message says why and what to do."""


class KeyReusedError(Exception):
    """The idempotency key belongs to another report."""


def submit(draft: Draft, *, key: str, sender: str | None, now: datetime) -> Report:
    """Keep a report and send it to its agency; the same key and draft twice is the same report.

    `sender` is the address limits count against; None counts nothing. Raises KeyReusedError, limits.TooManyError.
    """
    known = Report.objects.filter(key=key).first()
    if known is None:
        try:
            return _create(draft, key=key, sender=sender, now=now)
        except IntegrityError:
            # The same form sent twice at the same moment: the other request was first.
            known = Report.objects.get(key=key)
    if known.digest != draft.digest():
        raise KeyReusedError(key)
    return known


def accept(report: Report, *, by: "User", now: datetime) -> Report:
    """Take the report on."""
    return move(report, to=states.ACCEPTED, by=by, now=now)


@transaction.atomic
def move(report: Report, *, to: str, by: "User", now: datetime, note: str = "") -> Report:
    """Bring the report to another state; `note` is shown to the reporter. Raises NotAllowedError."""
    report = _locked(report)
    if not states.may_move(report.state, to):
        raise NotAllowedError(
            _("A report that is “%(old)s” cannot become “%(new)s”. Reload the page to see its state now.")
            % {"old": report.get_state_display(), "new": Report.State(to).label}
        )
    if to in states.OWES_NOTE and not note.strip():
        raise NotAllowedError(_("Write a note to the reporter: this step owes them an explanation."))
    before, report.state, report.changed = report.state, to, now
    report.save(update_fields=["state", "changed"])
    _record(report, Kind.MOVED, by=by, now=now, before=before, after=to, note=note, public=True)
    if PublicReport.objects.filter(report=report, live=True).update(state=to):
        revisions.grow("reports", by=by, reason=f"{report.code} {to}", now=now)
    return report


@transaction.atomic
def note(report: Report, *, text: str, by: "User", now: datetime, public: bool = False) -> ReportEvent:
    """Add a note to the history; an internal one unless `public`."""
    if not text.strip():
        raise NotAllowedError(_("The note is empty. Write what the next reader has to know."))
    return _record(_locked(report), Kind.NOTED, by=by, now=now, note=text, public=public)


@transaction.atomic
def assign(report: Report, *, agency: Agency, by: "User", now: datetime, reason: str) -> Report:
    """Hand the report over to another agency; raises NotAllowedError without a reason or a change."""
    report = _locked(report)
    if agency == report.agency:
        raise NotAllowedError(_("The report already belongs to this agency. Choose another one."))
    if not reason.strip():
        raise NotAllowedError(_("Give the reason for the hand-over: the next agency reads it first."))
    before, report.agency, report.rule, report.changed = report.agency.code, agency, None, now
    report.save(update_fields=["agency", "rule", "changed"])
    _record(report, Kind.ASSIGNED, by=by, now=now, before=before, after=agency.code, note=reason)
    return report


@transaction.atomic
def moderate(report: Report, *, text: str, publish: bool, with_photos: bool, by: "User", now: datetime) -> Report:
    """Show the report on the public map with the moderated `text`, or take it off. Raises NotAllowedError."""
    report = _locked(report)
    if publish and report.field.sensitive:
        raise NotAllowedError(_("Reports of this field are sensitive and never shown on the public map."))
    if publish and report.cell is None:
        raise NotAllowedError(_("The report has no point, so it cannot be shown on the map."))
    PublicReport.objects.update_or_create(
        report=report,
        defaults={
            "code": report.code,
            "live": publish,
            "geom": report.cell,
            "field": report.field.code,
            "state": report.state,
            "text": text if publish else "",
        },
    )
    report.photos.update(public=publish and with_photos)
    after = "published" if publish else "hidden"
    _record(report, Kind.MODERATED, by=by, now=now, after=after, values={"photos": publish and with_photos})
    revisions.grow("reports", by=by, reason=f"{report.code} {after}", now=now)
    return report


@transaction.atomic
def reveal_reporter(report: Report, *, by: "User", now: datetime) -> Reporter | None:
    """Return who reported and keep in the history who looked; raises NotAllowedError without the permission."""
    if not by.has_perm("desk.see_reporter"):
        raise NotAllowedError(_("You may not see who reported. Ask your chief for the permission."))
    _record(report, Kind.REVEALED, by=by, now=now)
    return Reporter.objects.filter(report=report).first()


@transaction.atomic
def _create(draft: Draft, *, key: str, sender: str | None, now: datetime) -> Report:
    point = _point(draft)
    ward = location.ward_at(point.x, point.y, on=timezone.localdate(now)) if point else ""
    field = Field.objects.get(code=draft.field)
    rule = _find_rule(field=field.code, ward=ward)
    subject = draft.subject
    report = Report.objects.create(
        code=make_code(),
        field=field,
        text=draft.text,
        lang=draft.lang,
        subject_layer=subject.layer if subject else "",
        subject_code=subject.code if subject else "",
        subject_title=subject.title if subject else "",
        subject_revision=subject.revision if subject else None,
        created=now,
        changed=now,
        agency=Agency.objects.get(code=rule.agency) if rule else Agency.objects.get(is_default=True),
        rule_id=rule.id if rule else None,
        ward=ward,
        cell=location.snap(location.to_survey(point.x, point.y)) if point else None,
        formal=mentions_formal(draft.text),
        key=key,
        digest=draft.digest(),
    )
    # After the row, so that a repeated key never costs the sender anything; a refusal takes the row back.
    if sender is not None:
        limits.take("report", sender, limit=limits.REPORTS_PER_HOUR, now=now)
    ReportPlace.objects.create(report=report, point=point, text=draft.place_text)
    if draft.name or draft.phone or draft.email:
        Reporter.objects.create(
            report=report, name=draft.name, phone=draft.phone, email=draft.email, consent=CONSENT_VERSION
        )
    _record(report, Kind.SUBMITTED, by=None, now=now, after=report.state, public=True)
    reasons = {"rule": rule.id if rule else None, "field": field.code, "ward": ward}
    _record(report, Kind.ASSIGNED, by=None, now=now, after=report.agency.code, values=reasons)
    # Last: a written file cannot be rolled back.
    _keep_photos(report, draft.photos)
    return report


def _keep_photos(report: Report, raw_photos: Sequence[bytes]) -> None:
    """Keep what can be kept; what cannot is told to the sender and never loses the report."""
    problems = ["too-many"] if len(raw_photos) > MAX_PHOTOS else []
    for raw in raw_photos[:MAX_PHOTOS]:
        try:
            photos.keep(report, raw)
        except PhotoRefusedError as refused:
            problems.append(refused.reason)
    if problems:
        report.photo_problems = problems
        report.save(update_fields=["photo_problems"])


def _find_rule(*, field: str, ward: str) -> routing.Rule | None:
    rows = RoutingRule.objects.select_related("field", "agency")
    rules = [
        routing.Rule(
            id=row.pk,
            field=row.field.code if row.field else "",
            ward=row.ward,
            agency=row.agency.code,
            priority=row.priority,
        )
        for row in rows
    ]
    return routing.choose(rules, field=field, ward=ward)


def _point(draft: Draft) -> Point | None:
    """Return where it is, WGS 84: the point given, else the middle of what it is about."""
    for place in (draft, draft.subject):
        if place and place.lon is not None and place.lat is not None:
            return Point(place.lon, place.lat, srid=4326)
    return None


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("field", "agency").get(pk=report.pk)


def _record(
    report: Report,
    kind: str,
    *,
    by: "User | None",
    now: datetime,
    before: str = "",
    after: str = "",
    note: str = "",
    public: bool = False,
    values: dict[str, Any] | None = None,
) -> ReportEvent:
    return ReportEvent.objects.create(
        report=report,
        kind=kind,
        moment=now,
        by=by,
        before=before,
        after=after,
        note=note.strip(),
        public=public,
        values=values or {},
    )
