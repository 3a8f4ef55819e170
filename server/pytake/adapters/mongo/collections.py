"""The five collections: their indexes, and how long each remembers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pymongo import ASCENDING, DESCENDING, TEXT, IndexModel
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure

_CHANGED = {85, 86}
"""IndexOptionsConflict, IndexKeySpecsConflict: an index of that name with other keys or options is there."""


@dataclass(frozen=True, slots=True)
class Collection:
    name: str
    indexes: tuple[IndexModel, ...]
    remembers: timedelta | None = None
    """After this long a document vanishes by itself, counted from its `created_at`."""

    def all_indexes(self) -> Sequence[IndexModel]:
        if self.remembers is None:
            return self.indexes
        seconds = int(self.remembers.total_seconds())
        return (*self.indexes, IndexModel([("created_at", ASCENDING)], expireAfterSeconds=seconds))


MESSAGE_LOGS = Collection(
    "message_logs",
    (
        IndexModel([("organization_id", ASCENDING), ("created_at", DESCENDING)]),
        IndexModel([("conversation_id", ASCENDING), ("created_at", DESCENDING)]),
        IndexModel([("whatsapp_message_id", ASCENDING)]),
        # The tenant comes first: a search reads the words of one organization only. The language of a text is
        # always ours: left at its usual name, the override would be the `language` of a template's content.
        IndexModel(
            [("organization_id", ASCENDING), ("content.text", TEXT)],
            default_language="portuguese",
            language_override="search_language",
        ),
    ),
    remembers=timedelta(days=365),
)

CONVERSATION_LOGS = Collection(
    "conversation_logs",
    (
        IndexModel([("organization_id", ASCENDING), ("session_start", DESCENDING)]),
        IndexModel([("contact_id", ASCENDING), ("session_start", DESCENDING)]),
        IndexModel([("conversation_id", ASCENDING)]),
    ),
)

ANALYTICS_SNAPSHOTS = Collection(
    "analytics_snapshots",
    (IndexModel([("organization_id", ASCENDING), ("period", ASCENDING), ("date", DESCENDING)]),),
)

WEBHOOK_LOGS = Collection(
    "webhook_logs",
    (
        IndexModel([("organization_id", ASCENDING), ("created_at", DESCENDING)]),
        IndexModel([("webhook_id", ASCENDING), ("created_at", DESCENDING)]),
        IndexModel([("success", ASCENDING)]),
    ),
    remembers=timedelta(days=90),
)

API_REQUEST_LOGS = Collection(
    "api_request_logs",
    (
        # It ends with what tells two calls of one moment apart, so that a page is read in its order.
        IndexModel([("organization_id", ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("user_id", ASCENDING), ("created_at", DESCENDING)]),
        IndexModel([("path", ASCENDING), ("method", ASCENDING)]),
    ),
    remembers=timedelta(days=30),
)

COLLECTIONS = (MESSAGE_LOGS, CONVERSATION_LOGS, ANALYTICS_SNAPSHOTS, WEBHOOK_LOGS, API_REQUEST_LOGS)


async def ensure_indexes(database: AsyncDatabase[dict[str, Any]]) -> None:
    """Make what is missing and replace what has changed; with nothing to do it changes nothing."""
    for collection in COLLECTIONS:
        for index in collection.all_indexes():
            await _ensure(database, collection, index)


async def _ensure(database: AsyncDatabase[dict[str, Any]], collection: Collection, index: IndexModel) -> None:
    target = database[collection.name]
    try:
        await target.create_indexes([index])
    except OperationFailure as error:
        if error.code not in _CHANGED:
            raise
        await target.drop_index(index.document["name"])
        await target.create_indexes([index])
