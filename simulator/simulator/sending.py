"""What Meta does with a message that a business posts: whom it reaches, and what the answer says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from simulator.accounts import Number
from simulator.chats import ChatMessage
from simulator.graph.errors import error_for, invalid, malformed, missing, required_parameter
from simulator.graph.kinds import check_content
from simulator.graph.kinds.against import check_against
from simulator.graph.kinds.fields import an_object, short_enough
from simulator.identifiers import outbound_wamid
from simulator.media import TYPES
from simulator.people import Person, new_person
from simulator.phones import dialled
from simulator.statuses import Statuses
from simulator.world import World

Json = dict[str, Any]

CALLBACK_DATA_MOST = 512


@dataclass(slots=True)
class Recipient:
    asked: str
    """As the request spelled it."""
    digits: str
    person: Person | None
    by_user_id: bool = False

    def as_contact(self) -> Json:
        if self.by_user_id:
            return {"input": self.asked, "user_id": self.asked}
        return {"input": self.asked, "wa_id": self.person.wa_id if self.person else self.digits}


class Sending:
    def __init__(self, world: World, statuses: Statuses) -> None:
        self._world = world
        self._statuses = statuses

    def accept(self, number: Number, body: Json, *, held: bool = False, answered: str = "ok") -> Json:
        """Take a message and answer as Meta does; raises the GraphError of a refusal."""
        check_product(body)
        recipient = self._recipient(number, body)
        kind, content = check_content(body)
        callback_data = _callback_data(body)
        quotes = _quoted(body)
        if number.status != "CONNECTED":
            raise error_for(133010)
        if recipient.by_user_id and self._is_code(number, kind, content):
            raise error_for(131062)
        if kind == "template" and self._world.config.templates == "exact":
            check_against(self._world.templates, number.waba_id, content)
        failure_of_file = self._check_files(number, kind, content)
        self._world.limits.check(number, recipient.digits, self._world.clock.now())
        failure = self._failure(number, recipient, kind, content) or failure_of_file
        message = ChatMessage(
            outbound_wamid(recipient.asked if recipient.by_user_id else recipient.digits),
            number.phone_number_id,
            recipient.digits,
            "business",
            kind,
            content if isinstance(content, dict) else {kind: content},
            self._world.clock.now(),
            "accepted",
            quotes,
            callback_data,
            recipient.by_user_id,
        )
        self._record(message, body, answered)
        if recipient.person is not None:
            self._show(message)
        self._statuses.follow(message, recipient.person, failure, held=held)
        return _answer(recipient, message, held=held)

    def _record(self, message: ChatMessage, body: Json, answered: str) -> None:
        facts: Json = {"body": body} if self._world.config.log_bodies else {}
        self._world.journal.add(
            "graph.accepted",
            wamid=message.id,
            number=message.number_id,
            to=message.wa_id,
            type=message.type,
            callback_data=message.callback_data,
            answer=answered,
            **facts,
        )

    def _show(self, message: ChatMessage) -> None:
        if message.type == "reaction":
            self._react(message)
            return
        chat = self._world.say(message)
        if chat.typing_until:
            chat.typing_until = 0.0
            self._world.live.tell_chat(chat.key, {"type": "typing", "until": 0})

    def _react(self, message: ChatMessage) -> None:
        target = self._world.chats.find_message(message.content["message_id"])
        if target is not None:
            emoji = message.content["emoji"]
            if emoji:
                target.reactions["business"] = emoji
            else:
                target.reactions.pop("business", None)
            self._world.keep_message(target)

    def _recipient(self, number: Number, body: Json) -> Recipient:
        if body.get("recipient_type", "individual") == "group":
            raise error_for(131041)
        to = body.get("to")
        if to is not None:
            return self._by_phone(number, str(to))
        user_id = body.get("recipient")
        if not isinstance(user_id, str) or not user_id:
            raise missing(f"Parameter 'to' is mandatory for type '{body.get('type', 'text')}'")
        person = self._world.people.by_user_id.get(user_id)
        return Recipient(user_id, person.wa_id if person else user_id, person, by_user_id=True)

    def _by_phone(self, number: Number, to: str) -> Recipient:
        digits = dialled(to, number.digits)
        if digits is None:
            raise malformed(f"Param to is not a phone number: {to}")
        if digits == number.digits:
            raise error_for(131021)
        person = self._world.people.find_by_phone(digits)
        if person is None and self._world.config.unknown_recipients == "create":
            person = new_person(digits)
            self._world.keep_person(person)
        return Recipient(to, person.wa_id if person else digits, person)

    def _failure(self, number: Number, recipient: Recipient, kind: str, content: Any) -> int | None:
        """The code the message will fail with although it is accepted; None when it arrives."""
        if recipient.person is None or not recipient.person.on_whatsapp:
            return 131026
        if number.waba_id in recipient.person.no_marketing_from and self._is_marketing(number, kind, content):
            return 131050
        if kind == "template" or self.window_is_open(number, recipient.digits):
            return None
        if self._world.config.window_refusal == "answer":
            raise error_for(131047)
        return 131047

    def _is_marketing(self, number: Number, kind: str, content: Any) -> bool:
        return kind == "template" and self._category(number, content) == "MARKETING"

    def _is_code(self, number: Number, kind: str, content: Any) -> bool:
        return kind == "template" and self._category(number, content) == "AUTHENTICATION"

    def _category(self, number: Number, content: Any) -> str | None:
        template = self._world.templates.find(number.waba_id, content["name"], content["language"]["code"])
        return template.category if template else None

    def _check_files(self, number: Number, kind: str, content: Any) -> int | None:
        """A media id that is not the number's is refused; a file that is not of the kind fails later."""
        failure = None
        for what, named in _files(kind, content):
            file = self._world.media.find(str(named["id"]))
            if file is None or file.number_id != number.phone_number_id:
                raise malformed(
                    f"Param {what}['id'] is not a valid whatsapp business account media attachment ID"
                )
            failure = failure if file.mime_type in TYPES[what] else 131053
        return failure

    def window_is_open(self, number: Number, wa_id: str) -> bool:
        heard = self._world.chats.get(number.phone_number_id, wa_id).last_heard
        return self._world.clock.now() - heard < self._world.config.window_hours * 3600


def _files(kind: str, content: Any) -> Iterator[tuple[str, Json]]:
    """What names a file by its id: the message, or the header of buttons, of a template or of a card."""
    named: list[tuple[str, Any]] = [(kind, content)]
    if kind == "interactive":
        action = content.get("action")
        cards = action.get("cards") or () if isinstance(action, dict) else ()
        above = [each["header"] for each in (content, *cards) if each.get("header")]
        named = [(header["type"], header.get(header["type"])) for header in above]
    elif kind == "template":
        named = [
            (str(each.get("type")).lower(), each.get(str(each.get("type")).lower()))
            for component in _of_headers(content.get("components") or ())
            for each in component.get("parameters") or ()
        ]
    for what, said in named:
        if what in TYPES and isinstance(said, dict) and said.get("id"):
            yield what, said


def _of_headers(components: Iterable[Json]) -> Iterator[Json]:
    for component in components:
        if str(component.get("type")).lower() == "header":
            yield component
        for card in component.get("cards") or ():
            yield from _of_headers(card.get("components") or ())


def check_product(body: Json) -> None:
    product = body.get("messaging_product")
    if product is None:
        raise required_parameter("messaging_product")
    if product != "whatsapp":
        raise malformed(f'Param messaging_product must be one of {{WHATSAPP}} - got "{product}".')


def _callback_data(body: Json) -> str | None:
    short_enough(body, "biz_opaque_callback_data", "message", CALLBACK_DATA_MOST)
    return body.get("biz_opaque_callback_data")


def _quoted(body: Json) -> str | None:
    if body.get("context") is None:
        return None
    quoted = an_object(body["context"], "context", ("message_id",)).get("message_id")
    if not isinstance(quoted, str) or not quoted.startswith("wamid."):
        raise invalid("Param context['message_id'] is not a valid message id.")
    return quoted


def _answer(recipient: Recipient, message: ChatMessage, *, held: bool) -> Json:
    told: Json = {"id": message.id}
    if message.type == "template":
        told["message_status"] = "held_for_quality_assessment" if held else "accepted"
    return {"messaging_product": "whatsapp", "contacts": [recipient.as_contact()], "messages": [told]}
