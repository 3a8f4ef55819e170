"""What people ask: who is this, who may be the same, and yes or no to that."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pytake.contacts import merges, suggestions
from pytake.contacts.types import MergeReason, SuggestionState
from pytake.conversations.sight import contacts_seen
from pytake.kit.errors import NotFound
from pytake.kit.work import Work
from pytake.merging.errors import AlreadyMerged
from pytake.merging.service.merge import merge, merge_suggested
from pytake.merging.service.undo import unmerge

Json = dict[str, Any]

MOST = 100
"""Suggestions shown at once."""


async def identities(work: Work, contact_id: UUID) -> Json:
    """Raises NotFound."""
    contact = (await _glances(work, {contact_id}))[contact_id]
    known = [dict(row) for row in await merges.known_by(work, contact_id)]
    standing = await merges.standing(work, contact_id)
    return {
        "contact_id": contact_id,
        "country": _country(known) if contact["phone"] is None else None,
        "items": known,
        "marketing": _marketing(contact),
        "merges": [
            {**row, "name": row["name"] or row["whatsapp_name"], "can_undo": place == 0}
            for place, row in enumerate(standing)
        ],
    }


def _country(known: list[Json]) -> str | None:
    """What stands before the dot of a user id."""
    current = [each for each in known if each["kind"] == "user_id" and each["state"] == "current"]
    return str(current[0]["value"])[:2] if current else None


def _marketing(contact: Mapping[str, Any]) -> Json:
    given, taken = contact["opt_in_date"], contact["opt_out_date"]
    since = max((moment for moment in (given, taken) if moment), default=None)
    return {
        "wanted": None if since is None else contact["opt_in"],
        "since": since,
        "source": contact["marketing_source"],
    }


async def suggested(work: Work, contact_id: UUID | None = None) -> list[Json]:
    """Whom one sees both of. Raises NotFound."""
    if contact_id is not None:
        await _glances(work, {contact_id})
    found = await suggestions.open_ones(work, contact_id, MOST)
    people = {row[name] for row in found for name in ("one_id", "other_id")}
    seen = await contacts_seen(work, people)
    shown = {row["id"]: _glance(row) for row in await merges.glances(work, seen)}
    return [
        {**row, "one": shown[row["one_id"]], "other": shown[row["other_id"]]}
        for row in found
        if row["one_id"] in shown and row["other_id"] in shown
    ]


async def accept(work: Work, suggestion_id: UUID) -> Json:
    """The older contact is kept. Raises NotFound, AlreadyMerged."""
    suggestion = await _suggestion(work, suggestion_id)
    pair = {suggestion["one_id"], suggestion["other_id"]}
    living = await merges.living(work, pair)
    if len(living) < len(pair):
        raise AlreadyMerged
    merge_id = await merge_suggested(work, living[0], living[1], suggestion)
    return {"contact_id": living[0], "merge_id": merge_id}


async def dismiss(work: Work, suggestion_id: UUID) -> None:
    """They are two, and nobody is asked again. Raises NotFound."""
    suggestion = await _suggestion(work, suggestion_id)
    one, other = suggestion["one_id"], suggestion["other_id"]
    await suggestions.decide(work, one, other, SuggestionState.DISMISSED)
    work.publish("contact.suggested", {"contact_id": one, "other_id": other})
    work.audit("contact.suggestion_dismissed", one, after={"other_id": other})


async def merge_by_hand(work: Work, contact_id: UUID, other_id: UUID) -> Json:
    """Raises NotFound, SameContact, AlreadyMerged, GroupIsNobody."""
    await _glances(work, {contact_id, other_id})
    merge_id = await merge(work, contact_id, other_id, MergeReason.BY_HAND)
    return {"contact_id": contact_id, "merge_id": merge_id}


async def undo(work: Work, merge_id: UUID) -> Json:
    """Raises NotFound, MergeUndone, LaterMergeStands, AlreadyMerged."""
    found = await merges.find(work, merge_id)
    if found is None or not await contacts_seen(work, {found["kept_id"]}):
        raise NotFound
    return await unmerge(work, merge_id)


async def _suggestion(work: Work, suggestion_id: UUID) -> Any:
    suggestion = await suggestions.lock(work, suggestion_id)
    if suggestion is None or suggestion["state"] != SuggestionState.OPEN:
        raise NotFound
    pair = {suggestion["one_id"], suggestion["other_id"]}
    if await contacts_seen(work, pair) != pair:
        raise NotFound
    return suggestion


async def _glances(work: Work, contact_ids: set[UUID]) -> dict[UUID, Any]:
    """Raises NotFound when one of them does not exist, or is not theirs to see."""
    seen = await contacts_seen(work, contact_ids)
    found = {row["id"]: row for row in await merges.glances(work, seen)}
    if found.keys() != contact_ids:
        raise NotFound
    return found


def _glance(row: Mapping[str, Any]) -> Json:
    return {
        "id": row["id"],
        "name": row["name"] or row["whatsapp_name"],
        "phone": row["phone"],
        "username": row["whatsapp_username"],
        "last_message_at": row["last_message_at"],
    }
