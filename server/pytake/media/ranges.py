"""Parts of a file that a player asks for: `Range: bytes=…` with one range; anything else gets the whole."""

import re
from typing import Final, NamedTuple

_ONE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Part(NamedTuple):
    first: int
    length: int


class Unsatisfiable(Exception):
    """It begins behind the end."""


def part_of(asked: str | None, size: int) -> Part | None:
    """None is the whole. Raises Unsatisfiable."""
    found = _ONE.fullmatch(asked or "")
    if found is None or not any(found.groups()):
        return None
    begin, end = found.groups()
    if not begin:
        count = min(int(end), size)
        if not count:
            raise Unsatisfiable
        return Part(size - count, count)
    first, last = int(begin), min(int(end), size - 1) if end else size - 1
    if end and int(end) < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return Part(first, last - first + 1)
