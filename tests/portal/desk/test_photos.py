import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

from portal.desk import photos
from portal.desk.photos import PhotoRefusedError, clean
from tests.portal.desk.make import hand_in, photo

CANARY = b"CANARY-8c1f"


def gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = exif[0x010F] = exif[0xA431] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (11.0, 56.0, 25.4), 3: "E", 4: (108.0, 26.0, 30.8)})
    return exif


def test_nothing_of_the_file_but_its_pixels_is_kept():
    raw = photo(exif=gps(), comment=CANARY, icc_profile=CANARY, xmp=CANARY) + CANARY
    assert raw.count(CANARY) >= 6
    made = clean(raw)
    assert CANARY not in made.jpeg
    kept = Image.open(io.BytesIO(made.jpeg))
    assert not kept.getexif()
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert kept.getpixel((5, 20))[0] > 200
    assert kept.getpixel((55, 20))[2] > 200


def test_text_chunks_of_a_png_are_dropped():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", CANARY.decode())
    info.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    raw = photo(form="PNG", pnginfo=info)
    assert CANARY in raw
    assert CANARY not in clean(raw).jpeg


def test_a_photo_stands_upright_after_its_orientation_is_dropped():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: rotate by 90 degrees clockwise
    made = clean(photo((60, 40), exif=exif))
    assert (made.width, made.height) == (40, 60)
    kept = Image.open(io.BytesIO(made.jpeg))
    assert kept.getpixel((20, 5))[0] > 200
    assert kept.getpixel((20, 55))[2] > 200


def test_a_large_photo_is_made_smaller():
    made = clean(photo((4000, 3000)))
    assert (made.width, made.height) == (2048, 1536)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_are_accepted_whatever_their_name(form):
    assert Image.open(io.BytesIO(clean(photo(form=form)).jpeg)).format == "JPEG"


def test_transparent_parts_become_white():
    file = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(file, "PNG")
    assert min(Image.open(io.BytesIO(clean(file.getvalue()).jpeg)).getpixel((4, 4))) > 250


def test_only_the_first_frame_is_kept():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert Image.open(io.BytesIO(clean(file.getvalue()).jpeg)).getpixel((4, 4))[0] > 200


def bomb() -> bytes:
    """A PNG of some kilobytes that unfolds to 2.5 thousand million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes(50_001 * 100), 9)
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def of_format(form: str) -> bytes:
    return photo(form=form)


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
    "too large": (lambda: photo() + bytes(photos.MAX_BYTES), "too-large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(name):
    make, reason = HOSTILE[name]
    with pytest.raises(PhotoRefusedError) as refused:
        clean(make())
    assert refused.value.reason == reason
    assert str(photos.PROBLEMS[reason])


def test_a_polyglot_loses_its_second_face():
    zip_tail = b"PK\x03\x04" + CANARY + b"<script>alert(1)</script>" + b"PK\x05\x06" + bytes(18)
    made = clean(photo(form="PNG") + zip_tail)
    assert CANARY not in made.jpeg
    assert b"<script>" not in made.jpeg
    assert b"PK\x03\x04" not in made.jpeg


@pytest.mark.django_db
def test_a_bad_photo_never_loses_the_report_and_is_told():
    report = hand_in(photos=(HOSTILE["bomb"][0](), photo(), b"no photo", photo()))
    assert report.photo_problems == ["too-many", "too-many-pixels", "not-a-photo"]
    kept = report.photos.get()
    assert (kept.width, kept.height) == (60, 40)
    assert default_storage.open(kept.name).read(2) == b"\xff\xd8"


@pytest.mark.django_db
def test_names_of_photos_tell_nothing():
    first, second = hand_in(photos=(photo(),)), hand_in(photos=(photo(),))
    tokens = {report.photos.get().token for report in (first, second)}
    assert len(tokens) == 2
    assert min(len(token) for token in tokens) >= 32
