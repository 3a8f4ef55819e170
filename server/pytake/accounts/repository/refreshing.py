"""Refresh tokens, by their hashes, and the sessions they belong to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.accounts.types import Session, Visitor
from pytake.kit.database import Connection
from pytake.kit.ids import new_id
from pytake.kit.work import Work


async def find(connection: Connection, token_hash: str) -> tuple[UUID, UUID] | None:
    """The organization and the session."""
    row = await connection.fetchrow(
        "SELECT organization_id, session_id FROM find_refresh_token($1)", token_hash
    )
    return (row["organization_id"], row["session_id"]) if row else None


async def lock_session(work: Work, session_id: UUID) -> Any | None:
    """The session, locked: its tokens change one request at a time. None when it has ended."""
    rows = await work.fetch(
        """
        SELECT id, user_id, expires_at FROM user_sessions
        WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > now()
        FOR UPDATE
        """,
        work.organization_id,
        session_id,
    )
    return rows[0] if rows else None


async def read_token(work: Work, token_hash: str) -> Any | None:
    """Also whether it was replaced while this request was already under way."""
    rows = await work.fetch(
        """
        SELECT revoked, revoked_at > now() AS was_just_replaced, expires_at > now() AS is_fresh
        FROM refresh_tokens WHERE organization_id = $1 AND token_hash = $2
        """,
        work.organization_id,
        token_hash,
    )
    return rows[0] if rows else None


async def is_live(work: Work, token_hash: str) -> bool:
    rows = await work.fetch(
        "SELECT FROM refresh_tokens WHERE organization_id = $1 AND token_hash = $2 AND NOT revoked",
        work.organization_id,
        token_hash,
    )
    return bool(rows)


async def retire(work: Work, token_hash: str) -> None:
    """By the clock and not by the transaction's beginning: who began before it replays nothing."""
    await work.execute(
        """
        UPDATE refresh_tokens SET revoked = true, revoked_at = clock_timestamp()
        WHERE organization_id = $1 AND token_hash = $2
        """,
        work.organization_id,
        token_hash,
    )


async def insert(
    work: Work, user_id: UUID, session_id: UUID, token_hash: str, expires_at: datetime, visitor: Visitor
) -> None:
    await work.execute(
        """
        INSERT INTO refresh_tokens
            (id, organization_id, user_id, session_id, token_hash, expires_at, user_agent, ip_address)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        new_id(),
        work.organization_id,
        user_id,
        session_id,
        token_hash,
        expires_at,
        visitor.user_agent,
        visitor.ip_address,
    )


async def note_use(work: Work, session_id: UUID, access_hash: str, visitor: Visitor) -> None:
    await work.execute(
        """
        UPDATE user_sessions
        SET last_used_at = now(), access_token_hash = $3, user_agent = $4, ip_address = $5
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        session_id,
        access_hash,
        visitor.user_agent,
        visitor.ip_address,
    )


async def list_sessions(work: Work, user_id: UUID) -> list[Session]:
    """Those that can still be used, the last used first."""
    rows = await work.fetch(
        """
        SELECT s.id, s.user_agent, host(s.ip_address) AS ip_address, s.created_at, s.last_used_at,
               LEAST(s.expires_at, t.expires_at) AS expires_at
        FROM user_sessions s
        LEFT JOIN refresh_tokens t
          ON t.organization_id = s.organization_id AND t.session_id = s.id AND NOT t.revoked
        WHERE s.organization_id = $1 AND s.user_id = $2 AND s.revoked_at IS NULL
          AND LEAST(s.expires_at, t.expires_at) > now()
        ORDER BY s.last_used_at DESC LIMIT 200
        """,
        work.organization_id,
        user_id,
    )
    return [Session(**dict(row)) for row in rows]
