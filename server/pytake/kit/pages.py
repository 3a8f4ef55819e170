"""Lists that are read page by page: one row more than is shown tells that there is another page, and a cursor
where it begins: behind the last row's (time, id), as an opaque text.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self, TypeVar
from uuid import UUID

from typing_extensions import override

from pytake.kit.errors import Invalid

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST = 64

T = TypeVar("T")


def cut(rows: Sequence[T], limit: int) -> tuple[list[T], T | None]:
    """What is shown of up to `limit + 1` rows, and the last of it if there is more behind."""
    shown = list(rows[:limit])
    return shown, shown[-1] if len(rows) > limit else None


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

    @classmethod
    def behind(cls, cursor: str | None) -> "Position":
        """Where a list goes on, or begins with the newest."""
        return cls.parse(cursor) if cursor else NEWEST

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
