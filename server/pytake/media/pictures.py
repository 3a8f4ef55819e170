"""Pictures: how large they are, whether they can be drawn at all, and a small one for lists.

The only place where a picture is decoded. Formats are named, pixels are counted before anything is decoded,
and what cannot be drawn is no picture any more: it is kept as bytes.
"""

import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS: Final = 40_000_000
_SIDE: Final = 480
_QUALITY: Final = 78
_ORIENTATION: Final = 0x0112
_ON_ITS_SIDE: Final = frozenset({5, 6, 7, 8})
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_BROKEN: Final = (
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    ZeroDivisionError,
    MemoryError,
    struct.error,
)
"""What decoders raise over broken files, all of them together."""


class NotDrawable(Exception):
    """Broken, too large, or not a picture after all."""


class Drawn(NamedTuple):
    width: int
    height: int
    thumbnail: bytes | None
    """WebP; None for what is small already."""


def draw(path: Path) -> Drawn:
    """Raises NotDrawable. Takes a while: not for an event loop."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # a warning of theirs is no refusal; ours is below
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            width, height = picture.size  # nothing is decoded yet
            if not 0 < width * height <= MOST_PIXELS:
                raise NotDrawable
            if picture.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:
                width, height = height, width
            picture.draft("RGB", (2 * _SIDE, 2 * _SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.load()
            is_small = max(width, height) <= _SIDE
            return Drawn(width, height, None if is_small else _small(upright))
    except _BROKEN as error:
        raise NotDrawable from error


def strip(path: Path, to: Path) -> None:
    """The same picture without what was written into it: where, when, with what. Raises NotDrawable."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            if not 0 < picture.width * picture.height <= MOST_PIXELS:
                raise NotDrawable
            kept = Image.Exif()
            if turned := picture.getexif().get(_ORIENTATION):
                kept[_ORIENTATION] = turned
            same = {"quality": "keep"} if picture.format == "JPEG" else {}
            picture.save(to, picture.format, exif=kept, **same)
    except _BROKEN as error:
        raise NotDrawable from error


def _small(picture: "Image") -> bytes:
    picture = picture.convert("RGBA" if "A" in picture.mode or picture.mode == "P" else "RGB")
    picture.thumbnail((_SIDE, _SIDE))
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=_QUALITY, method=3)
    return written.getvalue()
