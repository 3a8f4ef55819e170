"""What the conversations API answers."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from pytake.http.pages import Page
from pytake.kit.storable import StorableJson
from pytake.media.schemas import MessageMedia


class Listed(StrEnum):
    """Which conversations a list shows."""

    LIVE = "live"
    RESOLVED = "resolved"
    ALL = "all"


_LIVE: Final = ("waiting_in_queue", "open", "pending", "assigned")
_OVER: Final = ("resolved", "closed")
STATUSES: Final = (*_LIVE, *_OVER)
IN_LIST: Final = {Listed.LIVE: _LIVE, Listed.RESOLVED: _OVER, Listed.ALL: STATUSES}


class ContactBrief(BaseModel):
    id: UUID
    name: str | None
    whatsapp_name: str | None
    phone: str | None
    username: str | None
    is_group: bool
    """It stands for a group: bots are silent there, nobody can answer, and each message says who wrote it."""


class NumberBrief(BaseModel):
    id: UUID
    display_name: str | None
    phone_number: str


class LastMessage(BaseModel):
    id: UUID
    direction: Literal["inbound", "outbound"]
    sender_type: str | None
    type: str
    preview: str | None
    """The beginning of what a person would read; None when there are no words (a picture, a sticker)."""
    status: str
    created_at: datetime


class ConversationRead(BaseModel):
    id: UUID
    status: str
    is_bot_active: bool
    contact: ContactBrief
    whatsapp_number: NumberBrief | None
    last_message: LastMessage | None
    last_message_at: datetime
    message_count: int
    window_expires_at: datetime | None
    can_send_free_form: bool
    free_entry_expires_at: datetime | None
    """Until then nothing sent here is charged: the customer came by an advertisement and was answered."""
    free_entry_answer_by: datetime | None
    """The customer came through an advertisement: whoever answers until then opens 72 free hours."""


class ConversationPage(Page[ConversationRead]):
    pass


class Count(BaseModel):
    count: int
    is_exact: bool
    """False: there are more, and nobody counted how many."""


class ConversationCounts(BaseModel):
    """How many conversations each list shows to whoever asks, and how many of them stand in which status."""

    by_filter: dict[Listed, Count]
    by_status: dict[str, Count]


class MessageRead(BaseModel):
    id: UUID
    conversation_id: UUID
    direction: Literal["inbound", "outbound"]
    sender_type: str | None
    type: str
    content: dict[str, Any]
    status: str
    error_code: int | None
    """Meta's, of a message that failed."""
    error_message: str | None
    metadata: dict[str, Any]
    """What else is known: `held` while Meta holds a template back that it has accepted, in Meta's word."""
    whatsapp_message_id: str | None
    media: MessageMedia | None
    """Of the kinds that carry a file."""
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    failed_at: datetime | None


class Writable(StrEnum):
    """What can be written to a customer."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACTS = "contacts"
    REACTION = "reaction"
    TEMPLATE = "template"
    BUTTON = "button"
    LIST = "list"
    INTERACTIVE = "interactive"


class MessageWrite(BaseModel):
    """`content` is of its type's shape, as messages are read: see the examples.

    An `interactive` message offers one thing, by the key of its content: `url_button`, `form`, `request`
    (location, contact_info, call_permission), `call_button`, `address`, `product`, `product_list`, `catalog`
    or `cards` (2 to 10, each with a picture or film by `link` or `media_id`, all with the same buttons). The
    values of a template stand under the keys of its form.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"type": "text", "content": {"text": "Bom dia! Seu pedido saiu para entrega."}},
                {"type": "image", "content": {"link": "https://example.com/bolo.jpg", "caption": "O bolo"}},
                {
                    "type": "button",
                    "content": {"text": "Confirma?", "buttons": [{"id": "sim", "title": "Confirmar"}]},
                },
                {
                    "type": "button",
                    "content": {
                        "header": {"type": "image", "media_file_id": "01a2d3c4-96fc-7007-8c5d-1f7eba1d1573"},
                        "text": "Este aqui?",
                        "buttons": [{"id": "sim", "title": "É este"}],
                    },
                },
                {
                    "type": "list",
                    "content": {
                        "text": "Com quem você quer falar?",
                        "button": "Ver setores",
                        "sections": [{"rows": [{"id": "fin", "title": "Financeiro"}]}],
                    },
                },
                {
                    "type": "interactive",
                    "content": {
                        "text": "Acompanhe o pedido",
                        "url_button": {"title": "Abrir", "url": "https://example.com/pedido/1029"},
                    },
                },
                {
                    "type": "interactive",
                    "content": {
                        "text": "Os bolos de hoje:",
                        "cards": [
                            {
                                "header": {"type": "image", "link": "https://example.com/cenoura.jpg"},
                                "text": "Bolo de cenoura",
                                "buttons": [{"id": "cenoura", "title": "Quero este"}],
                            },
                            {
                                "header": {"type": "image", "link": "https://example.com/fuba.jpg"},
                                "text": "Bolo de fubá",
                                "buttons": [{"id": "fuba", "title": "Quero este"}],
                            },
                        ],
                    },
                },
                {
                    "type": "interactive",
                    "content": {"product": {"catalog_id": "1900000", "product_retailer_id": "BOLO-1"}},
                },
                {
                    "type": "interactive",
                    "content": {"text": "Podemos ligar para você?", "request": "call_permission"},
                },
                {
                    "type": "template",
                    "content": {
                        "name": "pedido_enviado",
                        "language": "pt_BR",
                        "parameters": {"body.1": "Maria", "buttons.0": "1029"},
                    },
                },
                {
                    "type": "template",
                    "content": {
                        "name": "vitrine",
                        "language": "pt_BR",
                        "parameters": {
                            "body.1": "Maria",
                            "cards.0.header": {"link": "https://example.com/cenoura.jpg"},
                            "cards.0.body.1": "cenoura",
                            "cards.1.header": {"link": "https://example.com/fuba.jpg"},
                            "cards.1.body.1": "fubá",
                        },
                    },
                },
            ]
        },
    )

    type: Writable
    content: StorableJson
    reply_to: UUID | None = None
    """The message of the same conversation that this one answers."""


class ReadWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    typing: bool = False
    """Show the customer that somebody is writing, until the answer comes or for 25 seconds."""


class MessagePage(Page[MessageRead]):
    pass
