"""Photos good and bad, as people and others send them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from portal.photos import MAX_BYTES


def photo(size: tuple[int, int] = (60, 40), form: str = "JPEG", **more: Any) -> bytes:
    """A photo, red on the left and blue on the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    file = io.BytesIO()
    picture.save(file, form, **more)
    return file.getvalue()


def animation(form: str = "WEBP") -> bytes:
    """Three frames: red, blue, green."""
    first, *others = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    file = io.BytesIO()
    first.save(file, form, save_all=True, append_images=others, lossless=True)
    return file.getvalue()


def for_print() -> bytes:
    """A photo in the colours of a printing press (CMYK)."""
    file = io.BytesIO()
    Image.new("CMYK", (60, 40), (0, 255, 255, 0)).save(file, "JPEG")
    return file.getvalue()


def bomb() -> bytes:
    """A PNG of some kilobytes that unfolds to 2.5 thousand million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes(50_001 * 100), 9)
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def of_format(form: str) -> bytes:
    return photo(form=form)


# What it is → how it is made, and why it is refused.
HOSTILE = {
    "bomb": (bomb, "too-many-pixels"),
    "svg with script": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "not-a-photo",
    ),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "not-a-photo"),
    "gif": (lambda: of_format("GIF"), "not-a-photo"),
    "tiff": (lambda: of_format("TIFF"), "not-a-photo"),
    "bmp": (lambda: of_format("BMP"), "not-a-photo"),
    "eps": (lambda: of_format("EPS"), "not-a-photo"),
    "pdf": (lambda: of_format("PDF"), "not-a-photo"),
    "empty": (lambda: b"", "not-a-photo"),
    "zip": (lambda: b"PK\x05\x06" + bytes(18), "not-a-photo"),
    "truncated jpeg": (lambda: photo((800, 600), quality=95)[:3000], "broken"),
    "truncated png": (lambda: photo((80, 60), form="PNG")[:100], "broken"),
    "jpeg head alone": (lambda: b"\xff\xd8\xff\xe0" + bytes(40), "not-a-photo"),
    "too large": (lambda: photo() + bytes(MAX_BYTES), "too-large"),
}
