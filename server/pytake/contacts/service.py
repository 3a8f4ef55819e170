"""Recognising people: by business-scoped user id, then by phone in any of its spellings."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from pytake.contacts import repository
from pytake.contacts.types import Contact, spellings
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import Person


class Acquaintances:
    """The contacts a batch of people may turn out to be, found again by any identifier."""

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self.by_user_id: dict[str, Contact] = {}
        self.by_wa_id: dict[str, Contact] = {}
        for contact in contacts:
            self.add(contact)

    def add(self, contact: Contact) -> None:
        if contact.whatsapp_user_id:
            self.by_user_id.setdefault(contact.whatsapp_user_id, contact)
        if contact.whatsapp_id:
            self.by_wa_id.setdefault(contact.whatsapp_id, contact)

    def find(self, person: Person) -> Contact | None:
        """The user id decides, then the exact phone, then another spelling that contradicts no user id."""
        if person.user_id and (contact := self.by_user_id.get(person.user_id)):
            return contact
        if not person.wa_id:
            return None
        exact, *others = spellings(person.wa_id)
        if contact := self.by_wa_id.get(exact):
            return contact
        for spelling in others:
            contact = self.by_wa_id.get(spelling)
            if contact and (not person.user_id or contact.whatsapp_user_id in (None, person.user_id)):
                return contact
        return None


async def recognise(work: Work, people: Sequence[Person]) -> list[Contact]:
    """The contact of each person, in their order; unknown people become contacts.

    Equal people give the same object. What is new about known people is noted on the contact and written by
    `write_back`. A contact that somebody else adds at the same moment is found on the second look.
    """
    for _ in range(3):
        known = Acquaintances(await _matching(work, people))
        contacts = [_meet(known, person) for person in people]
        new = list({contact.id: contact for contact in contacts if contact.is_new}.values())
        if not new or len(await repository.insert(work, new)) == len(new):
            for contact in new:
                work.publish("contact.created", {"contact_id": contact.id})
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


async def change_identity(work: Work, before: Person, after: Person) -> None:
    """Meta said that a person has another phone or user id; the contact stays the same.

    Nothing happens when nobody was known as `before`, or when another contact is known as `after` already.
    """
    known = Acquaintances(await _matching(work, [before, after]))
    contact = known.find(before)
    if contact is not None:
        _learn(known, contact, after)
        await write_back(work, [contact])


async def learn_wa_ids(work: Work, wa_ids: Mapping[UUID, str]) -> None:
    """Meta answered a send with another wa_id than was dialled; statuses and replies will carry that one."""
    await repository.learn_wa_ids(work, wa_ids)


async def set_marketing_consent(work: Work, contact_ids: Sequence[UUID], *, opted_in: bool) -> None:
    """Record that people stopped or resumed marketing messages."""
    await repository.set_marketing_consent(work, contact_ids, opted_in=opted_in)


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


def _meet(known: Acquaintances, person: Person) -> Contact:
    contact = known.find(person)
    if contact is None:
        contact = Contact(
            new_id(),
            person.wa_id,
            person.user_id,
            whatsapp_name=person.profile_name,
            whatsapp_username=person.username,
            phone=f"+{person.wa_id}" if person.wa_id else None,
            is_new=True,
        )
    else:
        _learn(known, contact, person)
    known.add(contact)
    return contact


def _learn(known: Acquaintances, contact: Contact, person: Person) -> None:
    """Keep what the person shows now and the contact did not have; a missing detail erases nothing.

    An identifier that another contact holds stays there: joining two contacts is a person's decision.
    """
    if (
        person.user_id
        and person.user_id != contact.whatsapp_user_id
        and person.user_id not in known.by_user_id
    ):
        contact.whatsapp_user_id, contact.is_changed = person.user_id, True
    if person.wa_id and person.wa_id != contact.whatsapp_id and person.wa_id not in known.by_wa_id:
        contact.whatsapp_id, contact.is_changed = person.wa_id, True
    if person.profile_name and person.profile_name != contact.whatsapp_name:
        contact.whatsapp_name, contact.is_changed = person.profile_name, True
    if person.username and person.username != contact.whatsapp_username:
        contact.whatsapp_username, contact.is_changed = person.username, True
