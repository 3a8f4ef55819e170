"""What becomes of an accepted message: sent, delivered, read, played, or failed, each told by webhook."""

from typing import Any

from simulator.accounts import Number
from simulator.chats import Chat, ChatMessage
from simulator.faults import Fault
from simulator.graph.errors import error_for
from simulator.people import Person
from simulator.pricing import price_of_free_entry, price_of_service, price_of_template
from simulator.timetable import Act, Timetable
from simulator.webhooks.updates import Update, number_value
from simulator.world import World

Json = dict[str, Any]

_HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"
_WINDOW = (
    "Message failed to send because more than 24 hours have passed since the customer last replied to this "
    "number."
)
_HELD_SECONDS = 1.0
_PRICED = ("sent", "delivered")
_BY_ADVERTISEMENT = {"type": "referral_conversion"}
_WITH_USERNAME = ("delivered", "read", "played")


class Statuses:
    def __init__(self, world: World) -> None:
        self._world = world
        self._later = Timetable()

    @property
    def to_come(self) -> int:
        """Steps of messages that nobody has been told of yet."""
        return len(self._later)

    def stop(self) -> None:
        self._later.clear()

    def follow(
        self, message: ChatMessage, person: Person | None, failure: int | None, *, held: bool = False
    ) -> None:
        """Let an accepted message run its course; `failure` is the code it will fail with."""
        faults = self._world.faults.on_message(
            number=message.number_id, to=_names(message, person), kind=message.type
        )
        failure = next((fault.code or 131000 for fault in faults if fault.action == "failed"), failure)
        if failure is not None:
            self._later.after(
                self._delay("sent", faults), lambda: self._fail(message, person, failure, faults)
            )
            return
        if person is None:
            return
        self._schedule_course(message, person, faults, held=held)

    def resume(self) -> None:
        """Let what an earlier life accepted go on its way."""
        for chat in self._world.chats.all():
            person = self._world.people.by_wa_id.get(chat.wa_id)
            for message in chat.messages:
                if person and message.author == "business" and message.status in {"accepted", "sent"}:
                    self.follow(message, person, None)

    def _schedule_course(
        self, message: ChatMessage, person: Person, faults: list[Fault], *, held: bool
    ) -> None:
        """Each status after the one before; a fault may turn the order round."""
        course = ["sent"] if message.type == "reaction" else ["sent", "delivered"]
        forced = any(fault.action == "swapped" for fault in faults)
        if forced or self._world.config.reads == "always":
            course = [*course, "read"] if len(course) > 1 else course
        delays = [self._delay(status, faults) + (_HELD_SECONDS if held else 0.0) for status in course]
        if forced:
            delays.reverse()
        for status, delay in zip(course, delays, strict=True):
            self._later.after(delay, self._step(message, person, status, faults, forced=forced))

    def _step(
        self, message: ChatMessage, person: Person, status: str, faults: list[Fault], *, forced: bool
    ) -> Act:
        def act() -> None:
            if status == "read" and not self._reads(message, person):
                return
            if forced:
                self._tell(message, person, status, faults)
                self._world.settle(message, status)
            else:
                self.reach(message, person, status, faults)
                if status == "delivered":
                    self._read_soon(message, person, faults)

        return act

    def _read_soon(self, message: ChatMessage, person: Person, faults: list[Fault]) -> None:
        """The chat is open on the phone: the message is read a moment after it came."""
        if self._world.config.reads == "when_open" and self._reads(message, person):
            wait = max(0.0, self._delay("read", faults) - self._world.config.statuses.delivered)
            self._later.after(wait, self._step(message, person, "read", faults, forced=False))

    def _reads(self, message: ChatMessage, person: Person) -> bool:
        reads = self._world.config.reads
        is_open = self._world.chats.get(message.number_id, message.wa_id).is_open
        return person.read_receipts and (reads == "always" or (reads == "when_open" and is_open))

    def reach(
        self, message: ChatMessage, person: Person, status: str, faults: list[Fault] | None = None
    ) -> None:
        """Move the message to that status and tell it, unless it is there or further already."""
        if self._world.settle(message, status):
            self._tell(message, person, status, faults or [])

    def read_all(self, chat: Chat, person: Person) -> None:
        """The customer looks at the chat: everything delivered is read."""
        if self._world.config.reads != "never" and person.read_receipts:
            for message in list(chat.messages):
                if (
                    message.author == "business"
                    and message.status == "delivered"
                    and message.type != "reaction"
                ):
                    self.reach(message, person, "read")

    def _fail(self, message: ChatMessage, person: Person | None, code: int, faults: list[Fault]) -> None:
        error = error_for(code)
        message.error = f"{code}: {error.title}"
        self._world.settle(message, "failed")
        details = _WINDOW if code == 131047 else error.details or error.title  # noqa: PLR2004  # Meta's code
        status = self._status(message, "failed", person)
        if message.to_user_id and person is not None:
            status["recipient_user_id"] = person.user_id
        status["errors"] = [
            {
                "code": code,
                "title": error.title,
                "message": error.title,
                "error_data": {"details": details},
                "href": _HREF,
            }
        ]
        self._send(message, person, status, None, faults)

    def _tell(self, message: ChatMessage, person: Person, status: str, faults: list[Fault]) -> None:
        told = self._status(message, status, person)
        told["recipient_user_id"] = person.user_id
        if status in _PRICED and message.type != "reaction":
            told |= self._price(message, status)
        contact = person.as_contact(username=status in _WITH_USERNAME)
        if not message.to_user_id:
            contact["wa_id"] = person.wa_id
        self._send(message, person, told, [contact], faults)

    def _price(self, message: ChatMessage, status: str) -> Json:
        """The price stays what it was first. Since v24 only a free entry point is told as a conversation."""
        world = self._world
        chat, now = world.chats.get(message.number_id, message.wa_id), world.clock.now()
        if message.pricing is None:
            chat.was_answered(now)
            message.pricing = self._first_price(message, chat, now)
        told: Json = {"pricing": message.pricing}
        if message.pricing["type"] == "free_entry_point":
            told["conversation"] = {"id": f"{chat.number_id}-{chat.wa_id}", "origin": _BY_ADVERTISEMENT}
            if status == "sent":
                told["conversation"]["expiration_timestamp"] = str(int(chat.free_until))
        return told

    def _first_price(self, message: ChatMessage, chat: Chat, now: float) -> Json:
        world = self._world
        number = world.accounts.numbers[message.number_id]
        if now < chat.free_until:
            return price_of_free_entry()
        if message.type != "template":
            return price_of_service(number, now, world.config.free_service_messages)
        name, language = message.content["name"], message.content["language"]["code"]
        template = world.templates.find(number.waba_id, name, language)
        return price_of_template(template.category if template else "utility")

    def _status(self, message: ChatMessage, status: str, person: Person | None) -> Json:
        told: Json = {"id": message.id, "status": status, "timestamp": str(int(self._world.clock.now()))}
        if not message.to_user_id or (person is not None and person.shares_phone):
            told["recipient_id"] = message.wa_id
        if message.callback_data is not None:
            told["biz_opaque_callback_data"] = message.callback_data
        return told

    def _send(
        self,
        message: ChatMessage,
        person: Person | None,
        status: Json,
        contacts: list[Json] | None,
        faults: list[Fault],
    ) -> None:
        told = status["status"]
        chosen = [fault for fault in faults if not fault.statuses or told in fault.statuses]
        number = self._world.accounts.numbers[message.number_id]
        if any(fault.action == "dropped" for fault in chosen):
            self._world.journal.add("status.dropped", id=message.id, status=told)
            return
        copies = max([1, *(fault.copies for fault in chosen if fault.action == "duplicated")])
        for _ in range(copies):
            self._world.postman.tell(_update(number, status, contacts, _names(message, person)))

    def _delay(self, status: str, faults: list[Fault]) -> float:
        delays = self._world.config.statuses
        base = {"sent": delays.sent, "delivered": delays.delivered, "read": delays.read}[status]
        late = (
            fault
            for fault in faults
            if fault.action == "late" and (not fault.statuses or status in fault.statuses)
        )
        return base + sum(self._world.faults.seconds(fault) for fault in late)


def _update(number: Number, status: Json, contacts: list[Json] | None, person: tuple[str, ...]) -> Update:
    return Update(
        waba_id=number.waba_id,
        field="messages",
        value=number_value(number, contacts, "statuses", status),
        summary={"id": status["id"], "status": status["status"]},
        number_id=number.phone_number_id,
        person=person,
        kind="status",
    )


def _names(message: ChatMessage, person: Person | None) -> tuple[str, ...]:
    return (message.wa_id, person.user_id) if person else (message.wa_id,)
