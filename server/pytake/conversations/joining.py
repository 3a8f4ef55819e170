"""The conversations of two contacts that become one, or that are told apart again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.kit.ids import new_id
from pytake.kit.work import Work

Json = dict[str, Any]

OVER = frozenset({"resolved", "closed"})


async def lock(work: Work, contact_ids: Collection[UUID]) -> dict[UUID, Json]:
    """All of these contacts, as JSON, locked in the order of ids: conversations come before contacts."""
    rows = await work.fetch(
        """
        SELECT id, to_jsonb(c) AS row FROM conversations c
        WHERE organization_id = $1 AND contact_id = ANY($2::uuid[]) ORDER BY id FOR NO KEY UPDATE
        """,
        work.organization_id,
        list(contact_ids),
    )
    return {row["id"]: row["row"] for row in rows}


async def give(work: Work, conversation_ids: Sequence[UUID], contact_id: UUID) -> None:
    """Whole conversations, with what is said and what is on its way out."""
    for statement in (
        "UPDATE conversations SET contact_id = $3 WHERE organization_id = $1 AND id = ANY($2)",
        "UPDATE messages SET contact_id = $3 WHERE organization_id = $1 AND conversation_id = ANY($2)",
        "UPDATE outbox SET contact_id = $3 WHERE organization_id = $1 AND conversation_id = ANY($2)",
    ):
        await work.execute(statement, work.organization_id, list(conversation_ids), contact_id)


async def said_in(work: Work, conversation_ids: Collection[UUID], since: datetime | None = None) -> list[Any]:
    """In the order in which it was said."""
    return await work.fetch(
        """
        SELECT id, created_at, conversation_id, whatsapp_number_id, direction, metadata ->> 'from' AS said_by
        FROM messages
        WHERE organization_id = $1 AND conversation_id = ANY($2::uuid[])
          AND created_at > COALESCE($3::timestamptz, '-infinity') ORDER BY created_at, id
        """,
        work.organization_id,
        list(conversation_ids),
        since,
    )


async def carry(
    work: Work, messages: Sequence[tuple[UUID, datetime]], conversation_id: UUID, contact_id: UUID
) -> None:
    """Messages into another conversation, with what of them is still to be sent; time keeps their order."""
    await work.execute(
        """
        UPDATE messages m SET conversation_id = $4, contact_id = $5
        FROM unnest($2::uuid[], $3::timestamptz[]) AS moved (id, created_at)
        WHERE m.organization_id = $1 AND m.id = moved.id AND m.created_at = moved.created_at
        """,
        work.organization_id,
        [message_id for message_id, _ in messages],
        [created_at for _, created_at in messages],
        conversation_id,
        contact_id,
    )
    await work.execute(
        """
        UPDATE outbox SET conversation_id = $3, contact_id = $4
        WHERE organization_id = $1 AND message_id = ANY($2::uuid[])
        """,
        work.organization_id,
        [message_id for message_id, _ in messages],
        conversation_id,
        contact_id,
    )
    for message_id, created_at in messages:
        work.publish(
            "message.moved",
            {"conversation_id": conversation_id, "message_id": message_id, "message_created_at": created_at},
        )


async def put_away(work: Work, conversation_id: UUID, contact_id: UUID) -> None:
    """One whose messages are in another now. Without news it is in no list."""
    await work.execute(
        """
        UPDATE conversations SET status = 'closed', contact_id = $3, is_bot_active = false, message_count = 0,
               last_message_at = NULL, twenty_four_hour_window_expires_at = NULL, can_send_free_form = false,
               updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        conversation_id,
        contact_id,
    )


async def take_over(work: Work, conversation_id: UUID, other: Mapping[str, Any]) -> None:
    """What was true of the other, where it matters more: a person at it, a place in the queue, its tags."""
    await work.execute(
        """
        UPDATE conversations c
        SET assigned_to = COALESCE(c.assigned_to, o.assigned_to),
            assigned_at = COALESCE(c.assigned_at, o.assigned_at),
            department_id = COALESCE(c.department_id, o.department_id),
            entered_queue_at = LEAST(c.entered_queue_at, o.entered_queue_at),
            handoff_at = COALESCE(c.handoff_at, o.handoff_at),
            handoff_reason = COALESCE(c.handoff_reason, o.handoff_reason),
            is_bot_active = c.is_bot_active AND o.is_bot_active,
            status = CASE WHEN 'assigned' IN (c.status, o.status) THEN 'assigned'
                          WHEN 'waiting_in_queue' IN (c.status, o.status) THEN 'waiting_in_queue'
                          ELSE c.status END,
            tags = ARRAY(SELECT DISTINCT unnest(c.tags || o.tags) ORDER BY 1),
            notes = NULLIF(concat_ws(E'\\n\\n', c.notes, o.notes), ''),
            updated_at = now()
        FROM conversations o
        WHERE c.organization_id = $1 AND c.id = $2 AND o.organization_id = $1 AND o.id = $3
        """,
        work.organization_id,
        conversation_id,
        UUID(str(other["id"])),
    )


async def restore(work: Work, conversation_id: UUID, before: Mapping[str, Any]) -> None:
    """As it was put away; what it counts is counted anew."""
    await work.execute(
        """
        UPDATE conversations SET status = $3, is_bot_active = $4, contact_id = $5, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        conversation_id,
        before["status"],
        before["is_bot_active"],
        UUID(str(before["contact_id"])),
    )


async def open_one(work: Work, contact_id: UUID, number_id: UUID | None) -> UUID:
    conversation_id = new_id()
    await work.execute(
        """
        INSERT INTO conversations (id, organization_id, contact_id, whatsapp_number_id)
        VALUES ($2, $1, $3, $4)
        """,
        work.organization_id,
        conversation_id,
        contact_id,
        number_id,
    )
    return conversation_id


async def recount(work: Work, conversation_ids: Collection[UUID]) -> None:
    """Everything a conversation says about its messages, from the messages."""
    await work.execute(
        """
        UPDATE conversations c
        SET message_count = said.number, first_message_at = said.first_at, last_message_at = said.last_at,
            last_customer_message_at = said.heard_at,
            twenty_four_hour_window_expires_at = said.heard_at + interval '24 hours',
            can_send_free_form = COALESCE(said.heard_at + interval '24 hours' > now(), false),
            updated_at = now()
        FROM (
            SELECT asked.id, count(m.id) AS number, min(m.created_at) AS first_at,
                   max(m.created_at) AS last_at,
                   max(LEAST(m.created_at, to_timestamp(NULLIF((m.metadata ->> 'timestamp')::bigint, 0))))
                       FILTER (WHERE m.direction = 'inbound' AND m.type NOT IN ('system', 'reaction'))
                       AS heard_at
            FROM unnest($2::uuid[]) AS asked (id)
            LEFT JOIN messages m ON m.organization_id = $1 AND m.conversation_id = asked.id
            GROUP BY asked.id
        ) AS said
        WHERE c.organization_id = $1 AND c.id = said.id
        """,
        work.organization_id,
        list(conversation_ids),
    )
