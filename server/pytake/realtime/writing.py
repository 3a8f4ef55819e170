"""Journal entries as the events that browsers get."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from websockets.frames import Frame, Opcode

from pytake.conversations import reading
from pytake.kit.journal import Cursor, Entry
from pytake.kit.work import Work
from pytake.realtime.sight import Audiences
from pytake.realtime.types import Happening

_KEYS = ("message_id", "message_created_at")


def _frame(said: dict[str, Any]) -> bytes:
    """One text message as a server sends it."""
    text = orjson.dumps(said, default=str, option=orjson.OPT_UTC_Z)
    return Frame(Opcode.TEXT, text).serialize(mask=False)


PING = _frame({"type": "ping"})
RESET = _frame({"type": "reset"})


def ready(cursor: Cursor) -> bytes:
    return _frame({"type": "ready", "cursor": str(cursor)})


async def happenings(work: Work, entries: Sequence[Entry], audiences: Audiences) -> list[Happening]:
    """The entries with their messages, read in one statement. News of an erased message is left out."""
    places = {place for entry in entries if (place := _place(entry.payload))}
    messages = await reading.messages_at(work, places)
    told = []
    for entry in entries:
        payload = entry.payload
        if place := _place(payload):
            if place[0] not in messages:
                continue
            payload = {name: value for name, value in payload.items() if name not in _KEYS}
            payload["message"] = messages[place[0]]
        told.append(_happening(entry, payload, audiences.at(payload)))
    return told


def _place(payload: dict[str, Any]) -> tuple[UUID, datetime] | None:
    message_id, created_at = (payload.get(name) for name in _KEYS)
    if not isinstance(message_id, str) or not isinstance(created_at, str):
        return None
    return UUID(message_id), datetime.fromisoformat(created_at)


def _happening(entry: Entry, payload: dict[str, Any], audience: AbstractSet[UUID] | None) -> Happening:
    event = {"type": entry.type, "payload": payload, "created_at": entry.created_at}
    frame = _frame({"type": "event", "cursor": str(entry.cursor), "event": event})
    return Happening(entry.cursor, entry.type, payload, frame, audience)
