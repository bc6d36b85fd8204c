"""A contact in one form, however it is written, and contacts that are made to look like another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Final
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz.distance import OSA

from portal.text import fold, nfc, visible
from tourism.facts import shared_hosts
from tourism.phones import parse_phone, split_phones


class Kind(models.TextChoices):
    """What a contact is."""

    PHONE = "phone", gettext_lazy("telephone number")
    EMAIL = "email", gettext_lazy("e-mail address")
    PAGE = "page", gettext_lazy("page")
    NAME = "name", gettext_lazy("name of a beneficiary")


class NoContactError(ValueError):
    """The text is no contact at all; the message says what it lacks."""


@dataclass(frozen=True)
class Contact:
    """A contact: `key` is the same for every way of writing it.

    One that is not `plain` is written so that people, programs and browsers may read it as different ones.
    """

    kind: Kind
    key: str
    text: str
    plain: bool = True

    def is_official(self, official: str) -> bool:
        """Tell whether it may be confirmed as an official one's key: it is that, and nobody reads it otherwise."""
        return self.plain and self.is_of(official)

    def is_of(self, official: str) -> bool:
        """Tell whether it is an official one's key, or a page below an official page."""
        return self.key == official or (
            self.kind == Kind.PAGE and self.key.startswith((f"{official}/", f"{official}?"))
        )


_DIGITS: Final = re.compile(r"[+\d\s().\-/]+")
_NUMBER: Final = re.compile(r"\+?\d[\d .\-()]{6,}\d")
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
_HOST: Final = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_][\w-]+")
_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_TRACKING: Final = re.compile(r"utm_\w+|\w*clid|igsh(id)?|mibextid|ref|si|zarsrc|locale|lang|_rdr")
# What is drawn like another letter: Cyrillic and Greek, digits for letters.
_DRAWN: Final = str.maketrans("аеорсухікмтнвɡοαν013578", "aeopcyxikmthbgoavolestb", "-_.")
_LEAST: Final = 6
_PORTS: Final = (None, 80, 443)
_ASCII_LOWER: Final = str.maketrans(ascii_uppercase, ascii_lowercase)


def parse_contact(text: str) -> Contact:
    """Read a telephone number, an e-mail address, a page or a name; raises NoContactError."""
    raw, text = text, re.sub(r"\s+", " ", nfc(visible(text)))
    plain = not _is_doubtful(raw)
    bare = re.sub(r"^(tel|mailto):", "", text, flags=re.IGNORECASE)
    if _DIGITS.fullmatch(bare):
        if number := parse_phone(bare):
            return Contact(Kind.PHONE, number, text)
        said = _("“%(text)s” is no telephone number. Write all its digits, like 0263 382 2663.")
        raise NoContactError(said % {"text": text[:60]})
    address = text.replace("\\", "/")  # as browsers do
    if _EMAIL.fullmatch(bare) and "/" not in address:
        return Contact(Kind.EMAIL, bare.lower(), text, plain)
    if " " not in text and ("://" in address or _HOST.match(text)):
        key, sure = _read_page(address)
        return Contact(Kind.PAGE, key, text, plain and sure and address == text)
    name = name_key(text)
    if (_SCHEME.match(text) and " " not in text) or sum(letter.isalpha() for letter in name) < 3:
        said = _("“%(text)s” is no contact. Write a telephone number, a page, an e-mail address or a whole name.")
        raise NoContactError(said % {"text": text[:60]})
    return Contact(Kind.NAME, name, text, plain)


def _is_doubtful(text: str) -> bool:
    """Tell whether a text holds what nobody sees, or letters that only look like others (K for the Kelvin sign)."""
    return visible(text) != text or any(normalize("NFC", letter) != letter for letter in text)


def name_key(text: str) -> str:
    """Return the words of a name, folded."""
    return " ".join(re.sub(r"[^\w ]+", " ", fold(text)).split())


def part_number(text: str) -> tuple[str, str]:
    """Part "Khách sạn Thông Xanh 0912 345 678" into name and number; the number is "" where there is not one."""
    found = _NUMBER.search(text)
    name = (text[: found.start()] + text[found.end() :]).strip(" ,;:-–") if found else ""
    known = found and parse_phone(found[0]) and sum(letter.isalpha() for letter in name) > 2
    plain = "@" not in text and "/" not in text
    return (name, found[0]) if found and known and plain else (text, "")


def is_alike(contact: Contact, official: str) -> bool:
    """Tell whether a contact could be taken for an official one of its kind: a letter off, drawn alike, host within."""
    if contact.kind == Kind.PHONE or len(official) < _LEAST:
        return False
    if contact.is_of(official):
        return not contact.plain
    if OSA.distance(contact.key, official, score_cutoff=1) <= 1 or _drawn(contact.key) == _drawn(official):
        return True
    return contact.kind == Kind.PAGE and _is_host_alike(contact.key, official)


def _is_host_alike(key: str, official: str) -> bool:
    """inn.vn.evil.com and inn.com are made to look like inn.vn; pages of one host are told apart by their path."""
    host, (own, _slash, path) = key.partition("/")[0], official.partition("/")
    if path or host == own:
        return False
    first, owned = host.partition(".")[0], own.partition(".")[0]
    name = owned if len(owned) >= _LEAST else own
    within = f".{own}." in f".{host}" and not host.endswith(f".{own}")
    return within or first == name or OSA.distance(host, own, score_cutoff=1) <= 1


@lru_cache(maxsize=16384)
def _drawn(text: str) -> str:
    return fold(text).replace("rn", "m").replace("vv", "w").translate(_DRAWN)


def _read_page(text: str) -> tuple[str, bool]:
    """Return host, path and what else tells one page from another, and whether every program reads them alike.

    Left out are scheme, www and tracking. Read as browsers do: https://url.spec.whatwg.org/#concept-basic-url-parser.
    """
    said = _("“%(text)s” is no address of a page. Write it like example.com/inn.") % {"text": text[:60]}
    try:
        parts = urlsplit(text if _ABSOLUTE.match(text) else f"https://{text}")
        host, port = _host(parts), parts.port
    except ValueError:
        raise NoContactError(said) from None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        raise NoContactError(said)
    said_of_page = parse_qsl(parts.query)
    query = sorted((name, value) for name, value in said_of_page if not _TRACKING.fullmatch(name))
    # What leads on to another page may do so at once.
    leads_on = any(re.match(r"(https?:)?//", value, re.IGNORECASE) for _name, value in said_of_page)
    path, sure = _read_path(parts.path)
    key = f"{host}{'' if port in _PORTS else f':{port}'}{path}" + (f"?{urlencode(query)}" if query else "")
    return key, sure and not leads_on and "@" not in parts.netloc


def _read_path(path: str) -> tuple[str, bool]:
    """Return a path without . and .. and encodings, and whether nothing in it is decoded twice or climbs elsewhere."""
    steps: list[str] = []
    for step in path.split("/"):
        dots = re.sub("%2e", ".", step, flags=re.IGNORECASE)
        if dots == "..":
            steps = steps[:-1] or [""]
        elif dots != ".":
            steps.append(step)
    plain = [unquote(step) for step in steps]
    sure = not any(re.search(r"[/\\%\t\r\n]|\.\.", step) or _is_doubtful(step) for step in plain)
    # Letters beyond ASCII stay: servers tell ſ from s.
    return "/".join(plain).rstrip("/").translate(_ASCII_LOWER), sure


def _host(parts: SplitResult) -> str:
    # Not casefold: browsers tell ß from ss, and take full-width letters and dots for plain ones.
    host = normalize("NFKC", parts.hostname or "").lower().replace("。", ".").rstrip(".")
    labels = [label.encode().decode("idna") if label.startswith("xn--") else label for label in host.split(".")]
    return re.sub(r"^(www|m)\.(?=.+\.)", "", ".".join(labels))


_FIELDS: Final = {
    Kind.PHONE: ("phone",),
    Kind.EMAIL: ("email",),
    Kind.PAGE: ("website", "page"),
    Kind.NAME: ("beneficiary",),
}


def find_keys(kind: Kind, record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys of the official contacts of a kind that a place's record tells."""
    return tuple(key for field in _FIELDS[kind] for key in _keys_of(kind, record[field]))


@lru_cache(maxsize=16384)
def _keys_of(kind: Kind, text: str) -> tuple[str, ...]:
    if kind == Kind.PHONE:
        return tuple(key for number, _dial in split_phones(text) if (key := parse_phone(number)))
    try:
        read = parse_contact(text)
    except NoContactError:
        return ()
    return (read.key,) if read.kind == kind and read.key not in shared_hosts() else ()
