"""Applying what arrived, as sets: numbers, people, conversations, messages, bots, statuses, in that order."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pytake.chatbots.service.stage import Played, Stage
from pytake.contacts import groups
from pytake.contacts import service as contacts
from pytake.contacts.types import Contact
from pytake.conversations import free_entry
from pytake.conversations.marks import target_of
from pytake.conversations.pipeline import NewMessage, meta_time
from pytake.conversations.service import changes, receive, say, settle
from pytake.conversations.service.send import HandOver
from pytake.inbound import jobs, repository
from pytake.inbound.repository import Leftover
from pytake.inbound.sheets import BREATH, Pen, in_sheets
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import (
    AccountChanged,
    Broken,
    Item,
    MessageArrived,
    Person,
    PreferenceChanged,
    StatusChanged,
    SystemErrors,
    UserIdChanged,
)
from pytake.whatsapp import service as whatsapp
from pytake.whatsapp.numbers import news
from pytake.whatsapp.templates.service import news as templates


@dataclass(frozen=True, slots=True)
class Arrived:
    """An item with where it came from, so that it can be put aside as a delivery of its own."""

    channel_id: UUID
    item: Item
    alone: Callable[[], bytes]
    """The bytes of a delivery that holds this item only."""
    fills: int | None = None
    """The delivery that holds nothing else."""

    def aside(self, reason: str, waiting_for: str | None = None) -> Leftover:
        body = b"" if self.fills is not None else self.alone()
        return Leftover(self.channel_id, body, reason[:500], waiting_for, stays=self.fills)


@dataclass(slots=True)
class Leftovers:
    """What could not be applied: never by itself (`parked`), not yet (`waiting`), or apart (`again`)."""

    parked: list[Leftover] = field(default_factory=list)
    waiting: list[Leftover] = field(default_factory=list)
    again: list[Leftover] = field(default_factory=list)

    def __iadd__(self, other: Self) -> Self:
        self.parked += other.parked
        self.waiting += other.waiting
        self.again += other.again
        return self


Messages = list[tuple[UUID, MessageArrived]]
"""With the number (ours) they arrived at."""

Fresh = list[tuple[UUID, UUID, MessageArrived]]
"""Never received before: the new id, the number, the message."""


async def apply(work: Work, arrived: Sequence[Arrived], hand_over: HandOver | None = None) -> Leftovers:
    """Apply the items and answer what is left over. Everything happens in the caller's transaction."""
    left = Leftovers()
    numbers = await _numbers(work, arrived)
    for stretch in _stretches(arrived):
        left += await _apply_stretch(work, stretch, numbers, hand_over)
    return left


def _stretches(arrived: Sequence[Arrived]) -> Iterator[Sequence[Arrived]]:
    """Cut behind every change of identity: who comes after it is recognised by the new one."""
    begin = 0
    for place, item in enumerate(arrived):
        if _identity_change(item.item) is not None:
            yield arrived[begin : place + 1]
            begin = place + 1
    yield arrived[begin:]


async def _numbers(work: Work, arrived: Sequence[Arrived]) -> dict[str, UUID]:
    asked = {number for item in arrived if (number := getattr(item.item, "phone_number_id", None))}
    if not asked:
        return {}
    return {key: number.id for key, number in (await whatsapp.numbers(work, asked)).items()}


async def _apply_stretch(
    work: Work, stretch: Sequence[Arrived], numbers: dict[str, UUID], hand_over: HandOver | None
) -> Leftovers:
    left = Leftovers()
    messages: Messages = []
    statuses: list[tuple[UUID, Arrived]] = []
    changes: list[Item] = []
    """What may say that somebody is somebody else now."""
    for arrived in stretch:
        item = arrived.item
        if reason := _why_not(item, numbers):
            left.parked.append(arrived.aside(reason))
            continue
        match item:
            case MessageArrived():
                messages.append((numbers[item.phone_number_id], item))
            case StatusChanged():
                statuses.append((numbers[item.phone_number_id], arrived))
            case UserIdChanged():
                changes.append(item)
            case PreferenceChanged():
                await _apply_preference(work, item)
            case AccountChanged() | SystemErrors():
                await _hear_of_the_account(work, item)
    await templates.apply(work, [each.item for each in stretch if isinstance(each.item, AccountChanged)])
    if messages:
        changes += await _apply_messages(work, messages, hand_over)
    if statuses:
        left.waiting += await _apply_statuses(work, statuses)
    for item in changes:
        if change := _identity_change(item):
            await contacts.change_identity(work, *change, _told_at(work, item))
    return left


def _why_not(item: Item, numbers: dict[str, UUID]) -> str | None:
    """Why an item cannot be applied and is parked instead."""
    match item:
        case Broken(reason=reason):
            return reason
        case SystemErrors() | AccountChanged():
            return None
        case MessageArrived(group_id=None, person=Person(wa_id=None, user_id=None)):
            return "a message from nobody: neither a phone nor a user id"
        case _ if item.phone_number_id not in numbers:
            return f"no number of this organization has the phone number id {item.phone_number_id}"
    return None


# --- messages -------------------------------------------------------------------------------------------


async def _apply_messages(work: Work, messages: Messages, hand_over: HandOver | None) -> list[MessageArrived]:
    """Answers those that were never received before."""
    fresh, awaited = await _fresh(work, messages)
    if not fresh:
        return []
    people = await _whose(work, [message for _, _, message in fresh])
    talks = await receive.talks(
        work,
        [
            (contact.id, number_id, _spoken_of(message))
            for contact, (_, number_id, message) in zip(people, fresh, strict=True)
        ],
    )
    stage = await Stage.open(work, list({talk.id: talk for talk in talks}.values()))
    async with Pen() as pen:
        for sheet in in_sheets([contact.id for contact in people]):
            there = {people[place].id: people[place] for place in sheet}
            written: list[NewMessage] = []
            for turn, place in enumerate(sheet):
                if turn % BREATH == 0:
                    await asyncio.sleep(0)
                contact, (message_id, _, message) = people[place], fresh[place]
                conversation = talks[place]
                note = receive.overhear if message.echo else receive.receive
                written.append(note(work, conversation, message_id, message))
                if contact.is_merged:
                    written[-1].metadata |= _author(message.person)
                written += stage.hear(conversation, contact, message, message_id)
            await pen.write(_write_down(work, written, list(there.values()), stage.played(), hand_over))
    await changes.catch_up(work, _speaking_of_others(fresh), awaited)
    if entered := _came_by_advertisement(people, fresh):
        await free_entry.refigure(work, entered)
    await _wake_what_waited(work, fresh)
    return [message for _, _, message in fresh]


def _author(person: Person) -> dict[str, str]:
    """Of somebody who was two contacts, and may be again: by what they wrote this time."""
    shown = {"from": person.wa_id, "from_user_id": person.user_id}
    return {key: name for key, name in shown.items() if name}


async def _whose(work: Work, messages: Sequence[MessageArrived]) -> list[Contact]:
    """The contact each message belongs to: the person, or the group they wrote in."""
    persons = [message for message in messages if message.group_id is None]
    known = iter(
        await contacts.recognise(
            work, [message.person for message in persons], [message.timestamp for message in persons]
        )
    )
    ids = {message.group_id for message in messages if message.group_id is not None}
    met = await groups.meet(work, ids) if ids else {}
    return [met[message.group_id] if message.group_id else next(known) for message in messages]


async def _write_down(
    work: Work,
    written: Sequence[NewMessage],
    people: Sequence[Contact],
    played: Played,
    hand_over: HandOver | None,
) -> None:
    _count(work, people, written)
    conversations = {message.conversation.id: message.conversation for message in written}
    await say.write(work, written, list(conversations.values()), hand_over)
    await played.write(work)
    await contacts.write_back(work, people)


def _count(work: Work, people: Sequence[Contact], written: Sequence[NewMessage]) -> None:
    """Add to the contacts' stored counters, in the transaction that makes the counted fact true."""
    by_id = {contact.id: contact for contact in people}
    for message in written:
        contact = by_id[message.conversation.contact_id]
        contact.messages += 1
        contact.last_message_at = work.now
    for conversation in {m.conversation.id: m.conversation for m in written}.values():
        by_id[conversation.contact_id].conversations += conversation.is_new


async def _wake_what_waited(work: Work, fresh: Fresh) -> None:
    """Statuses of messages written on the phone may come before the messages."""
    wamids = [message.wamid for _, _, message in fresh if message.echo]
    if wamids and await repository.wake(work, wamids):
        work.enqueue(jobs.drain(work.organization_id))


async def _fresh(work: Work, messages: Messages) -> tuple[Fresh, list[changes.Key]]:
    """Those never received before; the same message twice in the batch counts once. And which are awaited."""
    named = [(new_id(), number_id, message) for number_id, message in messages]
    first = await receive.first_seen(
        work, [(number_id, message.dedupe_key, message_id) for message_id, number_id, message in named]
    )
    awaited = [(number_id, message.wamid) for id_, number_id, message in named if first.get(id_)]
    return [entry for entry in named if entry[0] in first], awaited


def _came_by_advertisement(people: Sequence[Contact], fresh: Fresh) -> list[free_entry.Pair]:
    return [
        (contact.id, number_id)
        for contact, (_, number_id, message) in zip(people, fresh, strict=True)
        if message.referral and not message.echo and message.group_id is None
    ]


def _speaking_of_others(fresh: Fresh) -> list[changes.Written]:
    return [
        changes.Written(number_id, target, message_id)
        for message_id, number_id, message in fresh
        if (target := _spoken_of(message))
    ]


def _spoken_of(message: MessageArrived) -> str | None:
    return target_of(message.stored_type, message.content)


# --- the rest -------------------------------------------------------------------------------------------


async def _apply_statuses(work: Work, statuses: Sequence[tuple[UUID, Arrived]]) -> list[Leftover]:
    """Settle messages; a status of a message nobody knows yet waits for it."""
    pairs = [
        (number_id, arrived.item)
        for number_id, arrived in statuses
        if isinstance(arrived.item, StatusChanged)
    ]
    strangers = {id(status) for _, status in await settle.apply_statuses(work, pairs)}
    return [
        arrived.aside("the message it speaks of is not known yet", waiting_for=arrived.item.wamid)
        for _, arrived in statuses
        if isinstance(arrived.item, StatusChanged) and id(arrived.item) in strangers
    ]


async def _apply_preference(work: Work, change: PreferenceChanged) -> None:
    """Marketing stopped or resumed. A word that is not known is treated as neither."""
    opted_in = {"stop": False, "resume": True}.get(change.value)
    if opted_in is not None and change.person.is_known:
        (contact,) = await contacts.recognise(work, [change.person], [change.timestamp])
        await contacts.set_marketing_consent(
            work, [contact.id], _told_at(work, change), "whatsapp", opted_in=opted_in
        )


def _identity_change(item: Item) -> tuple[Person, Person] | None:
    """Who somebody was and who they are now, when the item says so."""
    match item:
        case UserIdChanged():
            return Person(wa_id=item.wa_id, user_id=item.previous), Person(
                wa_id=item.wa_id, user_id=item.current
            )
        case MessageArrived(type="system", content=content):
            after = Person(
                wa_id=content.get("new_wa_id"),
                user_id=content.get("new_user_id"),
                parent_user_id=content.get("new_parent_user_id"),
            )
            return (item.person, after) if after.is_known else None
    return None


def _told_at(work: Work, item: Item) -> datetime:
    match item:
        case UserIdChanged() | MessageArrived() | PreferenceChanged():
            return meta_time(item.timestamp, work.now)
    return work.now


async def _hear_of_the_account(work: Work, item: AccountChanged | SystemErrors) -> None:
    if isinstance(item, AccountChanged):
        await news.hear(work, item)
    fact: dict[str, Any] = (
        {"field": item.field, "value": item.value, "timestamp": item.timestamp, "key": item.dedupe_key}
        if isinstance(item, AccountChanged)
        else {"field": "errors", "value": {"errors": list(item.errors)}}
    )
    work.publish("account.changed", {"whatsapp_business_account_id": item.waba_id, **fact})
