"""The child process that decodes a photo: reads a file on stdin, writes new pictures on stdout, or a reason on stderr.

Its arguments: the format to write, "strict" or "lenient", and the longest sides of the pictures, the largest first.
It is started alone (python -I, empty environment) and imports nothing of ours; a crash here is only a refused photo.
"""

import io
import resource
import struct
import sys

MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = {"JPEG": 85, "WEBP": 78}
LIMITS = {
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_CPU: 10,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
    resource.RLIMIT_CORE: 0,
}


def main() -> int:
    """Make the photo anew from its pixels; exit 0 with pictures, 1 with a reason."""
    form, care, *sides = sys.argv[1:]
    largest, *smaller = map(int, sides)
    for name, value in LIMITS.items():
        resource.setrlimit(name, (value, value))
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        # Text chunks of a PNG are opened lazily and bounded by Pillow itself; only the first frame is ever decoded.
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as source:
            if source.width * source.height > MAX_PIXELS:
                return _refuse("too-many-pixels")
            # The second picture in a phone's JPEG is a preview or a depth map, no movement.
            if care == "strict" and source.format in ("PNG", "WEBP") and getattr(source, "is_animated", False):
                return _refuse("animated")
            if care == "strict" and source.mode == "CMYK":
                return _refuse("print-colours")
            source.seek(0)
            # Shrinks a JPEG while decoding it: the memory of a phone's photo stays small.
            source.thumbnail((largest, largest))
            upright = ImageOps.exif_transpose(source)
    except Image.DecompressionBombError:
        return _refuse("too-many-pixels")
    except UnidentifiedImageError:
        return _refuse("not-a-photo")
    except Exception:
        return _refuse("broken")
    # A new picture on white knows nothing of the old one: no EXIF, XMP, IPTC, comment, profile or trailing bytes.
    photo = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        photo.paste(upright, mask=upright.getchannel("A"))
    else:
        photo.paste(upright)
    for side in (largest, *smaller):
        photo.thumbnail((side, side))
        body = io.BytesIO()
        photo.save(body, form, quality=QUALITY[form])
        sys.stdout.buffer.write(struct.pack(">HHI", *photo.size, body.tell()) + body.getvalue())
    return 0


def _refuse(reason: str) -> int:
    sys.stderr.write(reason)
    return 1


if __name__ == "__main__":
    sys.exit(main())
