"""Publications as items of a feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.changes.params import Asked
from portal.changes.publications import DatasetChange, Publication

LATEST = 50


@dataclass(frozen=True, kw_only=True)
class Item:
    """One publication with its lasting address and a sentence for every dataset."""

    publication: Publication
    url: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentences as plain text, a line each."""
        return "\n".join(self.sentences)

    @property
    def html(self) -> str:
        """The sentences as a list: Atom's summary is HTML, where the end of a line is a blank."""
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in self.sentences)))


def items(asked: Asked) -> Iterator[Item]:
    """Yield the latest publications asked for."""
    for each in asked.read(asked.publications()[:LATEST]):
        about = f"&about={asked.about.address}" if asked.about else ""
        address = f"{reverse('changes')}?layer={each.layer}{about}#{each.layer}-{each.revision}"
        yield Item(
            publication=each,
            url=settings.SITE_URL + address,
            sentences=tuple(in_words(change) for change in each.changes),
        )


def page_of(query: str) -> str:
    """Return the address of the page of the same question, which is what the feed is known by (RFC 4287 4.2.6)."""
    return settings.SITE_URL + reverse("changes") + (f"?{query}" if query else "")


def title_of(asked: Asked) -> str:
    """Return what the feed is about."""
    about = asked.about.title if asked.about else asked.layer.title if asked.layer else ""
    return _("Đà Lạt – what is new: %(about)s") % {"about": about} if about else _("Đà Lạt – what is new")


def kind_in_words(kind: str) -> str:
    """Return what happened to a dataset."""
    return {
        "new": pgettext("dataset", "published for the first time"),
        "replaced": pgettext("dataset", "replaced by a new edition"),
        "put-back": pgettext("dataset", "an earlier edition was put back"),
        "withdrawn": pgettext("dataset", "taken back"),
    }[kind]


def in_words(change: DatasetChange) -> str:
    """Return "title: replaced by a new edition (edition 12, 300 rows; 290 before). QĐ 1237"."""
    parts = [
        _("edition %(number)s") % {"number": change.edition} if change.edition else "",
        _("%(rows)s rows") % {"rows": number_format(change.rows)} if change.rows is not None else "",
        _("%(rows)s rows before") % {"rows": number_format(change.rows_before)}
        if change.rows_before is not None
        else "",
    ]
    facts = ", ".join(filter(None, parts))
    text = f"{change.title}: {kind_in_words(change.kind)}" + (f" ({facts})" if facts else "")
    return f"{text}. {change.decision}" if change.decision else text


class ChangesFeed(Feed):
    """The latest publications as Atom; call it with what was asked."""

    feed_type = Atom1Feed
    author_name = "Cổng thông tin quy hoạch Đà Lạt (dữ liệu minh họa)"

    def get_object(self, request: HttpRequest, *, asked: Asked) -> Asked:
        """Return what was asked."""
        self.language = get_language()
        self.feed_url = settings.SITE_URL + request.get_full_path()
        self.page = page_of(request.GET.urlencode())
        return asked

    def title(self, asked: Asked) -> str:
        """Return what the feed is about."""
        return title_of(asked)

    def link(self, asked: Asked) -> str:
        """Return the page of the same."""
        return self.page

    def items(self, asked: Asked) -> list[Item]:
        """Return the latest publications."""
        return list(items(asked))

    def item_title(self, item: Any) -> str:
        """Return the layer and the dataset."""
        return item.publication.title

    def item_description(self, item: Item) -> str:
        """Return what became of every dataset."""
        return item.html

    def item_link(self, item: Item) -> str:
        """Return the lasting address."""
        return item.url

    def item_guid(self, item: Item) -> str:
        """Return the same for ever."""
        return item.url

    def item_pubdate(self, item: Item) -> datetime:
        """Return the moment of publication."""
        return item.publication.moment

    def item_updateddate(self, item: Item) -> datetime:
        """Return the moment of publication: an item never changes."""
        return item.publication.moment

    def item_categories(self, item: Item) -> list[str]:
        """Return the layer."""
        return [item.publication.layer]
