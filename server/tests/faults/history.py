"""What MongoDB must say when it is level: exactly what PostgreSQL says, message by message."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pymongo import AsyncMongoClient

from tests.faults.installation import Installation
from tests.faults.tenants import Tenant

Row = dict[str, Any]

_MESSAGES = """
SELECT id, organization_id, conversation_id, contact_id, direction, sender_type, type, content,
       whatsapp_message_id, status::text, created_at, sent_at, delivered_at, read_at, failed_at
FROM messages WHERE organization_id = ANY($1)
"""
_CONVERSATIONS = """
SELECT c.id, c.organization_id, c.contact_id, c.message_count,
       (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.sender_type = 'bot') AS by_bot
FROM conversations c WHERE c.organization_id = ANY($1)
"""
_PLAIN = (
    "organization_id",
    "conversation_id",
    "contact_id",
    "direction",
    "sender_type",
    "type",
    "whatsapp_message_id",
    "status",
)
_MOMENTS = ("sent", "delivered", "read", "failed")


async def differences(it: Installation, tenants: Sequence[Tenant]) -> list[str]:
    """Between the two stores, for everything these tenants have said and heard."""
    ids = [tenant.organization_id for tenant in tenants]
    messages = await it.owner.fetch(_MESSAGES, ids)
    conversations = await it.owner.fetch(_CONVERSATIONS, ids)
    url = it.stores.url("mongodb")
    async with AsyncMongoClient[Row](url, uuidRepresentation="standard", tz_aware=True) as client:
        database = client.get_default_database("pytake")
        logs = await database["message_logs"].find({"organization_id": {"$in": ids}}).to_list()
        sessions = await database["conversation_logs"].find({"organization_id": {"$in": ids}}).to_list()
    return [
        *_compared({row["id"]: _of_row(row) for row in messages}, logs, "message_id", _of_log),
        *_compared(
            {row["id"]: _of_conversation(row) for row in conversations},
            sessions,
            "conversation_id",
            _of_session,
        ),
    ]


def _compared(rows: dict[UUID, Row], documents: Sequence[Row], key: str, read: Any) -> list[str]:
    counted = Counter(document[key] for document in documents)
    return [
        *(f"{found} is there {count} times" for found, count in counted.items() if count > 1),
        *(f"{found} is missing" for found in rows.keys() - counted.keys()),
        *(f"{found} is not ours" for found in counted.keys() - rows.keys()),
        *(
            f"{document[key]}: {rows[document[key]]} here, {read(document)} there"
            for document in documents
            if document[key] in rows and rows[document[key]] != read(document)
        ),
    ]


def _of_row(row: Any) -> Row:
    moments = {name: _coarse(row[f"{name}_at"]) for name in _MOMENTS if row[f"{name}_at"]}
    heard = {"received": _coarse(row["created_at"])} if row["direction"] == "inbound" else moments
    return {
        **{name: row[name] for name in _PLAIN},
        "content": orjson.loads(row["content"]),
        "created_at": _coarse(row["created_at"]),
        "moments": heard,
    }


def _of_log(document: Row) -> Row:
    return {
        **{name: document[name] for name in _PLAIN},
        "content": document["content"],
        "created_at": document["created_at"],
        "moments": {step["status"]: step["timestamp"] for step in document["status_history"]},
    }


def _of_conversation(row: Any) -> Row:
    return {
        "organization_id": row["organization_id"],
        "contact_id": row["contact_id"],
        "messages": row["message_count"],
        "by_bot": row["by_bot"],
    }


def _of_session(document: Row) -> Row:
    return {
        "organization_id": document["organization_id"],
        "contact_id": document["contact_id"],
        "messages": document["message_count"],
        "by_bot": document["bot_message_count"],
    }


def _coarse(moment: datetime) -> datetime:
    """MongoDB keeps milliseconds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
