"""Making one contact of two.

Nobody is recognised meanwhile (the turn of whoever applies deliveries), and locks are taken in one order:
the turn, conversations, what is on its way out of them, contacts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.campaigns import moving as recipients
from pytake.chatbots import moving as runs
from pytake.contacts import identities, merges, suggestions
from pytake.contacts.types import IdentityKind, IdentitySource, MergeReason, SuggestionState
from pytake.conversations import free_entry, joining
from pytake.kit.errors import NotFound
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.merging.errors import AlreadyMerged, GroupIsNobody, SameContact

Json = dict[str, Any]


async def merge(
    work: Work, kept_id: UUID, gone_id: UUID, reason: MergeReason, *, shows_id: UUID | None = None
) -> UUID:
    """All of one contact becomes the other's; answers the merge, by which it can be undone.

    `shows_id`: whose phone and user id are the person's now; without it, whoever wrote last. Raises NotFound,
    SameContact, AlreadyMerged, GroupIsNobody.
    """
    if kept_id == gone_id:
        raise SameContact
    await merges.take_turn(work)
    talks = await joining.lock(work, [kept_id, gone_id])
    people = await merges.lock(work, [kept_id, gone_id])
    if not {kept_id, gone_id} <= people.keys():
        raise NotFound
    kept, gone = people[kept_id], people[gone_id]
    if kept["deleted_at"] or gone["deleted_at"]:
        raise AlreadyMerged
    if kept["whatsapp_group_id"] or gone["whatsapp_group_id"]:
        raise GroupIsNobody
    shown_id = shows_id or await joining.who_wrote_last(work, talks)
    moved = await _move(work, kept_id, gone_id, list(talks.values()))
    await free_entry.refigure_of(work, [kept_id, gone_id])
    merge_id, after = new_id(), _together(kept, gone, shows_gone=shown_id == gone_id)
    moved["own_identities"] = await _known_by(work, kept_id)
    moved["identities"] = await _known_by(work, gone_id)
    await merges.hide(work, gone_id, kept_id)
    await merges.give_identities(work, gone_id, kept_id)
    await merges.set_fields(work, kept_id, after)
    await merges.insert(
        work,
        {
            "id": merge_id,
            "kept_id": kept_id,
            "gone_id": gone_id,
            "reason": reason.value,
            "before": {name: kept[name] for name in merges.FIELDS},
            "after": after,
            "moved": moved,
        },
    )
    await suggestions.decide(work, kept_id, gone_id, SuggestionState.ACCEPTED)
    await suggestions.pass_on(work, gone_id, kept_id)
    work.publish("contact.merged", {"contact_id": kept_id, "gone_id": gone_id, "merge_id": merge_id})
    work.publish("contact.updated", {"contact_id": kept_id})
    work.audit(
        "contact.merged", kept_id, after={"gone_id": gone_id, "reason": reason.value, "merge_id": merge_id}
    )
    return merge_id


async def merge_proven(work: Work) -> bool:
    """The oldest of what WhatsApp has proven. False when there is none."""
    await merges.take_turn(work)
    found = await suggestions.proven(work, 1)
    if not found:
        return False
    (suggestion,) = found
    pair = [suggestion["one_id"], suggestion["other_id"]]
    living = await merges.living(work, pair)
    if len(living) < len(pair):
        await suggestions.decide(work, pair[0], pair[1], SuggestionState.DISMISSED)
        return True
    await merge_suggested(work, living[0], living[1], suggestion)
    return True


async def merge_suggested(work: Work, kept_id: UUID, gone_id: UUID, suggestion: Mapping[str, Any]) -> UUID:
    """With what the change that gave rise to it says about who they are now."""
    reason = MergeReason(suggestion["reason"])
    merge_id = await merge(work, kept_id, gone_id, reason, shows_id=suggestion["shows_id"])
    await _give_up(work, kept_id, suggestion["given_up"], suggestion["told_at"], reason)
    return merge_id


async def _give_up(
    work: Work, kept_id: UUID, given_up: Sequence[Sequence[str]], at: datetime, reason: MergeReason
) -> None:
    source = (
        IdentitySource.USER_ID_CHANGE
        if reason is MergeReason.USER_ID_CHANGE
        else IdentitySource.NUMBER_CHANGE
    )
    left = [(IdentityKind(kind), value) for kind, value in given_up]
    if left:
        await identities.give_up(work, kept_id, left, at, source)


async def _move(work: Work, kept_id: UUID, gone_id: UUID, talks: Sequence[Json]) -> Json:
    """Conversations as they are; of two live ones on a number the other's messages go into the kept one's."""
    live = {talk["whatsapp_number_id"]: talk for talk in talks if _is_live(talk, kept_id)}
    joined: list[Json] = []
    whole: list[UUID] = []
    for talk in talks:
        if talk["contact_id"] != str(gone_id):
            continue
        target = live.get(talk["whatsapp_number_id"]) if _is_live(talk, gone_id) else None
        if target is None:
            whole.append(UUID(talk["id"]))
        else:
            joined.append(await _join(work, talk, target, kept_id))
    await joining.give(work, whole, kept_id)
    await runs.give(work, whole, kept_id)
    for conversation_id in whole:
        work.publish("conversation.updated", {"conversation_id": conversation_id})
    return {
        "conversations": [str(conversation_id) for conversation_id in whole],
        "joined": joined,
        "recipients": await recipients.give(work, gone_id, kept_id),
    }


def _is_live(talk: Json, contact_id: UUID) -> bool:
    return talk["contact_id"] == str(contact_id) and talk["status"] not in joining.OVER


async def _join(work: Work, talk: Json, target: Json, contact_id: UUID) -> Json:
    source_id, target_id = UUID(talk["id"]), UUID(target["id"])
    said = [(row["id"], row["created_at"]) for row in await joining.said_in(work, [source_id])]
    after = await joining.take_over(work, target_id, talk)
    await joining.put_away(work, source_id, contact_id)
    await joining.carry(work, said, target_id, contact_id)
    carried = await runs.carry(work, source_id, target_id, contact_id)
    await runs.show(work, [source_id, target_id])
    await joining.recount(work, [target_id])
    work.publish("conversation.joined", {"conversation_id": source_id, "into_id": target_id})
    work.publish("conversation.updated", {"conversation_id": target_id})
    return {
        "id": talk["id"],
        "into": target["id"],
        "before": {name: talk[name] for name in ("status", "is_bot_active", "contact_id")},
        "into_before": {name: target[name] for part in joining.TAKEN for name in part},
        "into_after": {name: after[name] for part in joining.TAKEN for name in part},
        "messages": [[str(message_id), created_at.isoformat()] for message_id, created_at in said],
        "runs": carried,
    }


async def _known_by(work: Work, contact_id: UUID) -> list[list[str]]:
    return [[row["kind"], row["value"], row["state"]] for row in await merges.known_by(work, contact_id)]


def _together(kept: Json, gone: Json, *, shows_gone: bool) -> Json:
    first, second = (gone, kept) if shows_gone else (kept, gone)
    consent = max(kept, gone, key=lambda each: max(each["opt_in_date"] or "", each["opt_out_date"] or ""))
    return {
        **{name: first[name] if first[name] is not None else second[name] for name in merges.NAMES},
        "phone": first["phone"] or second["phone"],
        "name": kept["name"] or gone["name"],
        "email": kept["email"] or gone["email"],
        "notes": "\n\n".join(each["notes"] for each in (kept, gone) if each["notes"]) or None,
        "tags": list(dict.fromkeys([*kept["tags"], *gone["tags"]])),
        "attributes": {**gone["attributes"], **kept["attributes"]},
        "is_blocked": kept["is_blocked"] or gone["is_blocked"],
        "opt_in": consent["opt_in"],
        "opt_in_date": consent["opt_in_date"],
        "opt_out_date": consent["opt_out_date"],
        "marketing_source": consent["marketing_source"],
        "last_message_at": max(kept["last_message_at"] or "", gone["last_message_at"] or "") or None,
        "total_messages": kept["total_messages"] + gone["total_messages"],
        "total_conversations": kept["total_conversations"] + gone["total_conversations"],
        "is_merged": True,
    }
