"""A `Search` in MongoDB's own words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pytake.ports.documents import Search

_BEHIND_ALL: Final = "\U0010ffff"
"""No text that begins so sorts behind this; unlike a pattern, a range can be looked for in an index."""

Condition = dict[str, Any]


def conditions_of(search: Search, before: tuple[datetime, UUID] | None) -> Iterator[Condition]:
    for name, value in search.equal.items():
        yield {name: {"$eq": value}}
    for name, text in search.begins.items():
        yield {name: {"$gte": text, "$lt": text + _BEHIND_ALL}}
    for name, value in search.at_least.items():
        yield {name: {"$gte": value}}
    for name, value in search.below.items():
        yield {name: {"$lt": value}}
    if before is not None:
        at, document_id = before
        yield {"created_at": {"$lte": at}}
        yield {"$or": [{"created_at": {"$lt": at}}, {"_id": {"$lt": document_id}}]}
