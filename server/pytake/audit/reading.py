"""The trail as people read it: page by page with the names of what it speaks of, or as one file."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson

from pytake.audit import repository
from pytake.audit.types import Wanted
from pytake.http.spreadsheets import lines, spreadsheet
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

MOST_EXPORTED: Final = 50_000
"""Rows of one file; of more, the newest. Some ten megabytes, and under a minute."""

_AT_ONCE: Final = 1_000
_COLUMNS: Final = (
    "sequence",
    "created_at",
    "actor",
    "user_id",
    "user_name",
    "action",
    "resource_type",
    "resource_id",
    "description",
    "before",
    "after",
    "ip_address",
    "user_agent",
)
_LENGTH_OF_AN_ID: Final = 36

Json = dict[str, Any]


async def names(work: Work, rows: Sequence[Mapping[str, Any]]) -> dict[UUID, str]:
    """Of everything that the rows mention."""
    mentioned = {
        found for row in rows for found in _ids([row["resource_id"], row["changes"], row["metadata"]])
    }
    return await repository.names(work, mentioned) if mentioned else {}


async def as_csv(
    runtime: Runtime, organization_id: UUID, actor: Actor, wanted: Wanted, separator: str
) -> AsyncIterator[bytes]:
    """In pieces, each from a transaction of its own: nobody waits for whoever reads slowly."""
    yield spreadsheet([_COLUMNS], separator)
    before, left = None, MOST_EXPORTED
    while left > 0:
        async with runtime.work(organization_id, actor) as work:
            rows = await repository.page(work, wanted, before=before, most=min(left, _AT_ONCE))
        if not rows:
            return
        yield lines([_line(row) for row in rows], separator)
        before, left = rows[-1]["sequence"], left - len(rows)


def _line(row: Mapping[str, Any]) -> list[object]:
    changes: Json = row["changes"] or {}
    told: Json = dict(row)
    told["created_at"] = row["created_at"].isoformat(timespec="seconds")
    told["actor"] = row["metadata"].get("actor")
    told |= {side: orjson.dumps(changes[side]).decode() for side in ("before", "after") if side in changes}
    return [told.get(column) for column in _COLUMNS]


def _ids(value: object) -> Iterator[UUID]:
    match value:
        case UUID():
            yield value
        case str() if len(value) == _LENGTH_OF_AN_ID:
            try:
                yield UUID(value)
            except ValueError:
                return
        case Mapping():
            for item in value.values():
                yield from _ids(item)
        case list():
            for item in value:
                yield from _ids(item)
