"""What a customer is known by, and how it changes: another number, another user id, a username.

Also what they want to be sent. Every account that has a chat with them is told, as Meta tells it.
"""

from typing import Any, Literal

from simulator.accounts import Number
from simulator.identifiers import business_scoped_user_id, inbound_wamid
from simulator.people import Person
from simulator.phones import country, only_digits
from simulator.webhooks.updates import Update, number_value
from simulator.world import World

Json = dict[str, Any]
ToldBy = Literal["field", "message", "nobody"]


class IdentityError(ValueError):
    """Nobody can be known by that, or somebody else is."""


class Identities:
    def __init__(self, world: World) -> None:
        self._world = world

    def changes_number(
        self,
        person: Person,
        phone: str,
        *,
        user_id: str | None = None,
        keeps_user_id: bool = False,
        told: bool = True,
    ) -> None:
        """Move to another phone, with the chats. Meta gives another user id with it, and tells of both."""
        wa_id, before = self._free_number(person, phone), _as_shown(person)
        old = person.wa_id
        self._world.move_person(person, wa_id)
        self._note(person, "number", old, wa_id)
        if told and person.shares_phone:
            body = f"User {person.name} changed from {old} to {wa_id}"
            self._say(person, before, {"body": body, "wa_id": wa_id, "type": "user_changed_number"})
        if not keeps_user_id:
            self.changes_user_id(person, user_id, told_by="field" if told else "nobody")

    def changes_user_id(
        self, person: Person, user_id: str | None = None, *, told_by: ToldBy = "field"
    ) -> None:
        """Meta knows the person by another id; without one it makes one up."""
        after = user_id or business_scoped_user_id(country(person.wa_id))
        if self._world.people.find(after) is not None:
            raise IdentityError(f"{after} belongs to somebody already.")
        old, before = person.user_id, _as_shown(person)
        self._world.rename_person(person, after)
        self._note(person, "user_id", old, after)
        if told_by == "field":
            self._update(person, old)
        elif told_by == "message":
            shown = {"wa_id": person.wa_id} if person.shares_phone else {}
            body = f"User {person.name} changed from {old} to {after}"
            self._say(
                person, before, {"body": body, **shown, "user_id": after, "type": "user_changed_user_id"}
            )

    def takes_username(self, person: Person, username: str | None, *, hides_phone: bool) -> None:
        """Nobody is told: the next message shows it, or no longer does."""
        people = self._world.people.by_wa_id.values()
        if username and any(each.username == username for each in people if each is not person):
            raise IdentityError(f"{username} belongs to somebody already.")
        old, person.username = person.username, username or None
        person.hides_phone = hides_phone and person.username is not None
        self._world.keep_person(person)
        self._note(person, "username", old, person.username)

    def wants_marketing(self, person: Person, number: Number, *, wants: bool) -> None:
        """Stop or resume the marketing messages of the number's account."""
        refused = set(person.no_marketing_from) - {number.waba_id}
        person.no_marketing_from = sorted(refused if wants else refused | {number.waba_id})
        self._world.keep_person(person)
        value = "resume" if wants else "stop"
        self._note(person, "marketing", None, value)
        preference: Json = {
            **({"wa_id": person.wa_id} if person.shares_phone else {}),
            "user_id": person.user_id,
            "detail": f"User requested to {value} marketing messages",
            "category": "marketing_messages",
            "value": value,
            "timestamp": int(self._world.clock.now()),
        }
        self._tell(person, number, "user_preferences", [person.as_contact()], preference)

    def _free_number(self, person: Person, phone: str) -> str:
        wa_id = only_digits(phone)
        if not wa_id:
            raise IdentityError("wa_id is needed: the digits of the phone.")
        if wa_id == person.wa_id:
            raise IdentityError(f"{wa_id} is their phone already.")
        holder = self._world.people.find_by_phone(wa_id)
        if holder is not None and holder is not person:
            raise IdentityError(f"{wa_id} belongs to somebody already.")
        return wa_id

    def _note(self, person: Person, what: str, before: str | None, after: str | None) -> None:
        self._world.journal.add("customer.changed", wa_id=person.wa_id, what=what, before=before, after=after)

    def _say(self, person: Person, before: Json, system: Json) -> None:
        """WhatsApp writes it into every chat, from whoever the person was; it opens no window."""
        for number in self._numbers_of(person):
            sender = before.get("from") or before["from_user_id"]
            message: Json = {
                **before,
                "id": inbound_wamid(sender),
                "timestamp": str(int(self._world.clock.now())),
                "type": "system",
                "system": system,
            }
            self._tell(person, number, "messages", None, message)

    def _update(self, person: Person, previous: str) -> None:
        for number in self._numbers_of(person):
            contact = person.as_contact()
            del contact["user_id"]
            update: Json = {
                **({"wa_id": person.wa_id} if person.shares_phone else {}),
                "detail": f"User id for {person.name} has been updated.",
                "user_id": {"previous": previous, "current": person.user_id},
                "timestamp": str(int(self._world.clock.now())),
            }
            self._tell(person, number, "user_id_update", [contact], update)

    def _numbers_of(self, person: Person) -> list[Number]:
        """The numbers that somebody has a chat with, and who may thus be told."""
        chats = [chat for chat in self._world.chats.all() if chat.wa_id == person.wa_id and chat.has_begun]
        return [self._world.accounts.numbers[chat.number_id] for chat in chats]

    def _tell(
        self, person: Person, number: Number, field: str, contacts: list[Json] | None, item: Json
    ) -> None:
        is_message = field == "messages"
        self._world.postman.tell(
            Update(
                waba_id=number.waba_id,
                field=field,
                value=number_value(number, contacts, field, item),
                summary={"message": item["id"], "type": "system"} if is_message else {"field": field},
                number_id=number.phone_number_id,
                person=(person.wa_id, person.user_id),
                kind="message" if is_message else "account",
            )
        )


def _as_shown(person: Person) -> Json:
    """How a system message names its sender: by the phone, or by the user id of who hides it."""
    return {"from": person.wa_id} if person.shares_phone else {"from_user_id": person.user_id}
