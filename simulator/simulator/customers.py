"""What a customer does with the phone: write, tap, react, open the chat."""

from collections.abc import Iterable, Iterator
from typing import Any

from simulator.accounts import Number
from simulator.chats import Chat, ChatMessage
from simulator.identifiers import inbound_wamid
from simulator.media import OF_CUSTOMERS_LIVES
from simulator.people import Person
from simulator.samples import SAMPLES
from simulator.statuses import Statuses
from simulator.webhooks.updates import Update, number_value
from simulator.world import World

Json = dict[str, Any]

CALLS_PERMITTED = 7 * 24 * 3600
"""Seconds for which a customer permits calls."""

NOT_SHOWN = frozenset({"reaction", "system", "edit", "revoke", "request_welcome"})


class NothingToTapError(ValueError):
    """No message in the chat offers that button or row."""


class NotWrittenError(ValueError):
    """People edit and delete only what they wrote."""


class Customers:
    def __init__(self, world: World, statuses: Statuses) -> None:
        self._world = world
        self._statuses = statuses

    def sends(
        self,
        person: Person,
        number: Number,
        kind: str,
        content: Any,
        *,
        quotes: str | None = None,
        extra: Json | None = None,
    ) -> ChatMessage:
        """Any message from the phone: told to the app, shown in the chat, and it opens the window."""
        now = self._world.clock.now()
        message = ChatMessage(
            inbound_wamid(person.wa_id if person.shares_phone else person.user_id),
            number.phone_number_id,
            person.wa_id,
            "customer",
            kind,
            content if isinstance(content, dict) else {kind: content},
            now,
            "accepted",
            quotes,
            referral=(extra or {}).get("referral"),
        )
        raw = _raw(message, person, number, content, extra)
        self._world.journal.add(
            "customer.sent", wamid=message.id, number=message.number_id, wa_id=person.wa_id, message=raw
        )
        self._show(message)
        self._tell(person, number, raw)
        return message

    def _show(self, message: ChatMessage) -> None:
        if message.type == "reaction":
            self._react(message)
        if message.type in NOT_SHOWN:
            chat = self._world.chats.get(message.number_id, message.wa_id)
            chat.last_heard = max(chat.last_heard, message.at)
        else:
            self._world.say(message)

    def _react(self, message: ChatMessage) -> None:
        target = self._world.chats.find_message(message.content["message_id"])
        if target is not None:
            emoji = message.content.get("emoji")
            if emoji:
                target.reactions["customer"] = emoji
            else:
                target.reactions.pop("customer", None)
            self._world.keep_message(target)

    def _tell(self, person: Person, number: Number, raw: Json) -> None:
        contacts = None if raw["type"] == "system" else [person.as_contact()]
        self._world.postman.tell(
            Update(
                waba_id=number.waba_id,
                field="messages",
                value=number_value(number, contacts, "messages", raw),
                summary={"message": raw["id"], "type": raw["type"]},
                number_id=number.phone_number_id,
                person=(person.wa_id, person.user_id),
            )
        )

    def says(self, person: Person, number: Number, text: str, *, quotes: str | None = None) -> ChatMessage:
        return self.sends(person, number, "text", {"body": text}, quotes=quotes)

    def taps(self, person: Person, number: Number, identity: str, *, wamid: str | None = None) -> ChatMessage:
        """Tap a reply button, a list row or a template's quick reply, by its id (or payload, or title)."""
        chat = self._world.chats.get(number.phone_number_id, person.wa_id)
        for message in reversed(chat.messages):
            if message.author == "business" and (wamid is None or message.id == wamid):
                found = offered(message, identity)
                if found is not None:
                    return self.sends(person, number, *found, quotes=message.id)
        raise NothingToTapError(f"No message in the chat offers {identity!r}.")

    def sends_file(
        self,
        person: Person,
        number: Number,
        kind: str,
        content: bytes,
        mime_type: str,
        **more: str | bool | None,
    ) -> ChatMessage:
        """A picture, a voice, a document …: its bytes are there for a week. `more`: caption, filename, voice,
        animated, as far as they are given.
        """
        lives = OF_CUSTOMERS_LIVES
        file = self._world.media.add(number.phone_number_id, mime_type, content, lives=lives)
        told: Json = {name: value for name, value in more.items() if value not in {None, ""}}
        told |= {"mime_type": mime_type, "sha256": file.sha256_base64, "id": file.id}
        return self.sends(person, number, kind, told)

    def sends_sample(
        self, person: Person, number: Number, name: str, caption: str | None = None
    ) -> ChatMessage:
        """One of the files that every phone has."""
        sample = SAMPLES[name]
        told = {**sample.more, "caption": caption} if caption else sample.more
        return self.sends_file(person, number, sample.kind, sample.read(), sample.mime_type, **told)

    def reacts(self, person: Person, number: Number, wamid: str, emoji: str | None) -> ChatMessage:
        content = {"message_id": wamid, "emoji": emoji} if emoji else {"message_id": wamid}
        return self.sends(person, number, "reaction", content)

    def edits(self, person: Person, number: Number, wamid: str, text: str) -> ChatMessage:
        """The words of a text, or the caption of a picture."""
        target = self._own(person, number, wamid)
        words = {"body": text} if target.type == "text" else {**target.content, "caption": text}
        said = {"context": {"id": "M0"}, "type": target.type, target.type: words}
        target.content, target.edited = words, True
        self._world.keep_message(target)
        return self.sends(person, number, "edit", {"original_message_id": wamid, "message": said})

    def revokes(self, person: Person, number: Number, wamid: str) -> ChatMessage:
        """Delete for everyone."""
        target = self._own(person, number, wamid)
        target.type, target.content, target.reactions = "revoked", {}, {}
        self._world.keep_message(target)
        return self.sends(person, number, "revoke", {"original_message_id": wamid})

    def _own(self, person: Person, number: Number, wamid: str) -> ChatMessage:
        target = self._world.chats.find_message(wamid)
        mine = ("customer", person.wa_id, number.phone_number_id)
        if target is None or (target.author, target.wa_id, target.number_id) != mine:
            raise NotWrittenError(f"The customer did not write {wamid!r} in this chat.")
        return target

    def forwards(self, person: Person, number: Number, text: str, *, often: bool = False) -> ChatMessage:
        """A text from another chat. `often`: one that has gone through more than five."""
        marks = {"forwarded": True} | ({"frequently_forwarded": True} if often else {})
        return self.sends(person, number, "text", {"body": text}, extra={"context": marks})

    def comes_by_advertisement(
        self, person: Person, number: Number, text: str, headline: str, *, from_post: bool = False
    ) -> ChatMessage:
        """Tap an advertisement, or the button of a page's post, and write what it suggests."""
        referral = {
            "source_url": "https://fb.me/simulated",
            "source_id": "120200000000000000",
            "source_type": "post" if from_post else "ad",
            "headline": headline,
            "body": "Toque para conversar",
            "media_type": "image",
            "ctwa_clid": f"simulated-{int(self._world.clock.now())}",
        }
        return self.sends(person, number, "text", {"body": text}, extra={"referral": referral})

    def looks(self, chat: Chat, person: Person) -> None:
        self._statuses.read_all(chat, person)

    def plays(self, message: ChatMessage, person: Person) -> None:
        if message.type == "audio" and message.content.get("voice"):
            self._statuses.reach(message, person, "played")

    def was_heard(self, summary: Json) -> None:
        """An app answered 200 to this message: two grey ticks."""
        message = self._world.chats.find_message(summary.get("message", ""))
        if message is not None:
            self._world.settle(message, "delivered")

    def business_reads(self, message: ChatMessage) -> None:
        """Blue ticks, for this message and every earlier one."""
        chat = self._world.chats.get(message.number_id, message.wa_id)
        for each in chat.messages:
            if each.author == "customer":
                self._world.settle(each, "read")
            if each.id == message.id:
                return


def offered(message: ChatMessage, identity: str) -> tuple[str, Json] | None:
    """The type and content of the answer that tapping `identity` on this message gives."""
    if message.type == "template":
        return _template_reply(message.content, identity)
    action = message.content.get("action", {}) if message.type == "interactive" else {}
    if action.get("name") == "call_permission_request" and identity in {"accept", "reject"}:
        return "interactive", _call_permission(message, identity)
    for reply in _replies(action):
        if identity in {reply["id"], reply["title"]}:
            return "interactive", {
                "type": "button_reply",
                "button_reply": {"id": reply["id"], "title": reply["title"]},
            }
    for section in action.get("sections", ()):
        for row in section.get("rows", ()):
            if identity in {row["id"], row["title"]}:
                return "interactive", {"type": "list_reply", "list_reply": {**row}}
    return None


def _replies(action: Json) -> Iterator[Json]:
    """The reply buttons under a message, and under each of its cards."""
    for each in (action, *(card["action"] for card in action.get("cards", ()))):
        for button in each.get("buttons", ()):
            yield button[button["type"]]


def _call_permission(message: ChatMessage, response: str) -> Json:
    told: Json = {"response": response, "response_source": "user_action"}
    if response == "accept":
        told["expiration_timestamp"] = int(message.at) + CALLS_PERMITTED
    return {"type": "call_permission_reply", "call_permission_reply": told}


def _template_reply(template: Json, identity: str) -> tuple[str, Json] | None:
    for component in _components(template.get("components") or ()):
        if str(component.get("sub_type", "")).lower() == "quick_reply":
            for parameter in component.get("parameters", ()):
                if parameter.get("payload") == identity:
                    return "button", {"payload": identity, "text": identity}
    return None


def _components(those: Iterable[Json]) -> Iterator[Json]:
    """Of a template and of each of its cards."""
    for component in those:
        yield component
        for card in component.get("cards") or ():
            yield from _components(card.get("components") or ())


def _raw(message: ChatMessage, person: Person, number: Number, content: Any, extra: Json | None) -> Json:
    """The item of `messages[]`, with the phone only if the person shares it."""
    raw: Json = {}
    if person.shares_phone:
        raw["from"] = person.wa_id
    raw |= {
        "from_user_id": person.user_id,
        "id": message.id,
        "timestamp": str(int(message.at)),
        "type": message.type,
        message.type: content,
    }
    if message.quotes is not None:
        raw["context"] = {"from": number.digits, "id": message.quotes}
    return raw | (extra or {})
