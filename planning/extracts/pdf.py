"""From a page of HTML to a PDF, with the fonts of this machine and nothing from any network."""

from __future__ import annotations

import ctypes
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

# What no wheel carries, and the packages of Debian that do.
_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# Whole fonts: the browser's subsets would part a Vietnamese word between two files.
_FONTS = {400: "BeVietnamPro_400Regular.ttf", 600: "BeVietnamPro_600SemiBold.ttf"}
_kept = threading.local()
_changing = threading.Lock()


class NotPrintableError(Exception):
    """A library or a font that PDFs need is missing; the text says which, for the administrator."""


def render_pdf(html: str) -> bytes:
    """Return a page as a tagged PDF; title, language and author are those of the page."""
    check_printable()
    # Imported on first use: it loads pango from the system, and without pango all but the PDF must work.
    from weasyprint import HTML

    _keep_texts_whole()
    stylesheet, fonts = _style()
    page = HTML(string=html, url_fetcher=_fetcher())
    data: bytes = page.write_pdf(stylesheets=[stylesheet], font_config=fonts, pdf_tags=True)
    return data


def _keep_texts_whole() -> None:
    """Write every text of a drawing as one span that says its own words (ActualText, ISO 32000-1, 14.9.4).

    A drawing is set letter by letter, and programs that read a page line by line tear whatever climbs or falls on it:
    the names along streets could not be found. A single run turned as a whole is torn as well.
    """
    from pydyf import Dictionary, String
    from weasyprint import svg
    from weasyprint.svg.text import text

    def whole(drawing: svg.SVG, node: svg.Node, font_size: float) -> None:
        words = " ".join((node.text or "").split())
        if not words:
            text(drawing, node, font_size)
            return
        drawing.stream.begin_marked_content("Span", Dictionary({"ActualText": String(words)}))
        try:
            text(drawing, node, font_size)
        finally:
            drawing.stream.end_marked_content()

    with _changing:
        if svg.text is text:
            # Both: the table says how a tag is drawn, the name which tags are texts.
            svg.TAGS.update({tag: whole for tag, draws in svg.TAGS.items() if draws is text})
            svg.text = whole


def check_printable() -> None:
    """Raise NotPrintableError when this machine cannot make PDFs."""
    if missing := find_missing():
        raise NotPrintableError(missing)


@cache
def find_missing() -> str:
    """Return in one sentence what keeps PDFs from being made and what to do; "" when nothing does."""
    packages = [package for library, package in _LIBRARIES.items() if not _loads(library)]
    if packages:
        return "PDFs need: sudo apt-get install -y --no-install-recommends " + " ".join(packages)
    missing = [name for name in _FONTS.values() if not finders.find(f"vendor/be-vietnam-pro/{name}")]
    return f"PDFs need the font {', '.join(missing)}; ./city run fetches it." if missing else ""


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@cache
def _font_files() -> dict[int, Path]:
    return {weight: Path(str(finders.find(f"vendor/be-vietnam-pro/{name}"))) for weight, name in _FONTS.items()}


def _style() -> tuple[CSS, FontConfiguration]:
    """Return stylesheet and fonts, read once a thread: pango's font maps are not shared between threads."""
    if not hasattr(_kept, "style"):
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        fonts = FontConfiguration()
        faces = "".join(
            f'@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {weight}; src: url("{path.as_uri()}") }}\n'
            for weight, path in _font_files().items()
        )
        text = faces + Path(__file__).with_name("document.css").read_text("utf-8")
        _kept.style = CSS(string=text, font_config=fonts, url_fetcher=_fetcher()), fonts
    style: tuple[CSS, FontConfiguration] = _kept.style
    return style


@cache
def _fetcher():  # type: ignore[no-untyped-def]
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    allowed = {path.as_uri() for path in _font_files().values()}

    class OwnFilesOnly(URLFetcher):
        """Opens the font files and pictures within the page; no other file, no network."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            """Open an address, or refuse it."""
            if url not in allowed and not url.startswith("data:"):
                raise ValueError(f"not within the document: {url[:80]}")
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols=["file", "data"])
