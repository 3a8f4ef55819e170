"""The conversations as the phones show them, and the window that every message of a customer opens."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Author = Literal["customer", "business"]
ChatKey = tuple[str, str]
"""Phone number id, wa_id."""

ANSWER_WITHIN = 24 * 3600.0
FREE_FOR = 72 * 3600.0

RANK = {"pending": 0, "accepted": 1, "sent": 2, "delivered": 3, "read": 4, "played": 5, "failed": 6}


@dataclass(slots=True)
class ChatMessage:
    id: str
    number_id: str
    wa_id: str
    author: Author
    type: str
    content: Json
    """The object Meta names like the type; for contacts a list inside `{"contacts": …}`."""
    at: float
    status: str
    """Customer: accepted, delivered (the webhook was answered 200), read. Business: as Meta's statuses."""
    quotes: str | None = None
    callback_data: str | None = None
    to_user_id: bool = False
    """Addressed by user id and not by phone: statuses then may not name the phone."""
    error: str | None = None
    pricing: Json | None = None
    reactions: dict[str, str] = field(default_factory=dict)
    """Author to emoji."""
    edited: bool = False
    ref: str | None = None
    """What the phone page called it before it had an id."""
    referral: Json | None = None
    """The advertisement that brought the customer here."""

    def advance(self, status: str) -> bool:
        """Move forward only; a status that comes late changes nothing."""
        if RANK[status] <= RANK[self.status]:
            return False
        self.status = status
        return True


@dataclass(slots=True)
class Chat:
    number_id: str
    wa_id: str
    messages: deque[ChatMessage]
    last_heard: float = 0.0
    """When the customer last wrote; the window counts from here."""
    typing_until: float = 0.0
    watchers: int = 0
    """How many phones show this chat right now."""
    entered_at: float = 0.0
    """When the customer came through an advertisement that nobody has answered yet."""
    free_until: float = 0.0
    """The end of the free entry point: what leaves before is not charged."""

    @property
    def key(self) -> ChatKey:
        return (self.number_id, self.wa_id)

    @property
    def has_begun(self) -> bool:
        return bool(self.messages) or self.last_heard > 0

    @property
    def is_open(self) -> bool:
        return self.watchers > 0

    def was_answered(self, at: float) -> None:
        """The first message that reaches the customer within a day opens the free entry point."""
        if self.entered_at <= at < self.entered_at + ANSWER_WITHIN:
            self.free_until, self.entered_at = at + FREE_FOR, 0.0


class Chats:
    def __init__(self, chat_kept: int, messages_kept: int) -> None:
        self._chat_kept = chat_kept
        self._messages_kept = messages_kept
        self._chats: dict[ChatKey, Chat] = {}
        self._messages: OrderedDict[str, ChatMessage] = OrderedDict()

    def get(self, number_id: str, wa_id: str) -> Chat:
        chat = self._chats.get((number_id, wa_id))
        if chat is None:
            chat = Chat(number_id, wa_id, deque(maxlen=self._chat_kept))
            self._chats[number_id, wa_id] = chat
        return chat

    def all(self) -> list[Chat]:
        return list(self._chats.values())

    def add(self, message: ChatMessage) -> Chat:
        chat = self.get(message.number_id, message.wa_id)
        chat.messages.append(message)
        self._messages[message.id] = message
        if len(self._messages) > self._messages_kept:
            self._messages.popitem(last=False)
        if message.author == "customer":
            chat.last_heard = max(chat.last_heard, message.at)
            if message.referral:
                chat.entered_at = message.at
        elif message.pricing:
            chat.was_answered(message.at)  # in an earlier life
        return chat

    def move(self, before: str, after: str) -> list[Chat]:
        """The person's chats come along to another phone; what that one's line had before is gone."""
        moved = [chat for chat in self.all() if chat.wa_id == before]
        for chat in moved:
            del self._chats[chat.key]
            chat.wa_id = after
            for message in chat.messages:
                message.wa_id = after
            self._chats[chat.key] = chat
        return moved

    def find_message(self, wamid: str) -> ChatMessage | None:
        return self._messages.get(wamid)

    def forget(self, chat: Chat) -> None:
        """Empty the chat on the phone. The window stays as it is: Meta does not forget."""
        for message in chat.messages:
            self._messages.pop(message.id, None)
        chat.messages.clear()
