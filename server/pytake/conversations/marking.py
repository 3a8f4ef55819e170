"""The statements behind messages that speak of other messages."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from pytake.kit.work import Work

AWAITED = "?"
"""Before the WhatsApp id of a message that nobody knows yet, in `message_ids`: it has been spoken of."""


async def await_originals(work: Work, spoken_of: Sequence[tuple[UUID, str, UUID]]) -> None:
    """Remember (number, WhatsApp id of the message that is awaited, our message that speaks of it)."""
    await work.execute(
        """
        INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id,
                                 message_created_at)
        SELECT $1, number_id, $5 || target, message_id, $6
        FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS new (number_id, target, message_id)
        ON CONFLICT DO NOTHING
        """,
        work.organization_id,
        [number_id for number_id, _, _ in spoken_of],
        [target for _, target, _ in spoken_of],
        [message_id for _, _, message_id in spoken_of],
        AWAITED,
        work.now,
    )


async def wait_for_names(work: Work, speaking: Collection[UUID]) -> None:
    """Let sends of these messages' conversations be written down, or else wait for this transaction.

    What is spoken of may be such a send, whose WhatsApp id another transaction is writing at this moment:
    neither would see the other, and the two would never meet.
    """
    await work.execute(
        """
        SELECT FROM messages m
        JOIN conversations c ON c.organization_id = $1 AND c.contact_id = m.contact_id
        JOIN outbox o ON o.organization_id = $1 AND o.conversation_id = c.id AND o.state = 'sending'
        WHERE m.organization_id = $1 AND m.id = ANY($2::uuid[]) AND m.created_at = $3
        ORDER BY o.message_id FOR UPDATE OF o
        """,
        work.organization_id,
        list(speaking),
        work.now,
    )


async def changes_at(work: Work, message_ids: Collection[UUID]) -> list[Any]:
    """Those of these messages, which this transaction wrote."""
    return await work.fetch(
        """
        SELECT m.id, m.created_at, m.conversation_id, m.contact_id, m.whatsapp_number_id, m.direction, m.type,
               m.content, m.metadata, m.status, m.whatsapp_message_id
        FROM messages m
        WHERE m.organization_id = $1 AND m.id = ANY($2::uuid[]) AND m.created_at = $3
        """,
        work.organization_id,
        list(message_ids),
        work.now,
    )


async def changes_awaiting(work: Work, keys: Collection[tuple[UUID, str]]) -> list[Any]:
    """What has spoken of these (number, WhatsApp id) before they came: in the same person's conversations."""
    return await work.fetch(
        """
        SELECT m.id, m.created_at, m.conversation_id, m.contact_id, m.whatsapp_number_id, m.direction, m.type,
               m.content, m.metadata, m.status, m.whatsapp_message_id
        FROM unnest($2::uuid[], $3::text[]) AS asked (number_id, whatsapp_message_id)
        JOIN message_ids i ON i.organization_id = $1 AND i.whatsapp_number_id = asked.number_id
                          AND i.whatsapp_message_id = $4 || asked.whatsapp_message_id
        JOIN messages earliest ON earliest.organization_id = $1 AND earliest.id = i.message_id
                              AND earliest.created_at = i.message_created_at
        JOIN conversations c ON c.organization_id = $1 AND c.contact_id = earliest.contact_id
        JOIN messages m ON m.organization_id = $1 AND m.conversation_id = c.id
                       AND m.created_at >= earliest.created_at AND m.type IN ('system', 'reaction')
                       AND COALESCE(m.content ->> 'original_message_id', m.content ->> 'message_id')
                           = asked.whatsapp_message_id
        """,
        work.organization_id,
        [number_id for number_id, _ in keys],
        [whatsapp_message_id for _, whatsapp_message_id in keys],
        AWAITED,
    )


async def lock_messages(work: Work, places: Sequence[tuple[UUID, datetime]]) -> list[Any]:
    """Messages, locked in the order of their ids."""
    return await work.fetch(
        """
        SELECT m.id, m.created_at, m.conversation_id, m.contact_id, m.whatsapp_number_id, m.direction, m.type,
               m.content, m.metadata, m.status, m.whatsapp_message_id
        FROM messages m
        JOIN unnest($2::uuid[], $3::timestamptz[]) AS asked (id, created_at)
          ON m.id = asked.id AND m.created_at = asked.created_at
        WHERE m.organization_id = $1
        ORDER BY m.id FOR NO KEY UPDATE OF m
        """,
        work.organization_id,
        [message_id for message_id, _ in places],
        [created_at for _, created_at in places],
    )


async def reactions_of_ours(work: Work, originals: Sequence[Any]) -> list[Any]:
    """Our reactions to these messages, but for those that WhatsApp has refused."""
    return await work.fetch(
        """
        SELECT m.id, m.created_at, m.conversation_id, m.contact_id, m.whatsapp_number_id, m.direction, m.type,
               m.content, m.metadata, m.status, m.whatsapp_message_id
        FROM unnest($2::uuid[], $3::timestamptz[], $4::text[]) AS original (conversation_id, said_at, wamid)
        JOIN messages m ON m.organization_id = $1 AND m.conversation_id = original.conversation_id
                       AND m.created_at >= original.said_at AND m.type = 'reaction'
                       AND m.direction = 'outbound' AND m.status <> 'failed'
                       AND m.content ->> 'message_id' = original.wamid
        """,
        work.organization_id,
        [row["conversation_id"] for row in originals],
        [row["created_at"] for row in originals],
        [row["whatsapp_message_id"] for row in originals],
    )


async def write_marks(work: Work, messages: Sequence[Any]) -> None:
    """Write what messages say now, and whether what spoke of others has had its effect."""
    rows = [(row["id"], row["created_at"], row["content"], row["metadata"]) for row in messages]
    rows.sort(key=lambda row: row[0])
    await work.execute(
        """
        UPDATE messages AS m SET content = new.content::jsonb, metadata = new.metadata::jsonb
        FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[])
             AS new (id, created_at, content, metadata)
        WHERE m.organization_id = $1 AND m.id = new.id AND m.created_at = new.created_at
        """,
        work.organization_id,
        [row[0] for row in rows],
        [row[1] for row in rows],
        [orjson.dumps(row[2]).decode() for row in rows],
        [orjson.dumps(row[3]).decode() for row in rows],
    )
