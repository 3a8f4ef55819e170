"""The runs of conversations that change hands."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import orjson

from pytake.kit.work import Work

Json = dict[str, Any]


async def give(work: Work, conversation_ids: Sequence[UUID], contact_id: UUID) -> None:
    """The runs of whole conversations, which stay where they are."""
    await work.execute(
        """
        UPDATE flow_runs SET contact_id = $3
        WHERE organization_id = $1 AND conversation_id = ANY($2::uuid[])
        """,
        work.organization_id,
        list(conversation_ids),
        contact_id,
    )


async def carry(work: Work, source: UUID, target: UUID, contact_id: UUID) -> list[Json]:
    """All runs of one conversation into another, as they were. Of two that wait, the target's goes on."""
    rows = await work.fetch(
        """
        SELECT r.id, r.status, r.waiting_kind, t.fire_at, t.token FROM flow_runs r
        LEFT JOIN flow_timers t ON t.run_id = r.id
        WHERE r.organization_id = $1 AND r.conversation_id = $2
        """,
        work.organization_id,
        source,
    )
    await work.execute(
        """
        UPDATE flow_runs r
        SET conversation_id = $3, contact_id = $4,
            status = CASE WHEN r.status = 'waiting' AND other.waits THEN 'interrupted' ELSE r.status END,
            finished_at = CASE WHEN r.status = 'waiting' AND other.waits THEN now() ELSE r.finished_at END,
            updated_at = now()
        FROM (SELECT EXISTS (SELECT FROM flow_runs w WHERE w.organization_id = $1
                             AND w.conversation_id = $3 AND w.status = 'waiting') AS waits) AS other
        WHERE r.organization_id = $1 AND r.conversation_id = $2
        """,
        work.organization_id,
        source,
        target,
        contact_id,
    )
    await work.execute(
        """
        DELETE FROM flow_timers t USING flow_runs r
        WHERE t.organization_id = $1 AND r.organization_id = $1 AND r.id = t.run_id
          AND r.conversation_id = $2 AND r.status <> 'waiting'
        """,
        work.organization_id,
        target,
    )
    return [_as_json(row) for row in rows]


def _as_json(row: Any) -> Json:
    fire_at = row["fire_at"].isoformat() if row["fire_at"] else None
    return {"id": str(row["id"]), "status": row["status"], "fire_at": fire_at, "token": row["token"]}


async def carry_back(work: Work, runs: Sequence[Json], target: UUID, contact_id: UUID) -> None:
    """A run that was interrupted by the moving, and nothing else, waits again, and so does its timer."""
    given = orjson.dumps(list(runs)).decode()
    await work.execute(
        """
        UPDATE flow_runs r
        SET conversation_id = $3, contact_id = $4, updated_at = now(),
            status = CASE WHEN was.status = 'waiting' AND r.status = 'interrupted' THEN 'waiting'
                          ELSE r.status END,
            finished_at = CASE WHEN was.status = 'waiting' AND r.status = 'interrupted' THEN NULL
                               ELSE r.finished_at END
        FROM jsonb_to_recordset($2::jsonb) AS was (id uuid, status text)
        WHERE r.organization_id = $1 AND r.id = was.id
        """,
        work.organization_id,
        given,
        target,
        contact_id,
    )
    await work.execute(
        """
        INSERT INTO flow_timers (run_id, organization_id, fire_at, token)
        SELECT r.id, $1, was.fire_at, was.token
        FROM jsonb_to_recordset($2::jsonb) AS was (id uuid, fire_at timestamptz, token text)
        JOIN flow_runs r ON r.organization_id = $1 AND r.id = was.id AND r.status = 'waiting'
        WHERE was.fire_at IS NOT NULL
        ON CONFLICT (run_id) DO NOTHING
        """,
        work.organization_id,
        given,
    )


async def show(work: Work, conversation_ids: Collection[UUID]) -> None:
    """Each conversation's copy of where its bot stands: the run that waits, or else the last."""
    await work.execute(
        """
        UPDATE conversations c
        SET current_flow_id = r.flow_id, flow_variables = COALESCE(r.state -> 'variables', '{}'),
            current_node_id = (SELECT n.id FROM nodes n
                               WHERE n.organization_id = $1 AND n.id::text = r.state ->> 'node')
        FROM unnest($2::uuid[]) AS asked (id)
        LEFT JOIN LATERAL (
            SELECT flow_id, state FROM flow_runs
            WHERE organization_id = $1 AND conversation_id = asked.id
            ORDER BY (status = 'waiting') DESC, updated_at DESC, id LIMIT 1
        ) AS r ON true
        WHERE c.organization_id = $1 AND c.id = asked.id
        """,
        work.organization_id,
        list(conversation_ids),
    )
