"""The conversations of two contacts that become one, or that are told apart again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.media import service as media

Json = dict[str, Any]

OVER = frozenset({"resolved", "closed"})

TAKEN = (
    (
        "status",
        "is_bot_active",
        "assigned_to",
        "assigned_at",
        "department_id",
        "entered_queue_at",
        "handoff_at",
        "handoff_reason",
    ),
    ("tags",),
    ("notes",),
)
"""What a conversation takes over from another, in parts of which each belongs together."""


async def lock(work: Work, contact_ids: Collection[UUID]) -> dict[UUID, Json]:
    """All of these contacts, as JSON, locked in the order of ids: conversations come before contacts.

    And what is on its way out of them: whoever records how a call ended has its row before its message.
    """
    rows = await work.fetch(
        """
        SELECT id, to_jsonb(c) AS row FROM conversations c
        WHERE organization_id = $1 AND contact_id = ANY($2::uuid[]) ORDER BY id FOR NO KEY UPDATE
        """,
        work.organization_id,
        list(contact_ids),
    )
    await work.fetch(
        """
        SELECT message_id FROM outbox WHERE organization_id = $1 AND conversation_id = ANY($2::uuid[])
        ORDER BY message_id FOR UPDATE
        """,
        work.organization_id,
        [row["id"] for row in rows],
    )
    return {row["id"]: row["row"] for row in rows}


async def give(work: Work, conversation_ids: Sequence[UUID], contact_id: UUID) -> None:
    """Whole conversations, with what is said and what is on its way out."""
    for statement in (
        "UPDATE conversations SET contact_id = $3 WHERE organization_id = $1 AND id = ANY($2)",
        "UPDATE outbox SET contact_id = $3 WHERE organization_id = $1 AND conversation_id = ANY($2)",
    ):
        await work.execute(statement, work.organization_id, list(conversation_ids), contact_id)
    said = await work.fetch(
        """
        UPDATE messages SET contact_id = $3 WHERE organization_id = $1 AND conversation_id = ANY($2)
        RETURNING id, created_at, conversation_id
        """,
        work.organization_id,
        list(conversation_ids),
        contact_id,
    )
    for row in said:
        _tell(work, row["id"], row["created_at"], row["conversation_id"])


def _tell(work: Work, message_id: UUID, created_at: datetime, conversation_id: UUID) -> None:
    """Whoever follows the journal has this message under another conversation or contact."""
    work.publish(
        "message.moved",
        {"conversation_id": conversation_id, "message_id": message_id, "message_created_at": created_at},
    )


async def said_in(work: Work, conversation_ids: Collection[UUID], since: datetime | None = None) -> list[Any]:
    """In the order in which it was said. `said_by`: what a message shows of its author, or says they got."""
    return await work.fetch(
        """
        SELECT id, created_at, conversation_id, whatsapp_number_id, direction,
               ARRAY[metadata ->> 'from_user_id', metadata ->> 'from',
                     CASE WHEN type = 'system' THEN content ->> 'new_wa_id' END] AS said_by
        FROM messages
        WHERE organization_id = $1 AND conversation_id = ANY($2::uuid[])
          AND created_at > COALESCE($3::timestamptz, '-infinity') ORDER BY created_at, id
        """,
        work.organization_id,
        list(conversation_ids),
        since,
    )


async def who_wrote_last(work: Work, conversation_ids: Collection[UUID]) -> UUID | None:
    """Of the customers. What we wrote, and what WhatsApp said, shows nobody."""
    rows = await work.fetch(
        """
        SELECT contact_id FROM messages
        WHERE organization_id = $1 AND conversation_id = ANY($2::uuid[])
          AND direction = 'inbound' AND type NOT IN ('system', 'reaction')
        ORDER BY LEAST(created_at, to_timestamp(NULLIF((metadata ->> 'timestamp')::bigint, 0))) DESC,
                 created_at DESC, id DESC
        LIMIT 1
        """,
        work.organization_id,
        list(conversation_ids),
    )
    return rows[0]["contact_id"] if rows else None


async def carry(
    work: Work, messages: Sequence[tuple[UUID, datetime]], conversation_id: UUID, contact_id: UUID
) -> None:
    """Messages into another conversation, with their files and what is still to be sent; time orders them."""
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
    await media.carry(work, [message_id for message_id, _ in messages], conversation_id)
    for message_id, created_at in messages:
        _tell(work, message_id, created_at, conversation_id)


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


async def take_over(work: Work, conversation_id: UUID, other: Mapping[str, Any]) -> Json:
    """What was true of the other, where it matters more: a person at it, a place in the queue, its tags.

    Answers the conversation as it is then.
    """
    (row,) = await work.fetch(
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
        RETURNING to_jsonb(c) AS row
        """,
        work.organization_id,
        conversation_id,
        UUID(str(other["id"])),
    )
    after: Json = row["row"]
    return after


async def give_back(work: Work, conversation_id: UUID, before: Json, after: Json) -> None:
    """What was taken over, unless somebody has changed it since: who works on it is one thing."""
    (row,) = await work.fetch(
        "SELECT to_jsonb(c) AS row FROM conversations c WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        conversation_id,
    )
    now = row["row"]
    untouched = [part for part in TAKEN if all(now[name] == after[name] for name in part)]
    await work.execute(
        """
        UPDATE conversations c
        SET (status, is_bot_active, assigned_to, assigned_at, department_id, entered_queue_at, handoff_at,
             handoff_reason, tags, notes) = (
            SELECT status, is_bot_active, assigned_to, assigned_at, department_id, entered_queue_at,
                   handoff_at, handoff_reason, tags, notes
            FROM jsonb_populate_record(c, $3::jsonb))
        WHERE c.organization_id = $1 AND c.id = $2
        """,
        work.organization_id,
        conversation_id,
        orjson.dumps({name: before[name] for part in untouched for name in part}).decode(),
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
