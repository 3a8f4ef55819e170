"""Rows as the documents of `message_logs` and `conversation_logs`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

Document = dict[str, Any]

_OVER = frozenset({"resolved", "closed"})


def message_log(
    organization_id: UUID, row: Mapping[str, Any], indexed_at: datetime, revision: str
) -> Document:
    metadata = row["metadata"]
    return {
        "_id": row["id"],
        "organization_id": organization_id,
        "conversation_id": row["conversation_id"],
        "message_id": row["id"],
        "contact_id": row["contact_id"],
        "direction": row["direction"],
        "sender_type": row["sender_type"],
        "type": row["type"],
        "content": row["content"],
        "whatsapp_message_id": row["whatsapp_message_id"],
        "whatsapp_metadata": _whatsapp_metadata(row, metadata),
        "status": row["status"],
        "status_history": _status_history(row),
        "error_message": row["error_message"],
        "sentiment": None,
        "intent": None,
        "entities": [],
        "created_at": row["created_at"],
        "indexed_at": indexed_at,
        "revision": revision,
    }


def _whatsapp_metadata(row: Mapping[str, Any], metadata: Mapping[str, Any]) -> Document:
    person = row["whatsapp_id"] or row["phone"]
    ours = row["phone_number"]
    inbound = row["direction"] == "inbound"
    return {
        "timestamp": _moment(metadata.get("timestamp")) or row["created_at"],
        "from": person if inbound else ours,
        "to": ours if inbound else person,
        "context": metadata.get("context"),
    }


def _moment(seconds: object) -> datetime | None:
    """Meta's clock; the year 9999 is as far as a datetime goes."""
    if not isinstance(seconds, int) or not 0 < seconds < 253_402_300_800:  # noqa: PLR2004 - year 10000
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _status_history(row: Mapping[str, Any]) -> list[Document]:
    if row["direction"] == "inbound":
        return [{"status": "received", "timestamp": row["created_at"]}]
    known = (
        (status, row[f"{status}_at"])
        for status in ("sent", "delivered", "read", "failed")
        if row[f"{status}_at"] is not None
    )
    return [
        {"status": status, "timestamp": moment} for status, moment in sorted(known, key=lambda step: step[1])
    ]


def conversation_log(organization_id: UUID, row: Mapping[str, Any], revision: str) -> Document:
    start = row["first_message_at"] or row["created_at"]
    resolved = row["status"] in _OVER
    end = row["resolved_at"] if resolved else None
    seconds = int((end - start).total_seconds()) if end else None
    return {
        "_id": row["id"],
        "organization_id": organization_id,
        "conversation_id": row["id"],
        "contact_id": row["contact_id"],
        "session_start": start,
        "session_end": end,
        "duration_seconds": seconds,
        "message_count": row["message_count"],
        "bot_message_count": row["by_bot"],
        "human_message_count": row["by_people"],
        "flow_path": [_step(step) for step in row["flow_path"]],
        "ai_prompts": [],
        "handoff_occurred": row["handoff_at"] is not None,
        "handoff_reason": row["handoff_reason"],
        "handoff_timestamp": row["handoff_at"],
        "agent_id": row["assigned_to"],
        "resolved": resolved,
        "resolution_time_seconds": seconds,
        "satisfaction_rating": row["satisfaction_rating"],
        "created_at": row["created_at"],
        "revision": revision,
    }


def _step(step: Mapping[str, Any]) -> Document:
    """A run of a flow and the node where it stands; None once it is over."""
    return {
        "flow_id": _uuid(step["flow_id"]),
        "run_id": _uuid(step["run_id"]),
        "status": step["status"],
        "node_id": _uuid(step["node_id"]),
        "node_type": step["node_type"],
        "timestamp": datetime.fromisoformat(step["timestamp"]),
    }


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
