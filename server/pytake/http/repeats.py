"""Every question put to `idempotency_keys`."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pytake.kit.work import Work


@dataclass(frozen=True, slots=True)
class Repeat:
    id: UUID
    request_hash: str
    status: int
    sealed: str | None
    """The first answer; None when this request is the first, or the first is still under way."""


async def claim(
    work: Work, row_id: UUID, actor_id: UUID, key: str, request_hash: str, kept_hours: int, dead_after: int
) -> Repeat:
    """Waits for another transaction that is at the same key. A claim that was committed and has had no answer
    for `dead_after` seconds belongs to whoever asks again.
    """
    fresh = await work.fetch(
        """
        INSERT INTO idempotency_keys AS k (id, organization_id, actor_id, key, request_hash)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (organization_id, actor_id, key) DO UPDATE
        SET id = EXCLUDED.id, request_hash = EXCLUDED.request_hash, status = NULL, response_encrypted = NULL,
            created_at = now()
        WHERE k.created_at < now() - make_interval(hours => $6)
           OR (k.response_encrypted IS NULL AND k.request_hash = EXCLUDED.request_hash
               AND k.created_at < now() - make_interval(secs => $7))
        RETURNING id
        """,
        row_id,
        work.organization_id,
        actor_id,
        key,
        request_hash,
        kept_hours,
        dead_after,
    )
    if fresh:
        return Repeat(row_id, request_hash, 0, None)
    rows = await work.fetch(
        """
        SELECT id, request_hash, status, response_encrypted FROM idempotency_keys
        WHERE organization_id = $1 AND actor_id = $2 AND key = $3
        """,
        work.organization_id,
        actor_id,
        key,
    )
    return _repeat(rows[0])


def _repeat(row: Any) -> Repeat:
    return Repeat(UUID(str(row["id"])), row["request_hash"], row["status"], row["response_encrypted"])


async def keep(work: Work, row_id: UUID, status: int, sealed: str) -> None:
    await work.execute(
        """
        UPDATE idempotency_keys SET status = $3, response_encrypted = $4
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        row_id,
        status,
        sealed,
    )


async def forget(work: Work, row_id: UUID) -> None:
    await work.execute(
        "DELETE FROM idempotency_keys WHERE organization_id = $1 AND id = $2", work.organization_id, row_id
    )
