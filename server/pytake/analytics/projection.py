"""Follows the journal into the document store: read, write there, then move the cursor.

A crash between the last two repeats a batch, which changes nothing. Of two that run at once the later reader
has the higher revision, and the store never replaces a document by one of a lower revision.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pytake.analytics import logs, repository
from pytake.conversations.service import send as sending
from pytake.kit import journal
from pytake.kit.journal import Cursor, Entry
from pytake.kit.work import Work
from pytake.ports.documents import DocumentsAway
from pytake.runtime import Runtime

READER: Final = "mongodb"
BATCH: Final = 500
_MOST_BATCHES: Final = 50
"""After this many the job ends, and the sweep begins it anew: others want their turn."""
_REST: Final = 1.0
_REST_WHILE_CUSTOMERS_WAIT: Final = 15.0
"""How long to rest after a batch, in times of what it took: history may lag, answers may not."""


@dataclass(frozen=True, slots=True)
class Batch:
    reached: Cursor
    messages: list[logs.Document]
    conversations: list[logs.Document]
    is_last: bool
    customers_wait: bool


async def project(runtime: Runtime, organization_id: UUID) -> None:
    """Until the history is level with the journal. A store that is away costs delay, nothing else."""
    for _ in range(_MOST_BATCHES):
        began = time.monotonic()
        batch = await _gather(runtime, organization_id)
        if batch is None:
            return
        try:
            await _store(runtime, organization_id, batch)
        except DocumentsAway:
            return
        async with runtime.work(organization_id) as work:
            await journal.move_cursor(work.connection, organization_id, READER, batch.reached)
        if batch.is_last:
            return
        rest = _REST_WHILE_CUSTOMERS_WAIT if batch.customers_wait else _REST
        await asyncio.sleep(rest * (time.monotonic() - began))


async def _store(runtime: Runtime, organization_id: UUID, batch: Batch) -> None:
    documents = runtime.ports.documents
    await documents.upsert("message_logs", organization_id, batch.messages)
    await documents.upsert("conversation_logs", organization_id, batch.conversations)


async def _gather(runtime: Runtime, organization_id: UUID) -> Batch | None:
    async with runtime.work(organization_id) as work:
        position = await journal.cursor_of(work.connection, organization_id, READER)
        entries = await journal.read(work.connection, organization_id, position, BATCH)
        return await _batch(work, entries) if entries else None


async def _batch(work: Work, entries: Sequence[Entry]) -> Batch:
    reached = entries[-1].cursor
    revision = _revision(reached)
    messages = await repository.messages(work, _messages(entries))
    conversations = await repository.conversations(work, _conversations(entries))
    return Batch(
        reached,
        [logs.message_log(work.organization_id, row, work.now, revision) for row in messages],
        [logs.conversation_log(work.organization_id, row, revision) for row in conversations],
        is_last=len(entries) < BATCH,
        customers_wait=await sending.customers_wait(work),
    )


def _revision(cursor: Cursor) -> str:
    """Sorts as text the way the cursor sorts as numbers."""
    return f"{cursor.transaction_id:020d}-{cursor.sequence:020d}"


def _messages(entries: Sequence[Entry]) -> set[tuple[UUID, datetime]]:
    return {
        (UUID(entry.payload["message_id"]), datetime.fromisoformat(entry.payload["message_created_at"]))
        for entry in entries
        if "message_id" in entry.payload and "message_created_at" in entry.payload
    }


def _conversations(entries: Sequence[Entry]) -> set[UUID]:
    return {
        UUID(entry.payload["conversation_id"]) for entry in entries if entry.payload.get("conversation_id")
    }
