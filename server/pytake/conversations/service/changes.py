"""Bringing messages up to date with those that edit them, take them back or react to them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.conversations import marking, statements
from pytake.conversations.marks import (
    Change,
    as_applied,
    as_refused,
    author_of,
    changed,
    kind_of,
    target_of,
    with_our_reactions,
)
from pytake.kit.work import Work

Key = tuple[UUID, str]
"""A number, and a WhatsApp id there."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message of this transaction that speaks of another."""

    number_id: UUID
    target: str
    message_id: UUID


async def catch_up(work: Work, written: Sequence[Written], awaited: Collection[Key] = ()) -> None:
    """Apply what this transaction wrote, and what came before the messages it speaks of (`awaited`).

    What speaks of a message nobody knows yet is remembered by that message's id; whoever receives the message
    is told that it is awaited.
    """
    targets = {(each.number_id, each.target) for each in written} | set(awaited)
    if not targets:
        return
    known = await statements.known(work, targets)
    if any((each.number_id, each.target) not in known for each in written):
        await marking.wait_for_names(work, [each.message_id for each in written])
        known = await statements.known(work, targets)
    strangers = [each for each in written if (each.number_id, each.target) not in known]
    if strangers:
        await marking.await_originals(
            work, [(each.number_id, each.target, each.message_id) for each in strangers]
        )
    changes = [each.message_id for each in written if (each.number_id, each.target) in known]
    if known:
        await _apply(work, known, changes, [key for key in awaited if key in known])


async def withdraw(work: Work, places: Sequence[tuple[UUID, datetime]]) -> None:
    """WhatsApp has refused these reactions of ours: what we had reacted with before holds again."""
    refused = [row for row in await marking.lock_messages(work, places) if "applied" in row["metadata"]]
    if not refused:
        return
    keys = {(row["whatsapp_number_id"], row["content"]["message_id"]) for row in refused}
    known = await statements.known(work, keys)
    originals = await marking.lock_messages(work, sorted(known.values()))
    ours: dict[str | None, list[Change]] = defaultdict(list)
    for row in await marking.reactions_of_ours(work, originals):
        ours[target_of(row["type"], row["content"])].append(_change(row))
    touched = [
        {**row, "metadata": with_our_reactions(row["metadata"], ours[row["whatsapp_message_id"]])}
        for row in originals
    ]
    released = [{**row, "metadata": as_refused(row["metadata"])} for row in refused]
    await marking.write_marks(work, [*touched, *released])
    _tell(work, touched)


async def _apply(
    work: Work,
    known: dict[Key, tuple[UUID, datetime]],
    changes: Sequence[UUID],
    awaited: Sequence[Key],
) -> None:
    speaking = await marking.changes_at(work, changes) if changes else []
    if awaited:
        speaking += await marking.changes_awaiting(work, awaited)
    originals = {row["id"]: row for row in await marking.lock_messages(work, sorted(known.values()))}
    touched: dict[UUID, Any] = {}
    applied: dict[UUID, Any] = {}
    for row in speaking:
        target = target_of(row["type"], row["content"]) or ""
        place = known.get((row["whatsapp_number_id"], target))
        original = touched.get(place[0]) or originals.get(place[0]) if place else None
        if original is None or not _may_speak_of(original, row):
            continue
        after = changed(original["direction"], original["content"], original["metadata"], _change(row))
        if after is not None:
            touched[original["id"]] = {**original, "content": after[0], "metadata": after[1]}
            applied[row["id"]] = {**row, "metadata": as_applied(row["metadata"])}
    if applied:
        await marking.write_marks(work, [*touched.values(), *applied.values()])
        just_written = set(changes)
        _tell(work, [*touched.values(), *(row for key, row in applied.items() if key not in just_written)])


def _may_speak_of(original: Any, row: Any) -> bool:
    """The same person; in a group everybody reacts, and edits and takes back their own."""
    if original["contact_id"] != row["contact_id"]:
        return False
    return row["type"] == "reaction" or author_of(original["metadata"]) == author_of(row["metadata"])


def _change(row: Any) -> Change:
    timestamp = row["metadata"].get("timestamp") or row["created_at"].timestamp()
    wamid = row["whatsapp_message_id"] or str(row["id"])
    kind = kind_of(row["type"], row["content"])
    return Change(kind, wamid, timestamp, row["direction"], row["content"], author_of(row["metadata"]))


def _tell(work: Work, rows: Sequence[Any]) -> None:
    for row in rows:
        work.publish(
            "message.updated",
            {
                "message_id": row["id"],
                "message_created_at": row["created_at"],
                "conversation_id": row["conversation_id"],
                "contact_id": row["contact_id"],
                "status": row["status"],
            },
        )
