"""The road of a datum, step by step: receive, stage, check, approve, publish, roll back, reject.

These functions are the only writers of an edition's state and of a row's `live`. Each is one transaction and
takes who and when as arguments.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.files import File
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tiles import cache, database, revisions, states
from tiles.ingest import issues, loader, pipeline
from tiles.models import Dataset, Delivery, Edition, EditionRow, Issue, Revision
from tiles.registry import Layer, get_layer

if TYPE_CHECKING:
    from portal.accounts.models import User

Progress = Callable[[str, int], None]


class NotAllowedError(Exception):
    """The move is refused; `reasons` says why and what to do, one sentence each."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def receive(
    dataset: Dataset, path: Path, *, by: "User | None", now: datetime, supplier: str = "", licence: str = ""
) -> Delivery:
    """Keep the file whole under its SHA-256; the same file twice is the same delivery."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        known = Delivery.objects.filter(dataset=dataset, sha256=sha256).first()
        if known:
            return known
        store = storages["deliveries"]
        name = _stored_name(sha256, path.name)
        if not store.exists(name):
            file.seek(0)
            store.save(name, File(file))
    delivery, _created = Delivery.objects.get_or_create(
        dataset=dataset,
        sha256=sha256,
        defaults={
            "name": path.name,
            "size": path.stat().st_size,
            "supplier": supplier,
            "licence": licence,
            "received": now,
            "received_by": by,
        },
    )
    return delivery


def stage(
    delivery: Delivery,
    *,
    by: "User | None",
    now: datetime,
    options: pipeline.Options | None = None,
    progress: Progress = lambda step, count: None,
) -> Edition:
    """Read the delivery in a guarded child and write its rows under a new edition that nobody sees.

    A file that cannot be read at all becomes a rejected edition whose only issue says why.
    """
    layer = get_layer(delivery.dataset.layer)
    if layer.source is None:
        raise NotAllowedError(_("Layer %(layer)s takes no files.") % {"layer": layer.id})
    edition = Edition(dataset=delivery.dataset, delivery=delivery, staged=now, staged_by=by)
    path = stored_path(delivery)
    try:
        with (
            pipeline.read(
                path,
                layer.source,
                dataset=delivery.dataset.code,
                name=delivery.name,
                options=options or pipeline.Options(),
                progress=progress,
            ) as reading,
            transaction.atomic(),
        ):
            edition.save()
            edition.rows = loader.load(edition, reading)
            edition.content_sha256, edition.reading = reading.content_sha256, reading.facts
            edition.save(update_fields=["rows", "content_sha256", "reading"])
            if layer.source.complete:
                progress("complete", edition.rows)
                Issue.objects.bulk_create(layer.source.complete(edition))
    except pipeline.Refused as refusal:
        edition.state, edition.rows, edition.pk = states.REJECTED, 0, None
        edition.save(force_insert=True)
        issues.new(edition, refusal.code, values=refusal.values).save()
        return edition
    _analyze(layer)
    return edition


def check(edition: Edition, *, now: datetime) -> list[Issue]:
    """Run the layer's rules over the staged edition; it becomes checked when nothing blocks. Returns all issues."""
    layer = get_layer(edition.dataset.layer)
    with transaction.atomic():
        edition = _locked(edition)
        if edition.state not in (states.STAGED, states.CHECKED):
            raise NotAllowedError(_wrong_state(edition, _("check")))
        edition.issues.filter(step=Issue.Step.CHECK).delete()
        found = [issue for rule in layer.rules for issue in rule(edition)]
        for issue in found:
            issue.step = Issue.Step.CHECK
        Issue.objects.bulk_create(found, batch_size=2000)
        every = [*edition.issues.filter(step=Issue.Step.IMPORT), *found]
        if edition.state == states.STAGED and not any(issue.blocks for issue in every):
            _move(edition, states.CHECKED)
    return every


def approve(edition: Edition, *, by: "User", now: datetime) -> Edition:
    """Record that a second person stands for exactly this content."""
    with transaction.atomic():
        edition = _locked(edition)
        reasons = []
        if edition.state != states.CHECKED:
            reasons.append(_wrong_state(edition, _("approve")))
        if not by.has_perm("accounts.approve_edition"):
            reasons.append(_("%(user)s may not approve. Ask a reviewer.") % {"user": by})
        if edition.staged_by_id == by.pk:
            reasons.append(_("Who staged an edition cannot approve it. Ask another reviewer."))
        if reasons:
            raise NotAllowedError(*reasons)
        edition.approved, edition.approved_by, edition.approved_sha256 = now, by, edition.content_sha256
        _move(edition, states.APPROVED, "approved", "approved_by", "approved_sha256")
    return edition


def publish(edition: Edition, *, by: "User", now: datetime) -> Revision:
    """Make the edition what the public sees; see `release`."""
    return release([edition], by=by, now=now)[0]


def release(chosen: Iterable[Edition], *, by: "User", now: datetime) -> list[Revision]:
    """Publish editions in one transaction: live ones retire, each layer's revision grows once, or nothing does."""
    with transaction.atomic():
        by_layer: dict[str, list[Edition]] = {}
        replaced: dict[str, list[revisions.Replacement]] = {}
        for edition in sorted(chosen, key=lambda edition: edition.dataset.layer):
            by_layer.setdefault(edition.dataset.layer, []).append(edition)
        for layer_id in by_layer:
            revisions.lock(layer_id)
        for layer_id, of_layer in by_layer.items():
            of_layer[:] = [_locked(edition) for edition in of_layer]
            _refuse_publication(of_layer, by)
            for edition in of_layer:
                replaced.setdefault(layer_id, []).append(_replace_live(get_layer(layer_id), edition, by=by, now=now))
        for layer_id, of_layer in by_layer.items():
            if hook := get_layer(layer_id).on_publish:
                hook(of_layer)
            transaction.on_commit(partial(_tidy, get_layer(layer_id)))
        return [
            revisions.grow(
                layer_id,
                by=by,
                reason="publish " + ", ".join(f"{edition.dataset.code} #{edition.pk}" for edition in of_layer),
                now=now,
                edition=of_layer[-1],
                datasets=replaced[layer_id],
            )
            for layer_id, of_layer in by_layer.items()
        ]


def _refuse_publication(chosen: list[Edition], by: "User") -> None:
    reasons = [
        _wrong_state(edition, _("publish"))
        for edition in chosen
        if edition.state not in (states.APPROVED, states.RETIRED)
    ]
    if not by.has_perm("accounts.publish_edition"):
        reasons.append(_("%(user)s may not publish. Ask a reviewer.") % {"user": by})
    if reasons:
        raise NotAllowedError(*reasons)


def roll_back(dataset: Dataset, *, by: "User", now: datetime) -> Revision:
    """Put the edition before the live one back; without one, the dataset leaves the public map.

    Revisions that showed the edition taken back are withdrawn: their tiles answer 410.
    """
    layer = get_layer(dataset.layer)
    with transaction.atomic():
        revisions.lock(layer.id)
        if not by.has_perm("accounts.publish_edition"):
            raise NotAllowedError(_("%(user)s may not roll back. Ask a reviewer.") % {"user": by})
        bad = _retire_live(layer, dataset)
        if bad is None:
            raise NotAllowedError(_("%(dataset)s has no live edition to roll back.") % {"dataset": dataset})
        before = previous(dataset)
        if before:
            _go_live(layer, before, by=by, now=None)
        if layer.on_publish:
            layer.on_publish([before] if before else [])
        since = Revision.objects.filter(edition=bad).order_by("-number").values_list("number", flat=True).first()
        withdrawn = revisions.withdraw(layer.id, since=since) if since else []
        reason = f"{revisions.ROLL_BACK} {dataset.code} #{bad.pk}" + (f" to #{before.pk}" if before else "")
        replaced = revisions.Replacement(dataset.code, bad.pk, before.pk if before else None)
        revision = revisions.grow(layer.id, by=by, reason=reason, now=now, edition=before, datasets=[replaced])
        transaction.on_commit(lambda: cache.forget(layer.id, withdrawn))
        transaction.on_commit(partial(_tidy, layer))
    return revision


def reject(edition: Edition, *, by: "User") -> Edition:
    """Close an edition that will not be published; its file and issues stay."""
    with transaction.atomic():
        edition = _locked(edition)
        if not states.may_move(edition.state, states.REJECTED):
            raise NotAllowedError(_wrong_state(edition, _("reject")))
        _move(edition, states.REJECTED)
    return edition


def withhold(model: type[EditionRow], codes: Collection[str]) -> int:
    """Keep from the public the rows of live editions that others stand for, and no others; returns how many changed.

    Growing the layer's revision is the caller's, as it knows why.
    """
    of_live = model.objects.filter(edition__state=states.LIVE)
    withheld = of_live.filter(live=True, code__in=codes).update(live=False)
    return withheld + of_live.filter(live=False).exclude(code__in=codes).update(live=True)


def previous(dataset: Dataset) -> Edition | None:
    """Return the edition a roll-back puts back: the one that was live before the live one was published."""
    before = revisions.stood_before(dataset)
    return Edition.objects.filter(pk=before, state=states.RETIRED).first() if before else None


def stored_path(delivery: Delivery) -> Path:
    """Return where the delivered file is kept, exactly as it came."""
    return Path(storages["deliveries"].path(_stored_name(delivery.sha256, delivery.name)))


def count_by_code(found: Iterable[Issue]) -> dict[str, int]:
    """Return how many issues carry each code, most first."""
    return dict(Counter(issue.code for issue in found).most_common())


def row_models(layer: Layer) -> list[type[EditionRow]]:
    """Return every model that a delivery of this layer fills."""
    names = [table.model for table in layer.source.tables] if layer.source else [layer.model]
    return [apps.get_model(name) for name in dict.fromkeys(names)]


def _replace_live(layer: Layer, edition: Edition, *, by: "User", now: datetime) -> revisions.Replacement:
    old = _retire_live(layer, edition.dataset)
    _go_live(layer, edition, by=by, now=now)
    return revisions.Replacement(edition.dataset.code, old.pk if old else None, edition.pk)


def _go_live(layer: Layer, edition: Edition, *, by: "User", now: datetime | None) -> None:
    for model in row_models(layer):
        model.objects.filter(edition=edition).update(live=True)
    if now:
        edition.published, edition.published_by = now, by
    _move(edition, states.LIVE, "published", "published_by")


def _retire_live(layer: Layer, dataset: Dataset) -> Edition | None:
    old = Edition.objects.select_for_update().filter(dataset=dataset, state=states.LIVE).first()
    if old:
        for model in row_models(layer):
            model.objects.filter(edition=old).update(live=False)
        _move(old, states.RETIRED)
    return old


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=edition.pk)


def _move(edition: Edition, state: str, *fields: str) -> None:
    if not states.may_move(edition.state, state):
        raise NotAllowedError(_wrong_state(edition, state))
    edition.state = state
    try:
        edition.save(update_fields=["state", *fields])
    except IntegrityError as error:
        raise NotAllowedError(_("Approval does not fit the content; check and approve again.")) from error


# What an edition of this state waits for, in the planner's words.
NEXT_STEP = {
    states.STAGED: _lazy("Run check first; if it finds errors, correct the file and receive it again."),
    states.CHECKED: _lazy("Another person approves it first."),
    states.APPROVED: _lazy("It can be published."),
    states.LIVE: _lazy("The public sees it already; a roll-back takes it off."),
    states.RETIRED: _lazy("It can be published again."),
    states.REJECTED: _lazy("It is closed; receive a corrected file."),
}


def _wrong_state(edition: Edition, verb: str) -> str:
    sentence = _("Edition %(number)s is %(state)s; to %(verb)s it is not possible now.") % {
        "number": edition.pk,
        "state": edition.get_state_display(),
        "verb": verb,
    }
    return f"{sentence} {NEXT_STEP[edition.state]}"


def _stored_name(sha256: str, name: str) -> str:
    # The file's own ending is kept: it declares the format. Nothing else of the sender's name is.
    endings = [part for part in Path(name).suffixes if part.isascii() and len(part) <= 10][-2:]
    return f"{sha256[:2]}/{sha256}{''.join(endings).lower()}"


def _tidy(layer: Layer) -> None:
    for model in row_models(layer):
        database.vacuum(model._meta.db_table)


def _analyze(layer: Layer) -> None:
    # What the rules ask about an edition goes by its number; the rest is told at publication.
    for model in row_models(layer):
        database.analyze(model._meta.db_table, "edition_id")
