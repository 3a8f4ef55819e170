"""API keys: found by their beginning before anybody knows whose they are, then as their organization."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pytake.kit.database import Connection, Question
from pytake.kit.pages import Position
from pytake.kit.work import Work

_KEYS: Final = """
    SELECT k.id, k.name, k.prefix, k.scopes, k.created_by, u.full_name AS created_by_name, k.last_used_at,
           k.expires_at, k.revoked_at, k.created_at
    FROM api_keys k LEFT JOIN users u ON u.organization_id = k.organization_id AND u.id = k.created_by
    WHERE k.organization_id = $1
"""


async def whose(connection: Connection, prefix: str) -> tuple[UUID, UUID] | None:
    """The key and its organization, whichever it is."""
    row = await connection.fetchrow("SELECT id, organization_id FROM find_api_key($1)", prefix)
    return (UUID(str(row["id"])), UUID(str(row["organization_id"]))) if row else None


def living(organization_id: UUID, key_id: UUID) -> Question:
    """Nothing answers when it was revoked, has expired or its organization is switched off."""
    return Question(
        """
        SELECT k.key_hash, k.scopes FROM api_keys k JOIN organizations o ON o.id = k.organization_id
        WHERE k.organization_id = $1 AND k.id = $2 AND k.revoked_at IS NULL
          AND (k.expires_at IS NULL OR k.expires_at > now()) AND o.is_active AND o.deleted_at IS NULL
        """,
        (organization_id, key_id),
    )


async def insert(
    work: Work,
    key_id: UUID,
    *,
    name: str,
    prefix: str,
    key_hash: str,
    scopes: list[str],
    expires_at: datetime | None,
) -> None:
    await work.execute(
        """
        INSERT INTO api_keys (id, organization_id, name, prefix, key_hash, scopes, created_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        key_id,
        work.organization_id,
        name,
        prefix,
        key_hash,
        scopes,
        work.actor.user_id,
        expires_at,
    )


async def page(work: Work, after: Position, most: int) -> list[Any]:
    """The newest first; revoked ones too."""
    return await work.fetch(
        f"{_KEYS} AND (k.created_at, k.id) < ($2, $3) ORDER BY k.created_at DESC, k.id DESC LIMIT $4",
        work.organization_id,
        after.at,
        after.id,
        most,
    )


async def find(work: Work, key_id: UUID) -> Any | None:
    rows = await work.fetch(f"{_KEYS} AND k.id = $2", work.organization_id, key_id)
    return rows[0] if rows else None


async def rename(work: Work, key_id: UUID, name: str) -> None:
    await work.execute(
        "UPDATE api_keys SET name = $3, updated_at = now() WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        key_id,
        name,
    )


async def revoke(work: Work, key_id: UUID) -> bool:
    """False when it was revoked before, or does not exist."""
    rows = await work.fetch(
        """
        UPDATE api_keys SET revoked_at = now(), updated_at = now()
        WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING id
        """,
        work.organization_id,
        key_id,
    )
    return bool(rows)
