"""Numbers, contacts, conversations and messages, as the pipeline leaves them behind."""

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from pytake.kit.ids import new_id
from pytake.kit.work import Work

_numbers = itertools.count(1)


async def a_number(work: Work, *, display_name: str = "Padaria Aurora") -> UUID:
    number_id, suffix = new_id(), next(_numbers)
    await work.execute(
        """
        INSERT INTO whatsapp_numbers (id, organization_id, phone_number, phone_number_id, display_name)
        VALUES ($1, $2, $3, $4, $5)
        """,
        number_id,
        work.organization_id,
        f"+551130{suffix:06d}",
        f"{4559_0011_0000_0000 + suffix}",
        display_name,
    )
    return number_id


async def a_contact(work: Work, *, name: str | None = None, whatsapp_name: str = "João") -> UUID:
    contact_id, suffix = new_id(), next(_numbers)
    await work.execute(
        """
        INSERT INTO contacts (id, organization_id, whatsapp_id, phone, name, whatsapp_name)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        contact_id,
        work.organization_id,
        f"5511999{suffix:06d}",
        f"+5511999{suffix:06d}",
        name,
        whatsapp_name,
    )
    return contact_id


async def a_conversation(
    work: Work,
    *,
    contact_id: UUID | None = None,
    number_id: UUID | None = None,
    status: str = "open",
    last_message_at: datetime | None = None,
    window: timedelta | None = None,
) -> UUID:
    """Without messages; `window` is what is left of the 24 hours."""
    conversation_id = new_id()
    await work.execute(
        """
        INSERT INTO conversations (id, organization_id, contact_id, whatsapp_number_id, status,
                                   last_message_at, twenty_four_hour_window_expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        conversation_id,
        work.organization_id,
        contact_id or await a_contact(work),
        number_id or await a_number(work),
        status,
        last_message_at or work.now,
        None if window is None else work.now + window,
    )
    work.publish("conversation.opened", {"conversation_id": conversation_id})
    return conversation_id


async def a_message(
    work: Work,
    conversation_id: UUID,
    text: str = "Olá!",
    *,
    direction: str = "inbound",
    sender_type: str | None = None,
    type_: str = "text",
    content: dict[str, Any] | None = None,
    status: str | None = None,
    metadata: dict[str, Any] | None = None,
    created_at: datetime | None = None,
    tell: bool = True,
) -> UUID:
    """A message with its conversation's counters, and with its news unless `tell` is off."""
    message_id, created_at = new_id(), created_at or work.now
    inbound = direction == "inbound"
    (conversation,) = await work.fetch(
        """
        UPDATE conversations SET message_count = message_count + 1,
               first_message_at = COALESCE(first_message_at, $3),
               last_message_at = GREATEST(last_message_at, $3)
        WHERE organization_id = $1 AND id = $2 RETURNING contact_id, whatsapp_number_id
        """,
        work.organization_id,
        conversation_id,
        created_at,
    )
    await work.execute(
        """
        INSERT INTO messages (id, organization_id, conversation_id, contact_id, whatsapp_number_id, direction,
                              sender_type, type, content, status, metadata, whatsapp_message_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11::jsonb, $12, $13)
        """,
        message_id,
        work.organization_id,
        conversation_id,
        conversation["contact_id"],
        conversation["whatsapp_number_id"],
        direction,
        sender_type or ("contact" if inbound else "bot"),
        type_,
        orjson.dumps({"text": text} if content is None else content).decode(),
        status or ("received" if inbound else "pending"),
        orjson.dumps(metadata or {}).decode(),
        f"wamid.{message_id.hex}",
        created_at,
    )
    if tell:
        work.publish(
            "message.received" if inbound else "message.created",
            {
                "message_id": message_id,
                "message_created_at": created_at,
                "conversation_id": conversation_id,
                "contact_id": UUID(str(conversation["contact_id"])),
            },
        )
    return message_id


async def messages_of(work: Work, conversation_id: UUID) -> list[UUID]:
    """Oldest first."""
    rows = await work.fetch(
        "SELECT id FROM messages WHERE organization_id = $1 AND conversation_id = $2 ORDER BY created_at, id",
        work.organization_id,
        conversation_id,
    )
    return [UUID(str(row["id"])) for row in rows]
