"""Every question put to `chatbots`, `flows`, `flow_versions`, `flow_runs` and `flow_timers`."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import orjson

from pytake.chatbots.live import Bot, Cast, LiveRun, PublishedFlow, Timer
from pytake.engine.run import Run
from pytake.engine.triggers import Match, Trigger
from pytake.identity.types import DEFAULT_TIMEZONE
from pytake.kit.work import Work


async def cast(work: Work) -> Cast:
    """Who may speak for the organization, as of this transaction."""
    here = await organization(work)
    if not here["may_speak"]:
        return Cast(here["name"], here["timezone"] or DEFAULT_TIMEZONE, {}, {}, may_speak=False)
    bots = {
        row["id"]: Bot(
            row["id"],
            row["name"],
            row["welcome_message"],
            row["fallback_message"],
            row["auto_handoff_enabled"],
        )
        for row in await active_bots(work)
    }
    flows = [_published_flow(row) for row in await published_flows(work)] if bots else []
    return Cast(
        here["name"],
        here["timezone"] or DEFAULT_TIMEZONE,
        bots,
        {flow.trigger.flow_id: flow for flow in flows if flow.chatbot_id in bots},
    )


def _published_flow(row: Any) -> PublishedFlow:
    conditions = row["trigger_conditions"]
    number_id = row["whatsapp_number_id"]
    trigger = Trigger(
        str(row["id"]),
        tuple(row["trigger_keywords"]),
        Match(conditions.get("match", Match.EQUALS)),
        str(number_id) if number_id else None,
        conditions.get("priority", 0),
        row["created_at"],
        catch_all=bool(conditions.get("catch_all")),
    )
    return PublishedFlow(row["id"], row["chatbot_id"], row["published_version_id"], trigger)


async def organization(work: Work) -> Any:
    rows = await work.fetch(
        """
        SELECT name, settings ->> 'timezone' AS timezone,
               is_active AND deleted_at IS NULL
                   AND COALESCE(messages_paused_until <= now(), true) AS may_speak
        FROM organizations WHERE id = $1
        """,
        work.organization_id,
    )
    return rows[0]


async def active_bots(work: Work) -> list[Any]:
    """Active, published bots, oldest first."""
    return await work.fetch(
        """
        SELECT id, name, welcome_message, fallback_message, auto_handoff_enabled FROM chatbots
        WHERE organization_id = $1 AND is_active AND is_published AND deleted_at IS NULL
        ORDER BY created_at, id
        """,
        work.organization_id,
    )


async def published_flows(work: Work) -> list[Any]:
    """Active flows with a published version, newest first."""
    return await work.fetch(
        """
        SELECT id, chatbot_id, whatsapp_number_id, published_version_id, trigger_type, trigger_keywords,
               trigger_conditions, created_at
        FROM flows
        WHERE organization_id = $1 AND is_active AND published_version_id IS NOT NULL AND type = 'main'
          AND trigger_type = 'keyword'
        ORDER BY created_at DESC, id
        """,
        work.organization_id,
    )


async def programs(work: Work, version_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = await work.fetch(
        "SELECT id, program FROM flow_versions WHERE organization_id = $1 AND id = ANY($2::uuid[])",
        work.organization_id,
        list(version_ids),
    )
    return {row["id"]: row["program"] for row in rows}


async def waiting_runs(work: Work, conversation_ids: Collection[UUID]) -> list[LiveRun]:
    """The waiting run of each of these locked conversations; the lock is the conversation's."""
    rows = await work.fetch(
        """
        SELECT r.id, r.conversation_id, r.contact_id, r.flow_id, r.chatbot_id, r.flow_version_id, r.state,
               r.updated_at, t.run_id IS NOT NULL AS has_timer
        FROM flow_runs r LEFT JOIN flow_timers t ON t.run_id = r.id
        WHERE r.organization_id = $1 AND r.conversation_id = ANY($2::uuid[]) AND r.status = 'waiting'
        """,
        work.organization_id,
        list(conversation_ids),
    )
    return [
        LiveRun(
            row["id"],
            row["conversation_id"],
            row["contact_id"],
            row["flow_id"],
            row["chatbot_id"],
            row["flow_version_id"],
            Run.load(row["state"]),
            row["updated_at"],
            has_timer=row["has_timer"],
        )
        for row in rows
    ]


async def write_runs(work: Work, runs: Sequence[LiveRun]) -> None:
    """Insert new runs and write back known ones, in the order given: a run that ended stands before its
    conversation's next one, as the index of one waiting run per conversation demands.
    """
    await work.execute(
        """
        INSERT INTO flow_runs AS r (id, organization_id, conversation_id, contact_id, chatbot_id, flow_id,
                                    flow_version_id, status, state, step_no, waiting_kind, finished_at)
        SELECT id, $1, conversation_id, contact_id, chatbot_id, flow_id, version_id, status, state::jsonb,
               step_no, waiting_kind, CASE WHEN status = 'waiting' THEN NULL ELSE now() END
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[],
                    $9::text[], $10::int[], $11::text[])
             WITH ORDINALITY
             AS new (id, conversation_id, contact_id, chatbot_id, flow_id, version_id, status, state, step_no,
                     waiting_kind, place)
        ORDER BY place
        ON CONFLICT (id) DO UPDATE
        SET status = EXCLUDED.status, state = EXCLUDED.state, step_no = EXCLUDED.step_no,
            waiting_kind = EXCLUDED.waiting_kind, finished_at = EXCLUDED.finished_at, updated_at = now()
        """,
        work.organization_id,
        [run.id for run in runs],
        [run.conversation_id for run in runs],
        [run.contact_id for run in runs],
        [run.chatbot_id for run in runs],
        [run.flow_id for run in runs],
        [run.version_id for run in runs],
        [run.state.status.value for run in runs],
        [orjson.dumps(run.state.dump()).decode() for run in runs],
        [run.state.step_no for run in runs],
        [run.state.waiting.kind if run.state.waiting else None for run in runs],
    )


async def set_timers(work: Work, timers: Sequence[Timer]) -> None:
    """A run has one timer; setting another replaces it."""
    await work.execute(
        """
        INSERT INTO flow_timers (run_id, organization_id, fire_at, token)
        SELECT run_id, $1, fire_at, token
        FROM unnest($2::uuid[], $3::timestamptz[], $4::text[]) AS new (run_id, fire_at, token)
        ON CONFLICT (run_id) DO UPDATE SET fire_at = EXCLUDED.fire_at, token = EXCLUDED.token
        """,
        work.organization_id,
        [timer.run_id for timer in timers],
        [timer.fire_at for timer in timers],
        [timer.token for timer in timers],
    )


async def remove_timers(work: Work, run_ids: Collection[UUID]) -> None:
    await work.execute(
        "DELETE FROM flow_timers WHERE organization_id = $1 AND run_id = ANY($2::uuid[])",
        work.organization_id,
        list(run_ids),
    )


async def due_conversations(work: Work, most: int) -> list[UUID]:
    """Conversations with a run whose timer is due; nothing is locked."""
    rows = await work.fetch(
        """
        SELECT r.conversation_id FROM flow_timers t
        JOIN flow_runs r ON r.organization_id = t.organization_id AND r.id = t.run_id
        WHERE t.organization_id = $1 AND t.fire_at <= now() ORDER BY t.fire_at LIMIT $2
        """,
        work.organization_id,
        most,
    )
    return list({row["conversation_id"] for row in rows})


async def due_timers(work: Work, conversation_ids: Collection[UUID]) -> list[Any]:
    """The due timers of conversations that are locked by now, with whether their run still waits."""
    return await work.fetch(
        """
        SELECT t.run_id, t.token, t.fire_at, r.conversation_id, r.status = 'waiting' AS is_waiting
        FROM flow_timers t JOIN flow_runs r ON r.organization_id = t.organization_id AND r.id = t.run_id
        WHERE t.organization_id = $1 AND t.fire_at <= now() AND r.conversation_id = ANY($2::uuid[])
        ORDER BY t.fire_at
        """,
        work.organization_id,
        list(conversation_ids),
    )
