"""The life of a follow: asked for, confirmed, told what changed, stopped. The only writer of follows, with `tidying`.

Who may confirm or stop one is who holds the link of a letter: it carries the number of the follow, signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction

from portal.changes.subjects import Subject
from portal.desk import limits
from portal.follow import letters, outbox, tidying
from portal.follow.compare import changed_topics
from portal.follow.facts import Facts, facts_of
from portal.follow.models import Follow, Letter

CONFIRM_WITHIN: Final = timedelta(days=2)
PER_SENDER_AND_HOUR: Final = 20
PER_ADDRESS_AND_HOUR: Final = 5

BadLink = signing.BadSignature


class ExpiredError(Exception):
    """The link to confirm is too old, or the follow is gone."""


def ask(subject: Subject, *, email: str, language: str, sender: str, now: datetime) -> None:
    """Owe the address a letter; raises TooManyError.

    The caller learns nothing about the address: known or not, one letter goes to it.
    """
    limits.take("follow", sender, limit=PER_SENDER_AND_HOUR, now=now)
    limits.take("follow address", email.lower(), limit=PER_ADDRESS_AND_HOUR, now=now)
    tidying.tidy(now=now)
    tidying.keep_tidying(now=now)
    with transaction.atomic():
        follow, created = Follow.objects.select_for_update().get_or_create(
            kind=subject.kind,
            code=subject.code,
            email__iexact=email,
            defaults={"email": email, "title": subject.title, "language": language, "created": now},
        )
        if not created and not follow.confirmed:
            follow.title, follow.language, follow.created = subject.title, language, now
            follow.save(update_fields=["title", "language", "created"])
        letters.owe(follow, Letter.Kind.KNOWN if follow.confirmed else Letter.Kind.CONFIRM, now=now)
        outbox.send.enqueue()


@transaction.atomic
def confirm(token: str, *, on: date, now: datetime) -> Follow:
    """Begin to follow; changes are told against what is said on that date. Raises BadLink, or ExpiredError."""
    follow = find_to_confirm(token, now=now, lock=True)
    if not follow.confirmed:
        follow.confirmed = now
        follow.facts = facts_of(follow.kind, follow.code, on=on) or {}
        follow.save(update_fields=["confirmed", "facts"])
    return follow


def stop(token: str) -> None:
    """Delete the follow with its address and letters; once more does nothing. Raises BadLink."""
    Follow.objects.filter(pk=letters.number_to_stop(token)).delete()


def tell(*, on: date, now: datetime) -> int:
    """Owe a letter to every follower of whose subject something else is said now; returns how many.

    Facts and letter are written together, so that running it again, or twice at once, tells nothing twice.
    """
    told = 0
    for kind, code in _followed():
        facts = facts_of(kind, code, on=on)
        if facts is not None:
            told += _tell_followers(kind, code, facts, now=now)
    return told


def find_to_confirm(token: str, *, now: datetime, lock: bool = False) -> Follow:
    """Return the follow a link confirms; raises BadLink, or ExpiredError."""
    number = letters.number_to_confirm(token)
    rows = Follow.objects.select_for_update() if lock else Follow.objects.all()
    follow = rows.filter(pk=number).first()
    if follow is None or (not follow.confirmed and follow.created + CONFIRM_WITHIN < now):
        raise ExpiredError
    return follow


def find_to_stop(token: str) -> Follow | None:
    """Return the follow a link stops, None when it was stopped; raises BadLink."""
    return Follow.objects.filter(pk=letters.number_to_stop(token)).first()


def _followed() -> Iterator[tuple[str, str]]:
    rows = Follow.objects.filter(confirmed__isnull=False).order_by("kind", "code")
    yield from rows.values_list("kind", "code").distinct().iterator()


def _tell_followers(kind: str, code: str, facts: Facts, *, now: datetime) -> int:
    told = 0
    with transaction.atomic():
        rows = Follow.objects.select_for_update().filter(kind=kind, code=code, confirmed__isnull=False)
        for follow in rows.order_by("pk"):
            news = changed_topics(follow.facts, facts)
            if news:
                letters.owe(follow, Letter.Kind.CHANGED, before=follow.facts, after=facts, now=now)
                told += 1
            if news or follow.facts.keys() != facts.keys():
                follow.facts = facts
                follow.save(update_fields=["facts"])
        if told:
            outbox.send.enqueue()
    return told
