"""The orders in which a list of people is read, page by page."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from pytake.kit.pages import Position

_EPOCH: Final = datetime.fromtimestamp(0, UTC)


class PeopleOrder(StrEnum):
    """By what, and with a minus sign the other way round."""

    NEWEST = "-created_at"
    OLDEST = "created_at"
    NAME = "name"
    NAME_DOWN = "-name"
    ROLE = "role"
    ROLE_DOWN = "-role"
    SEEN = "last_seen_at"
    SEEN_DOWN = "-last_seen_at"


_NAME: Final = "fold({0}.full_name)"
# Whoever may most comes first, as roles are told everywhere.
_RANK: Final = "array_position(ARRAY['super_admin', 'org_admin', 'agent', 'viewer'], {0}.role::text)"
_KEYS: Final = {
    "created_at": ("{0}.created_at",),
    "name": (_NAME,),
    "role": (_RANK, _NAME),
    "last_seen_at": ("COALESCE({0}.last_seen_at, 'epoch')",),
}
_THERE: Final = "(SELECT {keys} FROM users a WHERE a.organization_id = $1 AND a.id = $3)"
_MOMENTS: Final = frozenset({"created_at", "last_seen_at"})


def behind(order: PeopleOrder) -> str:
    """The condition for what comes after the position ($2, $3), if there is one.

    A moment is in the position, for it moves on; a name or a role is read from the row that is there.
    """
    by, sign = _by(order), "<" if _is_downward(order) else ">"
    there = "($2, $3)" if by in _MOMENTS else _THERE.format(keys=_listed(by, "a"))
    return f"($2::timestamptz IS NULL OR ({_listed(by, 'u')}) {sign} {there})"


def order_by(order: PeopleOrder) -> str:
    way = " DESC" if _is_downward(order) else ""
    return ", ".join(f"{key.format('u')}{way}" for key in (*_KEYS[_by(order)], "{0}.id"))


def position(order: PeopleOrder, row: Mapping[str, Any]) -> Position:
    """Where the list goes on behind this row."""
    moment = row[_by(order)] if _by(order) in _MOMENTS else row["created_at"]
    return Position(moment or _EPOCH, row["id"])


def _listed(by: str, table: str) -> str:
    return ", ".join(key.format(table) for key in (*_KEYS[by], "{0}.id"))


def _by(order: PeopleOrder) -> str:
    return order.value.removeprefix("-")


def _is_downward(order: PeopleOrder) -> bool:
    return order.value.startswith("-")
