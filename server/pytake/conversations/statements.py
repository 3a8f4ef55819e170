"""The set statements of the pipeline on `conversations`, `messages` and `message_ids`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from pytake.conversations.marking import AWAITED
from pytake.conversations.pipeline import Conversation, NewMessage
from pytake.kit.work import Work


def _json(value: Any) -> str:
    """Variables of a flow may hold decimals; as text they lose nothing."""
    return orjson.dumps(value, default=str).decode()


async def remember(work: Work, keys: Sequence[tuple[UUID, str, UUID, datetime]]) -> dict[UUID, bool]:
    """Remember (number, WhatsApp id) → our message and its time; answer the messages that were the first,
    and of each whether others have spoken of it already.

    The one place where duplicates end, also those within the same call.
    """
    rows = await work.fetch(
        """
        WITH first AS (
            INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id,
                                     message_created_at)
            SELECT $1, number_id, whatsapp_message_id, message_id, created_at
            FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[])
                 AS new (number_id, whatsapp_message_id, message_id, created_at)
            ON CONFLICT DO NOTHING RETURNING whatsapp_number_id, whatsapp_message_id, message_id
        )
        SELECT first.message_id, EXISTS (
            SELECT FROM message_ids i
            WHERE i.organization_id = $1 AND i.whatsapp_number_id = first.whatsapp_number_id
              AND i.whatsapp_message_id = $6 || first.whatsapp_message_id
        ) AS is_awaited
        FROM first
        """,
        work.organization_id,
        [key[0] for key in keys],
        [key[1] for key in keys],
        [key[2] for key in keys],
        [key[3] for key in keys],
        AWAITED,
    )
    return {row["message_id"]: row["is_awaited"] for row in rows}


async def known(
    work: Work, keys: Collection[tuple[UUID, str]]
) -> dict[tuple[UUID, str], tuple[UUID, datetime]]:
    """The rows behind WhatsApp ids."""
    rows = await work.fetch(
        """
        SELECT i.whatsapp_number_id, i.whatsapp_message_id, i.message_id, i.message_created_at
        FROM unnest($2::uuid[], $3::text[]) AS asked (number_id, whatsapp_message_id)
        JOIN message_ids i ON i.whatsapp_number_id = asked.number_id
                          AND i.whatsapp_message_id = asked.whatsapp_message_id
        WHERE i.organization_id = $1
        """,
        work.organization_id,
        [key[0] for key in keys],
        [key[1] for key in keys],
    )
    return {
        (row["whatsapp_number_id"], row["whatsapp_message_id"]): (
            row["message_id"],
            row["message_created_at"],
        )
        for row in rows
    }


async def spoken_of(
    work: Work, speaking: Collection[tuple[UUID, UUID, str]]
) -> dict[tuple[UUID, UUID, str], tuple[UUID, bool]]:
    """Where somebody (contact, number) talks to us about a message (its WhatsApp id): the conversation it is
    in, and whether that is certain. Of a message nobody knows it is the one they have, or had last.
    """
    rows = await work.fetch(
        """
        SELECT asked.*, COALESCE(m.conversation_id, latest.id) AS conversation_id,
               m.id IS NOT NULL AS is_known
        FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS asked (contact_id, number_id, target)
        LEFT JOIN message_ids i ON i.organization_id = $1 AND i.whatsapp_number_id = asked.number_id
                               AND i.whatsapp_message_id = asked.target
        LEFT JOIN messages m ON m.organization_id = $1 AND m.id = i.message_id
                            AND m.created_at = i.message_created_at AND m.contact_id = asked.contact_id
        LEFT JOIN LATERAL (
            SELECT c.id FROM conversations c
            WHERE c.organization_id = $1 AND c.contact_id = asked.contact_id
              AND c.whatsapp_number_id = asked.number_id AND c.last_message_at IS NOT NULL
            ORDER BY c.status IN ('resolved', 'closed'), c.last_message_at DESC LIMIT 1
        ) AS latest ON m.id IS NULL
        WHERE COALESCE(m.conversation_id, latest.id) IS NOT NULL
        """,
        work.organization_id,
        *_columns(list(speaking)),
    )
    return {
        (row["contact_id"], row["number_id"], row["target"]): (row["conversation_id"], row["is_known"])
        for row in rows
    }


_LIVE = "status NOT IN ('resolved', 'closed')"


async def lock_live(work: Work, pairs: Collection[tuple[UUID, UUID]]) -> list[Conversation]:
    """The live conversations of these (contact, number) pairs, locked in the order of their ids."""
    rows = await work.fetch(
        f"""
        SELECT c.id, c.contact_id, c.whatsapp_number_id, c.status, c.chatbot_id, c.is_bot_active,
               c.first_message_at, c.last_message_at, c.last_customer_message_at, c.message_count,
               c.current_flow_id, c.current_node_id, c.handoff_at, c.handoff_reason, c.entered_queue_at,
               c.resolved_at
        FROM conversations c
        JOIN unnest($2::uuid[], $3::uuid[]) AS pair (contact_id, number_id)
          ON c.contact_id = pair.contact_id AND c.whatsapp_number_id = pair.number_id
        WHERE c.organization_id = $1 AND c.{_LIVE}
        ORDER BY c.id FOR NO KEY UPDATE OF c
        """,  # noqa: S608 - _LIVE is written above
        work.organization_id,
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
    )
    return [_conversation(row) for row in rows]


async def lock(work: Work, conversation_ids: Collection[UUID]) -> list[Conversation]:
    """These conversations, live or not, locked in the order of their ids."""
    rows = await work.fetch(
        """
        SELECT id, contact_id, whatsapp_number_id, status, chatbot_id, is_bot_active, first_message_at,
               last_message_at, last_customer_message_at, message_count, current_flow_id, current_node_id,
               handoff_at, handoff_reason, entered_queue_at, resolved_at
        FROM conversations WHERE organization_id = $1 AND id = ANY($2::uuid[])
        ORDER BY id FOR NO KEY UPDATE
        """,
        work.organization_id,
        list(conversation_ids),
    )
    return [_conversation(row) for row in rows]


def _conversation(row: Any) -> Conversation:
    return Conversation(
        id=row["id"],
        contact_id=row["contact_id"],
        whatsapp_number_id=row["whatsapp_number_id"],
        status=row["status"],
        chatbot_id=row["chatbot_id"],
        is_bot_active=row["is_bot_active"],
        first_message_at=row["first_message_at"],
        last_message_at=row["last_message_at"],
        last_customer_message_at=row["last_customer_message_at"],
        message_count=row["message_count"],
        current_flow_id=row["current_flow_id"],
        current_node_id=row["current_node_id"],
        handoff_at=row["handoff_at"],
        handoff_reason=row["handoff_reason"],
        entered_queue_at=row["entered_queue_at"],
        resolved_at=row["resolved_at"],
    )


async def insert_conversations(work: Work, conversations: Sequence[Conversation]) -> set[UUID]:
    """Open conversations; answer the ids of those that nobody else opened a moment earlier."""
    rows = await work.fetch(
        """
        INSERT INTO conversations (id, organization_id, contact_id, whatsapp_number_id)
        SELECT id, $1, contact_id, number_id
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS new (id, contact_id, number_id)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        work.organization_id,
        [conversation.id for conversation in conversations],
        [conversation.contact_id for conversation in conversations],
        [conversation.whatsapp_number_id for conversation in conversations],
    )
    return {row["id"] for row in rows}


async def write_back(work: Work, conversations: Sequence[Conversation]) -> None:
    """Write all that the pipeline may have changed on locked conversations."""
    await work.execute(
        """
        UPDATE conversations AS c
        SET status = new.status, chatbot_id = new.chatbot_id, is_bot_active = new.is_bot_active,
            first_message_at = new.first_message_at, last_message_at = new.last_message_at,
            last_customer_message_at = new.last_customer_message_at,
            twenty_four_hour_window_expires_at = new.window_expires_at,
            can_send_free_form = COALESCE(new.window_expires_at > now(), false),
            message_count = new.message_count,
            current_flow_id = new.current_flow_id,
            current_node_id = (SELECT n.id FROM nodes n
                               WHERE n.organization_id = $1 AND n.id = new.current_node_id),
            flow_variables = COALESCE(new.flow_variables::jsonb, c.flow_variables),
            handoff_at = new.handoff_at, handoff_reason = new.handoff_reason,
            entered_queue_at = new.entered_queue_at, resolved_at = new.resolved_at, updated_at = now()
        FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::bool[], $6::timestamptz[], $7::timestamptz[],
                    $8::timestamptz[], $9::timestamptz[], $10::int[], $11::uuid[], $12::uuid[], $13::text[],
                    $14::timestamptz[], $15::text[], $16::timestamptz[], $17::timestamptz[])
             AS new (id, status, chatbot_id, is_bot_active, first_message_at, last_message_at,
                     last_customer_message_at, window_expires_at, message_count, current_flow_id,
                     current_node_id, flow_variables, handoff_at, handoff_reason, entered_queue_at,
                     resolved_at)
        WHERE c.organization_id = $1 AND c.id = new.id
        """,
        work.organization_id,
        *_columns(
            [
                (
                    c.id,
                    c.status,
                    c.chatbot_id,
                    c.is_bot_active,
                    c.first_message_at,
                    c.last_message_at,
                    c.last_customer_message_at,
                    c.window_expires_at(),
                    c.message_count,
                    c.current_flow_id,
                    c.current_node_id,
                    None if c.flow_variables is None else _json(c.flow_variables),
                    c.handoff_at,
                    c.handoff_reason,
                    c.entered_queue_at,
                    c.resolved_at,
                )
                for c in conversations
            ]
        ),
    )


async def insert_messages(work: Work, messages: Sequence[NewMessage]) -> None:
    """Insert messages in the order given; all bear the transaction's time, their ids keep the order."""
    await work.execute(
        """
        INSERT INTO messages (id, organization_id, conversation_id, contact_id, whatsapp_number_id, direction,
                              sender_type, sender_id, type, content, status, whatsapp_message_id, metadata,
                              created_at)
        SELECT id, $1, conversation_id, contact_id, number_id, direction, sender_type, sender_id, type,
               content::jsonb, status, whatsapp_message_id, metadata::jsonb, $14
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[],
                    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
             AS new (id, conversation_id, contact_id, number_id, direction, sender_type, sender_id, type,
                     content, status, whatsapp_message_id, metadata)
        """,
        work.organization_id,
        *_columns(
            [
                (
                    m.id,
                    m.conversation.id,
                    m.conversation.contact_id,
                    m.conversation.whatsapp_number_id,
                    m.direction,
                    m.sender_type,
                    m.sender_id,
                    m.type,
                    _json(m.content),
                    m.status,
                    m.whatsapp_message_id,
                    _json(m.metadata),
                )
                for m in messages
            ]
        ),
        work.now,
    )


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
