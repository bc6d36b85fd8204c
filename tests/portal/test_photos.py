import io

import pytest
from PIL import Image, PngImagePlugin

from portal.photos import PhotoRefusedError, Picture, remake
from tests.portal.pictures import HOSTILE, animation, for_print, photo

CANARY = b"CANARY-8c1f"


def jpeg(raw: bytes) -> Picture:
    [picture] = remake(raw, form="JPEG", sides=[2048])
    return picture


def gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = exif[0x010F] = exif[0xA431] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (11.0, 56.0, 25.4), 3: "E", 4: (108.0, 26.0, 30.8)})
    return exif


def test_nothing_of_the_file_but_its_pixels_is_kept():
    raw = photo(exif=gps(), comment=CANARY, icc_profile=CANARY, xmp=CANARY) + CANARY
    assert raw.count(CANARY) >= 6
    made = jpeg(raw)
    assert CANARY not in made.body
    kept = Image.open(io.BytesIO(made.body))
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
    assert CANARY not in jpeg(raw).body


def test_a_photo_stands_upright_after_its_orientation_is_dropped():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: rotate by 90 degrees clockwise
    made = jpeg(photo((60, 40), exif=exif))
    assert (made.width, made.height) == (40, 60)
    kept = Image.open(io.BytesIO(made.body))
    assert kept.getpixel((20, 5))[0] > 200
    assert kept.getpixel((20, 55))[2] > 200


def test_a_large_photo_is_made_smaller():
    made = jpeg(photo((4000, 3000)))
    assert (made.width, made.height) == (2048, 1536)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_are_accepted_whatever_their_name(form):
    assert Image.open(io.BytesIO(jpeg(photo(form=form)).body)).format == "JPEG"


def test_transparent_parts_become_white():
    file = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(file, "PNG")
    assert min(Image.open(io.BytesIO(jpeg(file.getvalue()).body)).getpixel((4, 4))) > 250


def test_only_the_first_frame_is_kept():
    assert Image.open(io.BytesIO(jpeg(animation()).body)).getpixel((4, 4))[0] > 200


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(name):
    make, reason = HOSTILE[name]
    with pytest.raises(PhotoRefusedError) as refused:
        jpeg(make())
    assert refused.value.reason == reason


def test_a_polyglot_loses_its_second_face():
    zip_tail = b"PK\x03\x04" + CANARY + b"<script>alert(1)</script>" + b"PK\x05\x06" + bytes(18)
    made = jpeg(photo(form="PNG") + zip_tail)
    assert CANARY not in made.body
    assert b"<script>" not in made.body
    assert b"PK\x03\x04" not in made.body


def test_several_sizes_come_from_one_reading():
    large, small = remake(photo((3000, 2000)), form="WEBP", sides=[1600, 640], strict=True)
    assert ((large.width, large.height), (small.width, small.height)) == ((1600, 1067), (640, 427))
    for made in (large, small):
        kept = Image.open(io.BytesIO(made.body))
        assert (kept.format, kept.size) == ("WEBP", (made.width, made.height))


def test_no_picture_is_larger_than_its_file():
    large, small = remake(photo((800, 600)), form="WEBP", sides=[1600, 640])
    assert (large.width, small.width) == (800, 640)


@pytest.mark.parametrize("form", ["WEBP", "PNG"])
def test_the_strict_refuse_what_moves(form):
    with pytest.raises(PhotoRefusedError) as refused:
        remake(animation(form), form="WEBP", sides=[640], strict=True)
    assert refused.value.reason == "animated"


def test_the_strict_refuse_colours_for_print_which_others_convert():
    assert Image.open(io.BytesIO(jpeg(for_print()).body)).mode == "RGB"
    with pytest.raises(PhotoRefusedError) as refused:
        remake(for_print(), form="WEBP", sides=[640], strict=True)
    assert refused.value.reason == "print-colours"


def test_a_preview_within_a_phones_photo_is_no_animation():
    file = io.BytesIO()
    Image.new("RGB", (60, 40)).save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (6, 4))])
    [made] = remake(file.getvalue(), form="WEBP", sides=[640], strict=True)
    assert (made.width, made.height) == (60, 40)
