"""The people with a phone: who can be written to, and how much of them a business may see."""

from dataclasses import asdict, dataclass, field
from typing import Any

from simulator.identifiers import business_scoped_user_id
from simulator.phones import country, spellings

Json = dict[str, Any]


@dataclass(slots=True)
class Person:
    wa_id: str
    """WhatsApp's own spelling of the phone, e.g. without Brazil's ninth digit."""
    user_id: str
    name: str
    username: str | None = None
    hides_phone: bool = False
    """With a username: webhooks then carry the user id only."""
    read_receipts: bool = True
    on_whatsapp: bool = True
    no_marketing_from: list[str] = field(default_factory=list)
    """The accounts (WABA) whose marketing messages they have stopped."""

    @property
    def shares_phone(self) -> bool:
        return not (self.username and self.hides_phone)

    def as_contact(self, *, username: bool = True) -> Json:
        """The `contacts[]` item of a webhook."""
        profile: Json = {"name": self.name}
        if self.username and username:
            profile["username"] = self.username
        contact: Json = {"profile": profile}
        if self.shares_phone:
            contact["wa_id"] = self.wa_id
        contact["user_id"] = self.user_id
        return contact


class People:
    def __init__(self) -> None:
        self.by_wa_id: dict[str, Person] = {}
        self.by_user_id: dict[str, Person] = {}

    def put(self, person: Person) -> None:
        before = self.by_wa_id.get(person.wa_id)
        if before is not None:
            self.by_user_id.pop(before.user_id, None)
        self.by_wa_id[person.wa_id] = person
        self.by_user_id[person.user_id] = person

    def remove(self, person: Person) -> None:
        self.by_wa_id.pop(person.wa_id, None)
        self.by_user_id.pop(person.user_id, None)

    def change(self, person: Person, *, wa_id: str | None = None, user_id: str | None = None) -> None:
        """The same person, found by something else from now on."""
        self.remove(person)
        person.wa_id, person.user_id = wa_id or person.wa_id, user_id or person.user_id
        self.put(person)

    def find(self, wa_id_or_user_id: str) -> Person | None:
        return self.by_wa_id.get(wa_id_or_user_id) or self.by_user_id.get(wa_id_or_user_id)

    def find_by_phone(self, digits: str) -> Person | None:
        for spelling in spellings(digits):
            person = self.by_wa_id.get(spelling)
            if person is not None:
                return person
        return None


def new_person(wa_id: str, name: str | None = None, **rest: Any) -> Person:
    user_id = rest.pop("user_id", None) or business_scoped_user_id(country(wa_id))
    return Person(wa_id=wa_id, user_id=user_id, name=name or f"Cliente {wa_id[-4:]}", **rest)


def as_document(person: Person) -> Json:
    return asdict(person)
