"""What the conversations API answers."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel


class Listed(StrEnum):
    """Which conversations a list shows."""

    LIVE = "live"
    RESOLVED = "resolved"
    ALL = "all"


class ContactBrief(BaseModel):
    id: UUID
    name: str | None
    whatsapp_name: str | None
    phone: str | None
    username: str | None


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


class ConversationPage(BaseModel):
    items: list[ConversationRead]
    next: str | None


class MessageRead(BaseModel):
    id: UUID
    conversation_id: UUID
    direction: Literal["inbound", "outbound"]
    sender_type: str | None
    type: str
    content: dict[str, Any]
    status: str
    error_message: str | None
    metadata: dict[str, Any]
    whatsapp_message_id: str | None
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    failed_at: datetime | None


class MessagePage(BaseModel):
    items: list[MessageRead]
    next: str | None
