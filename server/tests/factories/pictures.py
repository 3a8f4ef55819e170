"""Pictures, made without a library: every pixel of them is grey."""

import struct
from typing import Final

_ONE_CODE: Final = bytes([1] + [0] * 15 + [0])
"""A table of codes with a single one, of one bit: nothing differs from what was before."""


def part(marker: int, said: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(said) + 2) + said


def a_jpeg(width: int = 64, height: int = 64, *more: bytes) -> bytes:
    """`more` are parts behind its beginning."""
    blocks = -(-width // 8) * -(-height // 8)
    pixels = b"\x00" * (blocks * 2 // 8) + b"\x3f" * bool(blocks * 2 % 8)
    return b"".join(
        [
            b"\xff\xd8",
            *more,
            part(0xDB, b"\0" + b"\x01" * 64),
            part(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"),
            part(0xC4, b"\x00" + _ONE_CODE),
            part(0xC4, b"\x10" + _ONE_CODE),
            part(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            pixels,
            b"\xff\xd9",
        ]
    )
