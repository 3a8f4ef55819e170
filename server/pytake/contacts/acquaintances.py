"""The contacts a batch of people may turn out to be, found again by any identifier."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from pytake.contacts.types import (
    Contact,
    Double,
    Earlier,
    IdentityKind,
    IdentityState,
    MergeReason,
    spellings,
)
from pytake.ports.whatsapp import Person


class Acquaintances:
    def __init__(self, contacts: Sequence[Contact]) -> None:
        self.by_user_id: dict[str, Contact] = {}
        self.by_wa_id: dict[str, Contact] = {}
        self._by_earlier: dict[tuple[bool, str | None], list[tuple[Contact, Earlier]]] = defaultdict(list)
        self.doubles: list[Double] = []
        """Contacts of whom we learn that they are one person."""
        self.twins: list[Double] = []
        """Contacts with two spellings of one phone."""
        for contact in contacts:
            self.add(contact)

    def add(self, contact: Contact) -> None:
        if contact.whatsapp_user_id:
            self.by_user_id.setdefault(contact.whatsapp_user_id, contact)
        if contact.whatsapp_id:
            self.by_wa_id.setdefault(contact.whatsapp_id, contact)

    def remember(self, earlier: Sequence[Earlier], contacts: Mapping[UUID, Contact]) -> None:
        """What these contacts were known by."""
        for known in earlier:
            if contact := contacts.get(known.contact_id):
                self._by_earlier[known.kind is IdentityKind.USER_ID, known.value].append((contact, known))

    def is_late(self, contact: Contact, person: Person, at: datetime | None) -> bool:
        """The person shows what the contact gave up later than that."""
        return bool(self._by_earlier) and any(
            self._gave_up_later(contact, shown, at)
            for shown in ((True, person.user_id), (False, person.wa_id))
        )

    def _gave_up_later(self, contact: Contact, shown: tuple[bool, str | None], at: datetime | None) -> bool:
        return any(
            holder is contact and _is_given_up(known) and (at is None or at < known.last_seen_at)
            for holder, known in self._by_earlier.get(shown, ())
        )

    def takes(
        self,
        contact: Contact,
        value: str | None,
        now: str | None,
        holders: Mapping[str, Contact],
        *,
        late: bool,
    ) -> bool:
        """Whether the contact is known by this from now on, instead of what it is known by `now`."""
        if not value or value == now or value in holders:
            return False
        return not late or (now is None and not self._gave_up(contact, value))

    def _gave_up(self, contact: Contact, value: str) -> bool:
        return any(
            holder is contact and _is_given_up(known)
            for is_user_id in (True, False)
            for holder, known in self._by_earlier.get((is_user_id, value), ())
        )

    def note_double(self, contact: Contact, person: Person) -> None:
        """Found by one thing the person shows, while another contact has the phone they show."""
        holder = self.by_wa_id.get(person.wa_id or "")
        if holder is not None and holder is not contact and holder.whatsapp_id == person.wa_id:
            proven = not contradicts(holder, person)
            self.doubles.append(Double(contact, holder, MergeReason.SAME_PERSON, is_proven=proven))

    def note_twin(self, contact: Contact) -> None:
        """Another contact has another spelling of their phone: the same line, so perhaps the same person."""
        for spelling in spellings(contact.whatsapp_id or "")[1:]:
            twin = self.by_wa_id.get(spelling)
            if twin is None or twin is contact or twin.whatsapp_id != spelling:
                continue
            if not contradicts(twin, Person(user_id=contact.whatsapp_user_id)):
                self.twins.append(Double(contact, twin, MergeReason.SAME_PHONE, is_proven=False))

    def holder_of_user_id(self, user_id: str | None) -> Contact | None:
        """Who is or was known by it: nobody else ever is."""
        if user_id is None:
            return None
        earlier = [contact for contact, _ in self._by_earlier.get((True, user_id), ())]
        return self.by_user_id.get(user_id) or next(iter(earlier), None)

    def holder_of_wa_id(self, wa_id: str | None, at: datetime) -> Contact | None:
        """Who is known by that phone, or gave it up later than that."""
        if holder := self.by_wa_id.get(wa_id or ""):
            return holder
        gave_up = (
            contact
            for contact, known in self._by_earlier.get((False, wa_id), ())
            if _is_given_up(known) and at < known.last_seen_at
        )
        return next(gave_up, None)

    def find(self, person: Person, at: datetime | None = None) -> Contact | None:
        """By user id, then by phone; as they are now, or else as they were once. `at`: when they said so."""
        return self.by_what_is(person) or (self._by_what_was(person, at) if self._by_earlier else None)

    def by_what_is(self, person: Person) -> Contact | None:
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
            if contact and not contradicts(contact, person):
                return contact
        return None

    def _by_what_was(self, person: Person, at: datetime | None) -> Contact | None:
        """A user id is nobody else's ever. A phone is: it must contradict no user id, nor be given up."""
        if person.user_id:
            for contact, _ in self._by_earlier.get((True, person.user_id), ()):
                return contact
        for spelling in spellings(person.wa_id) if person.wa_id else ():
            for contact, known in self._by_earlier.get((False, spelling), ()):
                if contradicts(contact, person):
                    continue
                if not _is_given_up(known) or (at is not None and at < known.last_seen_at):
                    return contact
        return None


def _is_given_up(known: Earlier) -> bool:
    return known.state is IdentityState.GIVEN_UP


def contradicts(contact: Contact, person: Person) -> bool:
    """The two have user ids, and not the same."""
    return None not in (contact.whatsapp_user_id, person.user_id) and (
        contact.whatsapp_user_id != person.user_id
    )
