"""Letters: a row of the outbox each, written in words only when it is sent; and the signed links they carry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.charset import QP, Charset
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from planning.gone import sentence
from planning.lineage import find_gone
from planning.models import Plan
from portal.changes import subjects
from portal.follow.facts import Facts
from portal.follow.models import Follow, Letter
from portal.follow.words import differences

_CONFIRM = signing.Signer(salt="portal.follow.confirm")
_STOP = signing.Signer(salt="portal.follow.stop")
# Vietnamese as it is would need every mail server on the way to take 8 bits a sign.
_ASCII = Charset("utf-8")
_ASCII.body_encoding = QP


def owe(follow: Follow, kind: str, *, now: datetime, before: Facts | None = None, after: Facts | None = None) -> Letter:
    """Write a letter to the outbox, inside the transaction that owes it."""
    return Letter.objects.create(follow=follow, kind=kind, before=before or {}, after=after or {}, created=now)


def message(letter: Letter) -> EmailMessage:
    """Return the letter in its follower's language, with one link to stop."""
    follow = letter.follow
    with override(follow.language):
        stop_url = _absolute("follow-stop", _STOP.sign(str(follow.pk)))
        context = {
            "title": follow.title,
            "day": letter.created,
            "gone": not letter.after,
            **_became(follow, gone=not letter.after),
            "differences": list(differences(*_in_language(letter.before, letter.after))),
            "page_url": settings.SITE_URL + reverse("home") + f"{follow.kind}/{follow.code}",
            "changes_url": settings.SITE_URL + reverse("changes") + f"?about={follow.kind}/{follow.code}",
            "confirm_url": _absolute("follow-confirm", _CONFIRM.sign(str(follow.pk))),
            "stop_url": stop_url,
        }
        text = render_to_string(f"follow/letters/{letter.kind}.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        "Message-ID": f"<follow-{follow.pk}-{letter.pk}@{host}>",
        "List-Unsubscribe": f"<{stop_url}>",
        # RFC 8058: a mail program may stop it with one POST.
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": follow.language,
    }
    mail = EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[follow.email], headers=headers)
    mail.encoding = _ASCII
    return mail


def _became(follow: Follow, *, gone: bool) -> dict[str, Any]:
    """Return what became of a parcel that is no more, where its lineage is published."""
    became = find_gone(follow.code) if gone and follow.kind == subjects.PARCELS else None
    if became is None:
        return {}
    pages = f"{settings.SITE_URL}{reverse('home')}{subjects.PARCELS}/"
    return {"became": sentence(became), "successor_urls": [pages + code for code in became.successors]}


def _in_language(*facts: Facts) -> Iterator[Facts]:
    """Yield kept facts with the titles of plans in the active language."""
    names = {plan.title: plan.name for plan in Plan.objects.select_related("edition__dataset")}
    for said in facts:
        yield _renamed(said, names)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(said, names) for key, said in value.items()}
    if isinstance(value, list):
        return [_renamed(said, names) for said in value]
    return names.get(value, value) if isinstance(value, str) else value


def number_to_confirm(token: str) -> int:
    """Return the number of the follow a link confirms; raises BadSignature."""
    return int(_CONFIRM.unsign(token))


def number_to_stop(token: str) -> int:
    """Return the number of the follow a link stops; raises BadSignature."""
    return int(_STOP.unsign(token))


def _absolute(route: str, token: str) -> str:
    return settings.SITE_URL + reverse(route, args=[token])
