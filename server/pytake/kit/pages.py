"""Positions in a list that is read page by page: the last row's (time, id), as an opaque text."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self
from uuid import UUID

from typing_extensions import override

from pytake.kit.errors import Invalid

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST = 64


class InvalidCursor(Invalid):
    code = "invalid_cursor"
    message = "This is not a cursor that we gave out."


class Position(NamedTuple):
    """A row's place in an order by (time, id); the next page begins behind it."""

    at: datetime
    id: UUID

    @classmethod
    def parse(cls, text: str) -> Self:
        try:
            if len(text) > _LONGEST:
                raise InvalidCursor
            microseconds, _, row_id = text.partition("-")
            return cls(_EPOCH + int(microseconds, 36) * _MICROSECOND, UUID(hex=row_id))
        except (ValueError, OverflowError):
            raise InvalidCursor from None

    @override
    def __str__(self) -> str:
        return f"{_base36((self.at - _EPOCH) // _MICROSECOND)}-{self.id.hex}"


NEWEST = Position(datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))
"""Before every row there can be."""


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    return text or "0"
