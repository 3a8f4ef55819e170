"""Recognising people: by business-scoped user id, then by phone in any of its spellings."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

from pytake.contacts import identities, repository, suggestions
from pytake.contacts.acquaintances import Acquaintances, contradicts
from pytake.contacts.types import (
    Contact,
    Double,
    Earlier,
    IdentityKind,
    IdentitySource,
    MergeReason,
    spellings,
)
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import Person

Known: TypeAlias = tuple[str | None, str | None]
"""A wa_id and a user id."""


async def recognise(work: Work, people: Sequence[Person], timestamps: Sequence[int] = ()) -> list[Contact]:
    """The contact of each person, in their order; unknown people become contacts.

    `timestamps`, Meta's, tell who wrote from a phone before giving it up from who has it since.

    Equal people give the same object. What is new about known people is noted on the contact and written by
    `write_back`. A contact that somebody else adds at the same moment is found on the second look.
    """
    for _ in range(3):
        found = await _matching(work, people)
        known = Acquaintances(found)
        contacts = [_meet(known, person) for person in people]
        new = _new(contacts)
        if new and (earlier := await _earlier(work, _strangers(people, contacts))):
            known = await _remembering(work, found, earlier)
            moments = [_moment(seconds) for seconds in timestamps] or [None] * len(people)
            contacts = [_meet(known, person, at) for person, at in zip(people, moments, strict=True)]
            new = _new(contacts)
        if not new or len(await repository.insert(work, new)) == len(new):
            for contact in new:
                work.publish("contact.created", {"contact_id": contact.id})
            if known.twins or known.doubles:
                await suggestions.note(work, [*known.twins, *known.doubles], work.now)
            return contacts
    raise RuntimeError("contacts appear and vanish faster than they can be read")


async def by_ids(work: Work, contact_ids: Collection[UUID]) -> dict[UUID, Contact]:
    return {contact.id: contact for contact in await repository.by_ids(work, list(contact_ids))}


async def write_back(work: Work, contacts: Sequence[Contact]) -> None:
    """Store what this transaction learnt about the contacts, each once."""
    changed = {
        contact.id: contact
        for contact in contacts
        if contact.is_changed or contact.messages or contact.conversations
    }
    if changed:
        await repository.write_back(work, list(changed.values()))
    for contact in changed.values():
        if contact.is_changed and not contact.is_new:
            work.publish("contact.updated", {"contact_id": contact.id})


async def count_message(work: Work, contact_id: UUID) -> None:
    """Add a message of ours to the contact's counters. The conversation must be locked already."""
    await repository.count_message(work, contact_id)


async def change_identity(work: Work, before: Person, after: Person, at: datetime) -> None:
    """Meta said that a person has another phone or user id since `at`; the contact stays the same.

    Somebody who was known as neither becomes a contact, or what Meta said would be forgotten.
    """
    people = [before, after]
    earlier = await _earlier(work, people)
    if any(each.value == before.wa_id and each.last_seen_at == at for each in earlier):
        return  # heard before
    known = await _remembering(work, await _matching(work, people), earlier)
    contact = known.find(before, at) or known.find(after, at)
    if contact is None:
        (contact,) = await recognise(work, [after])
    was = contact.whatsapp_id, contact.whatsapp_user_id
    _learn(known, contact, after, at)
    await write_back(work, [contact])
    source = IdentitySource.USER_ID_CHANGE if after.user_id else IdentitySource.NUMBER_CHANGE
    await identities.told_by(work, [contact.id], source)
    gone = _given_up(contact, (before.wa_id, before.user_id), was, after)
    if gone:
        await identities.give_up(work, contact.id, gone, at, source)
    if contact.is_merged:
        await identities.tell_together(work, contact.id, before, after)
    doubles = _doubles_of_change(known, contact, before, after, at)
    await suggestions.note(work, [*known.twins, *doubles], at)


def _doubles_of_change(
    known: Acquaintances, contact: Contact, before: Person, after: Person, at: datetime
) -> list[Double]:
    """Who else is known by what the person has now: by the user id surely the same, by a phone perhaps."""
    by_user_id = known.holder_of_user_id(after.user_id)
    by_wa_id = known.holder_of_wa_id(after.wa_id, at)
    gone = tuple(_left_behind(contact, before, after))
    doubles: list[Double] = []
    if by_user_id is not None and by_user_id is not contact:
        doubles.append(Double(by_user_id, contact, MergeReason.USER_ID_CHANGE, is_proven=True, given_up=gone))
    if by_wa_id is not None and by_wa_id is not contact and by_wa_id is not by_user_id:
        proven = not contradicts(by_wa_id, Person(user_id=after.user_id or contact.whatsapp_user_id))
        doubles.append(Double(by_wa_id, contact, MergeReason.NUMBER_CHANGE, is_proven=proven, given_up=gone))
    return doubles


def _left_behind(contact: Contact, before: Person, after: Person) -> Iterator[tuple[IdentityKind, str]]:
    """What the person gives up once the contact and the one known by what is new are one."""
    if before.wa_id and after.wa_id and before.wa_id != after.wa_id:
        yield IdentityKind.WA_ID, before.wa_id
    if after.user_id:
        was = None if contact.is_merged else contact.whatsapp_user_id
        for user_id in {before.user_id, was} - {after.user_id, None}:
            yield IdentityKind.USER_ID, str(user_id)


def _given_up(contact: Contact, before: Known, was: Known, after: Person) -> list[tuple[IdentityKind, str]]:
    """What is not the contact's any more. Of what Meta did not name, nothing.

    Nor what a merged contact was known by: it may be the other one's.
    """
    (wa_before, user_before), (wa_was, user_was) = before, before if contact.is_merged else was
    phones = {wa_before, wa_was} - {after.wa_id, contact.whatsapp_id, None} if after.wa_id else set()
    user_ids = {user_before, user_was} - {after.user_id, contact.whatsapp_user_id, None}
    return [
        *((IdentityKind.WA_ID, phone) for phone in sorted(filter(None, phones))),
        *((IdentityKind.USER_ID, user) for user in sorted(filter(None, user_ids if after.user_id else ()))),
    ]


async def learn_wa_ids(work: Work, wa_ids: Mapping[UUID, str]) -> None:
    """Meta answered a send with another wa_id than was dialled; statuses and replies will carry that one."""
    await repository.learn_wa_ids(work, wa_ids)


async def set_marketing_consent(
    work: Work, contact_ids: Sequence[UUID], at: datetime, source: str, *, opted_in: bool
) -> None:
    """Record that people stopped or resumed marketing messages, at that moment, and who told."""
    changed = await repository.set_marketing_consent(work, contact_ids, at, source, opted_in=opted_in)
    for contact_id in changed:
        work.publish("contact.updated", {"contact_id": contact_id})


async def _matching(work: Work, people: Sequence[Person]) -> list[Contact]:
    """Everybody these people may turn out to be, in one or two questions.

    Whoever is found by user id under the phone they show is settled: no phone has to be asked for.
    """
    user_ids = {person.user_id for person in people if person.user_id}
    by_user_id = await repository.matching(work, list(user_ids), []) if user_ids else []
    found = {contact.id: contact for contact in by_user_id}
    shown = {contact.whatsapp_user_id: contact.whatsapp_id for contact in found.values()}
    wa_ids = {
        spelling
        for person in people
        if person.wa_id and (not person.user_id or shown.get(person.user_id) != person.wa_id)
        for spelling in spellings(person.wa_id)
    }
    if wa_ids:
        for contact in await repository.matching(work, [], list(wa_ids)):
            found.setdefault(contact.id, contact)
    return list(found.values())


def _new(contacts: Sequence[Contact]) -> list[Contact]:
    return list({contact.id: contact for contact in contacts if contact.is_new}.values())


def _strangers(people: Sequence[Person], contacts: Sequence[Contact]) -> list[Person]:
    return [person for person, contact in zip(people, contacts, strict=True) if contact.is_new]


async def _earlier(work: Work, people: Sequence[Person]) -> list[Earlier]:
    user_ids = {person.user_id for person in people if person.user_id}
    phones = {spelling for person in people if person.wa_id for spelling in spellings(person.wa_id)}
    return await identities.earlier(work, user_ids, phones)


async def _remembering(work: Work, contacts: Sequence[Contact], earlier: Sequence[Earlier]) -> Acquaintances:
    by_id = {contact.id: contact for contact in contacts}
    known = Acquaintances(list(by_id.values()))
    if missing := {each.contact_id for each in earlier} - by_id.keys():
        for contact in await repository.by_ids(work, list(missing)):
            by_id[contact.id] = contact
            known.add(contact)
    known.remember(earlier, by_id)
    return known


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _meet(known: Acquaintances, person: Person, at: datetime | None = None) -> Contact:
    contact = known.find(person, at)
    if contact is None:
        contact = Contact(
            new_id(),
            person.wa_id,
            person.user_id,
            whatsapp_name=person.profile_name,
            whatsapp_username=person.username,
            parent_user_id=person.parent_user_id,
            identity_key=person.identity_key_hash,
            phone=f"+{person.wa_id}" if person.wa_id else None,
            is_new=True,
        )
    else:
        _learn(known, contact, person, at)
    known.add(contact)
    return contact


def _learn(known: Acquaintances, contact: Contact, person: Person, at: datetime | None) -> None:
    """Keep what the person shows now and the contact did not have; a missing detail erases nothing.

    An identifier that another contact holds stays there; and what is from before a change fills gaps only.
    """
    late = known.is_late(contact, person, at)
    if known.takes(contact, person.user_id, contact.whatsapp_user_id, known.by_user_id, late=late):
        contact.whatsapp_user_id, contact.is_changed = person.user_id, True
    if known.takes(contact, person.wa_id, contact.whatsapp_id, known.by_wa_id, late=late):
        contact.move_to(str(person.wa_id))
    elif person.wa_id != contact.whatsapp_id and not late:
        known.note_double(contact, person)
    known.note_twin(contact)
    if person.profile_name and person.profile_name != contact.whatsapp_name:
        contact.whatsapp_name, contact.is_changed = person.profile_name, True
    if person.username and person.username != contact.whatsapp_username:
        contact.whatsapp_username, contact.is_changed = person.username, True
    if person.parent_user_id and person.parent_user_id != contact.parent_user_id:
        contact.parent_user_id, contact.is_changed = person.parent_user_id, True
    if person.identity_key_hash and person.identity_key_hash != contact.identity_key:
        contact.identity_key, contact.is_changed = person.identity_key_hash, True
