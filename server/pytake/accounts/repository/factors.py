"""Second factors."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pytake.kit.ids import new_id
from pytake.kit.work import Work


async def find(work: Work, user_id: UUID) -> Any | None:
    rows = await work.fetch(
        """
        SELECT id, secret_encrypted, confirmed_at, last_step FROM totp_factors
        WHERE organization_id = $1 AND user_id = $2
        """,
        work.organization_id,
        user_id,
    )
    return rows[0] if rows else None


async def begin(work: Work, factor_id: UUID, user_id: UUID, secret_encrypted: str) -> bool:
    """Replaces one that was never confirmed; False when there is one that was."""
    rows = await work.fetch(
        """
        INSERT INTO totp_factors (id, organization_id, user_id, secret_encrypted) VALUES ($1, $2, $3, $4)
        ON CONFLICT (user_id) DO UPDATE
        SET id = EXCLUDED.id, secret_encrypted = EXCLUDED.secret_encrypted, last_step = 0, created_at = now()
        WHERE totp_factors.confirmed_at IS NULL
        RETURNING id
        """,
        factor_id,
        work.organization_id,
        user_id,
        secret_encrypted,
    )
    return bool(rows)


async def spend_step(work: Work, factor_id: UUID, step: int) -> bool:
    """False when a code of this half minute, or of a later one, was accepted before."""
    rows = await work.fetch(
        """
        UPDATE totp_factors SET last_step = $3, confirmed_at = COALESCE(confirmed_at, now())
        WHERE organization_id = $1 AND id = $2 AND last_step < $3 RETURNING id
        """,
        work.organization_id,
        factor_id,
        step,
    )
    return bool(rows)


async def remove(work: Work, user_id: UUID) -> None:
    await work.execute(
        "DELETE FROM totp_factors WHERE organization_id = $1 AND user_id = $2", work.organization_id, user_id
    )
    await _remove_recovery_codes(work, user_id)


async def replace_recovery_codes(work: Work, user_id: UUID, hashes: Sequence[str]) -> None:
    await _remove_recovery_codes(work, user_id)
    await work.execute(
        """
        INSERT INTO recovery_codes (id, organization_id, user_id, code_hash)
        SELECT id, $1, $2, hash FROM unnest($3::uuid[], $4::text[]) AS codes (id, hash)
        """,
        work.organization_id,
        user_id,
        [new_id() for _ in hashes],
        list(hashes),
    )


async def spend_recovery_code(work: Work, user_id: UUID, code_hash: str) -> bool:
    rows = await work.fetch(
        """
        UPDATE recovery_codes SET used_at = now()
        WHERE organization_id = $1 AND user_id = $2 AND code_hash = $3 AND used_at IS NULL RETURNING id
        """,
        work.organization_id,
        user_id,
        code_hash,
    )
    return bool(rows)


async def count_recovery_codes(work: Work, user_id: UUID) -> int:
    rows = await work.fetch(
        """
        SELECT count(*)::int AS left_over FROM recovery_codes
        WHERE organization_id = $1 AND user_id = $2 AND used_at IS NULL
        """,
        work.organization_id,
        user_id,
    )
    left_over: int = rows[0]["left_over"]
    return left_over


async def _remove_recovery_codes(work: Work, user_id: UUID) -> None:
    await work.execute(
        "DELETE FROM recovery_codes WHERE organization_id = $1 AND user_id = $2",
        work.organization_id,
        user_id,
    )
