"""A JPEG as its pixels need it, and nothing else.

What browsers make of a picture is written anew, part by part: no comment, no place where it was taken,
no page, program or archive in front, inside or behind. Nothing is decoded here, so no picture is a bomb.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended, progressive: what browsers show."""
_OF_PIXELS: Final = _FRAMES | {0xC4, 0xDB, 0xDD, _SCAN}
"""And tables of codes, of steps, and how often decoding starts anew."""
_LEFT_OUT: Final = frozenset({*range(0xE0, 0xF0), 0xFE})
"""What programs say, and comments."""
_WITHIN_SCANS: Final = frozenset({0x00, *range(0xD0, 0xD8)})
_COMPONENTS: Final = frozenset({1, 3})
_BITS: Final = 8
_MOST_SCANS: Final = 24
_JFIF: Final = bytes.fromhex("ffe000104a46494600010100000100010000")
"""Says that three components are YCbCr."""


class NotAJpeg(ValueError):
    """It is something else, or broken, or more than a picture."""


class NotAPortrait(ValueError):
    """Its text is `not_a_jpeg`, `not_square` or `size`."""


class Jpeg(NamedTuple):
    width: int
    height: int
    content: bytes


def portrait(content: bytes, smallest: int, largest: int) -> bytes:
    """The pixels of a square picture with sides of so many pixels. Raises NotAPortrait."""
    try:
        picture = only_pixels(content)
    except NotAJpeg as error:
        raise NotAPortrait("not_a_jpeg") from error
    if picture.width != picture.height:
        raise NotAPortrait("not_square")
    if not smallest <= picture.width <= largest:
        raise NotAPortrait("size")
    return picture.content


def only_pixels(content: bytes) -> Jpeg:
    """Raises NotAJpeg."""
    if content[:2] != bytes((0xFF, _START)):
        raise NotAJpeg("does not begin like one")
    width, height, scans = 0, 0, 0
    kept = [bytes((0xFF, _START)), _JFIF]
    for marker, said, pixels in _parts(content):
        if marker in _LEFT_OUT:
            continue
        if marker not in _OF_PIXELS:
            raise NotAJpeg(f"has a part {marker:#x}")
        if marker in _FRAMES:
            if width:
                raise NotAJpeg("has two frames")
            width, height = _frame(said)
        scans += marker == _SCAN
        kept.append(struct.pack(">BBH", 0xFF, marker, len(said) + 2) + said + pixels)
    if not width or not 1 <= scans <= _MOST_SCANS:
        raise NotAJpeg("has no pixels, or too often")
    return Jpeg(width, height, b"".join([*kept, bytes((0xFF, _END))]))


def _parts(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each marker with what it says, and the pixels behind it; the end has to be the end."""
    at = 2
    while True:
        if len(content) < at + 2 or content[at] != 0xFF:  # noqa: PLR2004 - every marker begins so
            raise NotAJpeg("breaks off")
        marker = content[at + 1]
        if marker == _END:
            if len(content) != at + 2:
                raise NotAJpeg("goes on behind its end")
            return
        (length,) = struct.unpack(">H", content[at + 2 : at + 4].rjust(2, b"\0"))
        said = content[at + 4 : at + 2 + length]
        if length < 2 or len(said) != length - 2:  # noqa: PLR2004 - the length counts itself
            raise NotAJpeg("breaks off")
        at += 2 + length
        end = _end_of_pixels(content, at) if marker == _SCAN else at
        yield marker, said, content[at:end]
        at = end


def _end_of_pixels(content: bytes, at: int) -> int:
    while (at := content.find(b"\xff", at)) != -1:
        if content[at + 1 : at + 2] and content[at + 1] not in _WITHIN_SCANS:
            return at
        at += 2
    raise NotAJpeg("breaks off")


def _frame(said: bytes) -> tuple[int, int]:
    if len(said) < 6:  # noqa: PLR2004 - bits, height, width, components
        raise NotAJpeg("breaks off")
    bits, height, width, components = struct.unpack(">BHHB", said[:6])
    if bits != _BITS or components not in _COMPONENTS or len(said) != 6 + 3 * components:
        raise NotAJpeg("has a frame that no browser makes")
    if not width or not height:
        raise NotAJpeg("has no size")
    return width, height
