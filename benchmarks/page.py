"""What the first page weighs before the map code."""

import gzip
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.request import Request, urlopen

from benchmarks import load
from benchmarks.figure import Figure


class _First(HTMLParser):
    """Collects what the browser must have before it paints: styles, plain scripts, preloads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of one tag."""
        said = dict(attrs)
        if tag == "link" and said.get("rel") in ("stylesheet", "preload") and said.get("href"):
            self.found.append(str(said["href"]))
        if tag == "script" and said.get("src") and said.get("type") != "module":
            self.found.append(str(said["src"]))


def measure() -> Iterator[Figure]:
    """Yield the compressed size of the home page with everything it needs to paint."""
    with load.serving() as site:
        sizes = {"/": len(_get(site, "/"))}
        parser = _First()
        parser.feed(gzip.decompress(_get(site, "/")).decode())
        for path in parser.found:
            sizes[path] = len(_get(site, path))
    yield Figure(
        name="first page, compressed, before the map code",
        value=sum(sizes.values()) / 1000,
        unit="kB",
        goal=60,
        note=", ".join(f"{path.rsplit('/', 1)[-1] or 'page'} {size / 1000:.1f}" for path, size in sizes.items()),
    )


def _get(site: str, path: str) -> bytes:
    with urlopen(Request(site + path, headers={"Accept-Encoding": "gzip"}), timeout=20) as answer:  # noqa: S310
        body: bytes = answer.read()
        return body if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(body)
