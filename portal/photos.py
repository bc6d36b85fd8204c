"""Photos from outside: whatever comes in leaves as new pictures without a trace of the file it was."""

import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

MAX_BYTES: Final = 10 * 2**20
WALL_S: Final = 15
# Why a file is refused; the last two are refused by the strict only.
REASONS: Final = ("too-large", "too-many-pixels", "not-a-photo", "broken", "animated", "print-colours")

_CHILD: Final = str(Path(__file__).with_name("photo_child.py"))
_HEAD: Final = struct.Struct(">HHI")


class PhotoRefusedError(Exception):
    """The file is not kept; `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A picture made anew: its bytes and its size in pixels."""

    body: bytes
    width: int
    height: int


def remake(raw: bytes, *, form: Literal["JPEG", "WEBP"], sides: Sequence[int], strict: bool = False) -> list[Picture]:
    """Make pictures anew from the pixels of a file in a limited child process; raises PhotoRefusedError.

    One for each of `sides`, the longest side of a picture, the largest first; none is larger than the file's own.
    Of an animation the first frame is taken, and colours for print are converted as well as it goes, unless `strict`.
    """
    if len(raw) > MAX_BYTES:
        raise PhotoRefusedError("too-large")
    command = [sys.executable, "-I", _CHILD, form, "strict" if strict else "lenient", *map(str, sides)]
    try:
        child = subprocess.run(command, input=raw, capture_output=True, timeout=WALL_S, env={}, cwd="/", check=False)
    except subprocess.TimeoutExpired:
        raise PhotoRefusedError("broken") from None
    if child.returncode != 0:
        reason = child.stderr.decode(errors="replace")
        raise PhotoRefusedError(reason if reason in REASONS else "broken")
    return _read(child.stdout)


def _read(told: bytes) -> list[Picture]:
    pictures, at = [], 0
    while at < len(told):
        width, height, length = _HEAD.unpack_from(told, at)
        at += _HEAD.size
        pictures.append(Picture(told[at : at + length], width, height))
        at += length
    return pictures
