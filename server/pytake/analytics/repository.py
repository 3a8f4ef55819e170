"""Messages and conversations as history wants them: whole, and many at once; and how many there were."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.kit.journal import Cursor
from pytake.kit.work import Work


async def messages(work: Work, places: Collection[tuple[UUID, datetime]]) -> list[Any]:
    """One look-up for each, whatever the statistics say; those that are gone are missing."""
    return await work.fetch(
        """
        SELECT m.*, k.whatsapp_id, k.phone, n.phone_number
        FROM unnest($2::uuid[], $3::timestamptz[]) AS asked (id, created_at)
        CROSS JOIN LATERAL (
            SELECT m.id, m.conversation_id, m.contact_id, m.whatsapp_number_id, m.direction, m.sender_type,
                   m.type, m.content, m.whatsapp_message_id, m.status, m.error_message, m.metadata,
                   m.created_at, m.sent_at, m.delivered_at, m.read_at, m.failed_at
            FROM messages m
            WHERE m.organization_id = $1 AND m.id = asked.id AND m.created_at = asked.created_at LIMIT 1
        ) AS m
        LEFT JOIN contacts k ON k.organization_id = $1 AND k.id = m.contact_id
        LEFT JOIN whatsapp_numbers n ON n.organization_id = $1 AND n.id = m.whatsapp_number_id
        """,
        work.organization_id,
        [message_id for message_id, _ in places],
        [created_at for _, created_at in places],
    )


async def conversations(work: Work, conversation_ids: Collection[UUID]) -> list[Any]:
    """With who said how much, and where each of their flow runs stands."""
    return await work.fetch(
        """
        SELECT c.id, c.contact_id, c.status, c.first_message_at, c.resolved_at, c.message_count,
               c.handoff_at, c.handoff_reason, c.assigned_to, c.satisfaction_rating, c.created_at,
               said.by_bot, said.by_people, COALESCE(walked.path, '[]') AS flow_path
        FROM conversations c
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE m.sender_type = 'bot') AS by_bot,
                   count(*) FILTER (WHERE m.sender_type IN ('agent', 'phone')) AS by_people
            FROM messages m
            WHERE m.organization_id = $1 AND m.conversation_id = c.id AND m.created_at >= c.created_at
        ) AS said
        CROSS JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_object(
                       'flow_id', r.flow_id, 'run_id', r.id, 'status', r.status, 'node_id', n.id,
                       'node_type', n.type, 'timestamp', COALESCE(r.finished_at, r.updated_at))
                   ORDER BY r.created_at, r.id) AS path
            FROM flow_runs r
            LEFT JOIN nodes n ON n.organization_id = $1 AND n.id = CASE
                WHEN r.state ->> 'node' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                THEN (r.state ->> 'node')::uuid END
            WHERE r.organization_id = $1 AND r.conversation_id = c.id
        ) AS walked
        WHERE c.organization_id = $1 AND c.id = ANY($2::uuid[])
        """,
        work.organization_id,
        list(conversation_ids),
    )


async def meter(work: Work, after: Cursor, most: int, default_timezone: str) -> tuple[int, Cursor | None]:
    """Add the messages of the next facts to their months, and what they cost; answers how many facts, and the
    last one's place.

    A message and the fact of it are written in one transaction and bear its time. Behind the oldest open
    transaction nothing can appear any more (see `pytake.kit.journal`).
    """
    rows = await work.fetch(
        """
        WITH news AS MATERIALIZED (
            SELECT transaction_id, sequence, type, created_at,
                   CASE WHEN type = 'message.updated' THEN payload -> 'charge' END AS charge
            FROM events
            WHERE organization_id = $1 AND (transaction_id, sequence) > ($2, $3)
              AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            ORDER BY transaction_id, sequence LIMIT $4
        ), clock AS (
            SELECT COALESCE(settings ->> 'timezone', $5) AS zone FROM organizations WHERE id = $1
        ), counted AS (
            SELECT date_trunc('month', created_at AT TIME ZONE zone)::date AS month,
                   count(*) FILTER (WHERE type = 'message.created') AS sent,
                   count(*) FILTER (WHERE type = 'message.received') AS received
            FROM news, clock WHERE type IN ('message.created', 'message.received') GROUP BY 1
        ), added AS (
            INSERT INTO message_usage AS u (organization_id, month, sent, received)
            SELECT $1, month, sent, received FROM counted
            ON CONFLICT (organization_id, month) DO UPDATE
            SET sent = u.sent + EXCLUDED.sent, received = u.received + EXCLUDED.received, updated_at = now()
        ), charged AS (
            INSERT INTO message_charges AS c (organization_id, month, whatsapp_number_id, category, type,
                                              messages)
            SELECT $1, date_trunc('month', created_at AT TIME ZONE zone)::date,
                   (charge ->> 'whatsapp_number_id')::uuid, charge ->> 'category', charge ->> 'type',
                   count(*)
            FROM news, clock WHERE charge IS NOT NULL GROUP BY 2, 3, 4, 5
            ON CONFLICT (organization_id, month, whatsapp_number_id, category, type) DO UPDATE
            SET messages = c.messages + EXCLUDED.messages, updated_at = now()
        )
        SELECT transaction_id, sequence, (SELECT count(*) FROM news) AS read FROM news
        ORDER BY transaction_id DESC, sequence DESC LIMIT 1
        """,
        work.organization_id,
        after.transaction_id,
        after.sequence,
        most,
        default_timezone,
    )
    if not rows:
        return 0, None
    return rows[0]["read"], Cursor(rows[0]["transaction_id"], rows[0]["sequence"])
