"""The child process that decodes a photo: reads a file on stdin, writes size and JPEG on stdout, or a reason on stderr.

It is started alone (python -I, empty environment) and imports nothing of ours; a crash here is only a refused photo.
"""

import io
import resource
import struct
import sys

MAX_PIXELS = 40_000_000
MAX_SIDE = 2048
FORMATS = ("JPEG", "PNG", "WEBP")
LIMITS = {
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_CPU: 10,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
    resource.RLIMIT_CORE: 0,
}


def main() -> int:
    """Make the photo anew from its pixels; exit 0 with a photo, 1 with a reason."""
    for name, value in LIMITS.items():
        resource.setrlimit(name, (value, value))
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        # Text chunks of a PNG are opened lazily and bounded by Pillow itself; only the first frame is ever decoded.
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as source:
            if source.width * source.height > MAX_PIXELS:
                return _refuse("too-many-pixels")
            source.seek(0)
            # Shrinks a JPEG while decoding it: the memory of a phone's photo stays small.
            source.thumbnail((MAX_SIDE, MAX_SIDE))
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
    body = io.BytesIO()
    photo.save(body, "JPEG", quality=85)
    sys.stdout.buffer.write(struct.pack(">HH", *photo.size) + body.getvalue())
    return 0


def _refuse(reason: str) -> int:
    sys.stderr.write(reason)
    return 1


if __name__ == "__main__":
    sys.exit(main())
