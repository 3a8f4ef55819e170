"""Telling two contacts apart again that were merged.

What came from whom is in the merge. What was said since goes to the one it was addressed by: a customer's
message names the phone or user id it came from, and an answer goes with the message before it.

A phone that somebody else has got meanwhile stays theirs: whoever had it keeps it as words only.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.campaigns import moving as recipients
from pytake.chatbots import moving as runs
from pytake.contacts import merges, suggestions
from pytake.contacts.types import SuggestionState
from pytake.conversations import free_entry, joining
from pytake.kit.errors import NotFound
from pytake.kit.work import Work
from pytake.merging.errors import AlreadyMerged, LaterMergeStands, MergeUndone
from pytake.merging.service.whose import Apart, Told, Whose, apart

Json = dict[str, Any]


async def unmerge(work: Work, merge_id: UUID) -> Json:
    """Answers the two contacts. Raises NotFound, MergeUndone, LaterMergeStands, AlreadyMerged."""
    await merges.take_turn(work)
    found = await merges.find(work, merge_id)
    if found is None:
        raise NotFound
    kept_id, gone_id, moved = found["kept_id"], found["gone_id"], found["moved"]
    if found["undone_at"]:
        raise MergeUndone
    if (await merges.standing(work, kept_id))[0]["id"] != merge_id:
        raise LaterMergeStands
    talks = await joining.lock(work, [kept_id, gone_id])
    people = await merges.lock(work, [kept_id, gone_id])
    if people[kept_id]["deleted_at"]:
        raise AlreadyMerged
    since = await joining.said_in(work, talks, found["merged_at"])
    await _bring_back(work, moved, gone_id)
    known = await merges.known_by(work, kept_id)
    whose = Whose(moved, since, _told(known, found["merged_at"]))
    strays = whose.owners(since, {True: gone_id, False: kept_id})
    opened = await _settle(work, strays, await joining.lock(work, [kept_id, gone_id]))
    touched = {UUID(each[name]) for each in moved["joined"] for name in ("id", "into")}
    touched |= {row["conversation_id"] for row, _ in strays} | set(talks) | opened
    await joining.recount(work, touched)
    await runs.show(work, touched)
    await free_entry.refigure_of(work, [kept_id, gone_id])
    said = sum(owner == gone_id for _, owner in strays)
    names = apart(found, people[gone_id], known, whose)
    await _bring_people_back(work, found, people[kept_id], people[gone_id], names, said, len(opened))
    await merges.mark_undone(work, merge_id)
    await suggestions.decide(work, kept_id, gone_id, SuggestionState.DISMISSED)
    for conversation_id in sorted(touched):
        work.publish("conversation.updated", {"conversation_id": conversation_id})
    work.publish("contact.unmerged", {"contact_id": kept_id, "gone_id": gone_id, "merge_id": merge_id})
    work.publish("contact.updated", {"contact_id": kept_id})
    work.audit("contact.unmerged", kept_id, before={"gone_id": gone_id, "merge_id": merge_id})
    return {"contact_id": kept_id, "other_id": gone_id}


async def _bring_back(work: Work, moved: Mapping[str, Any], gone_id: UUID) -> None:
    whole = [UUID(each) for each in moved["conversations"]]
    await joining.give(work, whole, gone_id)
    await runs.give(work, whole, gone_id)
    await recipients.take_back(work, moved["recipients"], gone_id)
    for each in moved["joined"]:
        conversation_id = UUID(each["id"])
        messages = [
            (UUID(message_id), datetime.fromisoformat(created_at))
            for message_id, created_at in each["messages"]
        ]
        await joining.restore(work, conversation_id, each["before"])
        await joining.carry(work, messages, conversation_id, gone_id)
        await runs.carry_back(work, each["runs"], conversation_id, gone_id)
        if "into_after" in each:  # merges of before it was kept have none
            await joining.give_back(work, UUID(each["into"]), each["into_before"], each["into_after"])


def _told(known: Sequence[Any], since: datetime) -> list[Told]:
    return [
        Told(row["told_at"], [*row["told_with"], row["value"]])
        for row in known
        if row["told_at"] and row["told_at"] >= since
    ]


async def _settle(work: Work, strays: Sequence[tuple[Any, UUID]], talks: Mapping[UUID, Json]) -> set[UUID]:
    """Everybody's messages into a conversation of their own. Answers those that were opened for it."""
    homeless: dict[tuple[UUID, UUID], list[tuple[UUID, datetime]]] = defaultdict(list)
    for row, owner in strays:
        if talks[row["conversation_id"]]["contact_id"] != str(owner):
            homeless[owner, row["whatsapp_number_id"]].append((row["id"], row["created_at"]))
    opened: set[UUID] = set()
    for (owner, number_id), messages in homeless.items():
        home = _home(talks, owner, number_id)
        if home is None:
            home = await joining.open_one(work, owner, number_id)
            opened.add(home)
        await joining.carry(work, messages, home, owner)
    return opened


def _home(talks: Mapping[UUID, Json], owner: UUID, number_id: UUID) -> UUID | None:
    """The live conversation with them; else they need a new one."""
    return next(
        (
            conversation_id
            for conversation_id, talk in talks.items()
            if talk["contact_id"] == str(owner)
            and talk["whatsapp_number_id"] == str(number_id)
            and talk["status"] not in joining.OVER
        ),
        None,
    )


async def _bring_people_back(
    work: Work, merge: Mapping[str, Any], kept: Json, gone: Json, names: Apart, said: int, opened: int
) -> None:
    kept_id, gone_id, before = merge["kept_id"], merge["gone_id"], merge["before"]
    phones = {phone for phone, _ in (names.kept_now, names.gone_now) if phone}
    taken = await merges.held_by_others(work, [kept_id, gone_id], phones)
    fields = _apart(kept, before, merge["after"], {value for _, value in names.theirs})
    (wa_id, user_id), (their_wa_id, their_user_id) = names.kept_now, names.gone_now
    fields |= {"whatsapp_id": None if wa_id in taken else wa_id, "whatsapp_user_id": user_id}
    if wa_id and fields.get("phone", kept["phone"]) == f"+{before['whatsapp_id']}":
        fields["phone"] = f"+{wa_id}"
    fields["total_messages"] = kept["total_messages"] - gone["total_messages"] - said
    fields["total_conversations"] = kept["total_conversations"] - gone["total_conversations"]
    fields["is_merged"] = before["is_merged"]
    await merges.set_fields(work, kept_id, fields)
    await merges.take_identities_back(work, gone_id, kept_id, names.theirs, names.own)
    known_by = (None if their_wa_id in taken else their_wa_id, their_user_id)
    await merges.show_again(work, gone_id, known_by, said, opened)
    await merges.leave_given_up(work, kept_id, names.kept_gave_up)
    await merges.leave_given_up(work, gone_id, names.gone_gave_up)


def _apart(now: Json, before: Json, after: Json, theirs: set[str]) -> Json:
    """What the merge changed and nobody has changed since is as it was; the rest stays as it is.

    What the other one was known by goes with them, also if it came to the fore since.
    """
    fields = {name: before[name] for name in merges.FIELDS if now[name] == after[name]}
    for name in (*merges.NAMES, "phone"):
        if str(now[name]).removeprefix("+") in theirs:
            fields[name] = before[name]
    came = set(after["tags"]) - set(before["tags"])
    fields["tags"] = [tag for tag in now["tags"] if tag not in came]
    fields["attributes"] = {
        key: value
        for key, value in now["attributes"].items()
        if key in before["attributes"] or after["attributes"].get(key) != value
    }
    return fields
