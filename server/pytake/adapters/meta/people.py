"""Who a message is from: the senders listed beside the messages, found by their ids and never by position."""

from typing import Any

from pytake.adapters.meta.lenient import array_of, identifiers_of, object_of, text_of
from pytake.ports.whatsapp import Json, Person


class People:
    """`value.contacts` of one webhook value."""

    def __init__(self, contacts: Any) -> None:
        self._by_wa_id: dict[str, Person] = {}
        self._by_user_id: dict[str, Person] = {}
        for contact in array_of(contacts):
            if isinstance(contact, dict):
                self._add(_person_of(contact))

    def _add(self, person: Person) -> None:
        if person.wa_id:
            self._by_wa_id.setdefault(person.wa_id, person)
        if person.user_id:
            self._by_user_id.setdefault(person.user_id, person)

    def recognise(self, phone: Any, user_id: Any, parent_user_id: Any = None) -> Person:
        """The person behind a message's own ids, with what its contact adds.

        The phone is the message's or none: it is withheld on purpose when Meta leaves it out.
        """
        wa_id, user = identifiers_of(phone, user_id)
        parent = text_of(parent_user_id)
        known = self._by_wa_id.get(wa_id or "") or self._by_user_id.get(user or "")
        if known is None:
            return Person(wa_id, user, parent)
        return Person(
            wa_id,
            user or known.user_id,
            parent or known.parent_user_id,
            known.username,
            known.profile_name,
            known.identity_key_hash,
        )


def _person_of(contact: Json) -> Person:
    profile = object_of(contact.get("profile"))
    wa_id, user_id = identifiers_of(contact.get("wa_id"), contact.get("user_id"))
    return Person(
        wa_id,
        user_id,
        text_of(contact.get("parent_user_id")),
        text_of(profile.get("username")),
        text_of(profile.get("name")),
        text_of(contact.get("identity_key_hash")),
    )
