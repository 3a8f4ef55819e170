"""The rows of `whatsapp_template_syncs`: one for each business account."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from pytake.kit.work import Work

Json = dict[str, Any]


async def watch(work: Work, waba_id: str, after: timedelta) -> None:
    """From now on the account's templates are read; an account that is known already stays as it is."""
    await work.execute(
        """
        INSERT INTO whatsapp_template_syncs (organization_id, whatsapp_business_account_id, not_before)
        VALUES ($1, $2, now() + $3) ON CONFLICT DO NOTHING
        """,
        work.organization_id,
        waba_id,
        after,
    )


async def want(work: Work, waba_id: str, after: timedelta) -> bool:
    """Read the account soon. False when it is none of ours."""
    rows = await work.fetch(
        """
        UPDATE whatsapp_template_syncs
        SET state = 'wanted', not_before = CASE WHEN state = 'idle' THEN now() + $3
                                                ELSE LEAST(not_before, now() + $3) END
        WHERE organization_id = $1 AND whatsapp_business_account_id = $2 RETURNING 1
        """,
        work.organization_id,
        waba_id,
        after,
    )
    return bool(rows)


async def account_of(work: Work, number_id: UUID) -> str | None:
    rows = await work.fetch(
        """
        SELECT whatsapp_business_account_id FROM whatsapp_numbers
        WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL
        """,
        work.organization_id,
        number_id,
    )
    return rows[0][0] if rows else None


async def every(work: Work) -> list[Any]:
    return await work.fetch(
        """
        SELECT s.whatsapp_business_account_id, s.state, s.started_at, s.finished_at, s.fetched, s.error,
               ARRAY(SELECT n.id FROM whatsapp_numbers n
                     WHERE n.organization_id = $1 AND n.deleted_at IS NULL
                       AND n.whatsapp_business_account_id = s.whatsapp_business_account_id
                     ORDER BY n.is_default DESC, n.id) AS whatsapp_number_ids
        FROM whatsapp_template_syncs s WHERE s.organization_id = $1
        ORDER BY s.whatsapp_business_account_id
        """,
        work.organization_id,
    )


async def claim(work: Work, stale: timedelta) -> Json | None:
    rows = await work.fetch(
        """
        UPDATE whatsapp_template_syncs s
        SET state = 'running', started_at = now(), not_before = now() + $2, fetched = 0, tries = tries + 1
        WHERE s.organization_id = $1 AND s.whatsapp_business_account_id = (
            SELECT whatsapp_business_account_id FROM whatsapp_template_syncs
            WHERE organization_id = $1 AND not_before <= now()
            ORDER BY not_before LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING s.*
        """,
        work.organization_id,
        stale,
    )
    return dict(rows[0]) if rows else None


async def count(work: Work, waba_id: str, fetched: int) -> None:
    await work.execute(
        """
        UPDATE whatsapp_template_syncs SET fetched = $3
        WHERE organization_id = $1 AND whatsapp_business_account_id = $2
        """,
        work.organization_id,
        waba_id,
        fetched,
    )


async def finish(work: Work, waba_id: str, error: str | None, again: timedelta) -> None:
    """One that was wanted meanwhile stays wanted."""
    await work.execute(
        """
        UPDATE whatsapp_template_syncs
        SET finished_at = CASE WHEN $3::text IS NULL THEN now() ELSE finished_at END, error = $3,
            tries = CASE WHEN $3::text IS NULL THEN 0 ELSE tries END,
            not_before = CASE WHEN state = 'running' THEN now() + $4 ELSE not_before END,
            state = CASE WHEN state = 'running' THEN 'idle' ELSE state END
        WHERE organization_id = $1 AND whatsapp_business_account_id = $2
        """,
        work.organization_id,
        waba_id,
        error,
        again,
    )
