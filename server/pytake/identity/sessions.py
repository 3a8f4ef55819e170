"""Whether a sign-in still stands. PostgreSQL alone decides; what Redis knows only answers sooner."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import orjson

from pytake.identity.errors import InvalidToken
from pytake.identity.permissions import Permission, of_user
from pytake.kit.database import Question
from pytake.kit.ids import new_id
from pytake.kit.work import Work

LONGEST: Final = timedelta(days=30)
"""However often it is used, a sign-in ends after this."""

IDLE: Final = timedelta(days=7)
"""A sign-in that is not used for so long has ended, too."""

_STANDING: Final = """
    SELECT u.role, u.permissions FROM user_sessions s
    JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
    JOIN organizations o ON o.id = s.organization_id
    WHERE s.organization_id = $1 AND s.id = $2 AND s.user_id = $3 AND s.revoked_at IS NULL
      AND s.expires_at > now() AND s.last_used_at > now() - $4::interval
      AND u.is_active AND u.deleted_at IS NULL AND o.is_active AND o.deleted_at IS NULL
"""


async def open_session(
    work: Work, user_id: UUID, *, user_agent: str | None = None, ip_address: str | None = None
) -> tuple[UUID, datetime]:
    """A new session's id and when it ends at the latest."""
    session_id, expires_at = new_id(), work.now + LONGEST
    await work.execute(
        """
        INSERT INTO user_sessions (id, organization_id, user_id, user_agent, ip_address, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        session_id,
        work.organization_id,
        user_id,
        user_agent,
        ip_address,
        expires_at,
    )
    return session_id, expires_at


def standing(organization_id: UUID, user_id: UUID, session_id: UUID) -> Question:
    """What `granted` reads: one question for every call of the API, asked as its transaction opens."""
    return Question(_STANDING, (organization_id, session_id, user_id, IDLE))


def granted(work: Work) -> frozenset[Permission]:
    """What the user of a work that was opened with `standing` may do. Raises InvalidToken when the session
    has ended, or its user is gone or switched off.
    """
    if work.first["role"] is None:
        raise InvalidToken
    return of_user(work.first["role"], work.first["permissions"])


def answered(work: Work) -> str:
    """The row that answered `standing`, as PostgreSQL's `to_jsonb` would have it."""
    return orjson.dumps({name: work.first[name] for name in ("role", "permissions")}).decode()


async def living(
    work: Work, session_ids: Collection[UUID], user_id: UUID | None = None
) -> dict[UUID, datetime]:
    """Those that still stand, and when each ends at the latest; only the user's, if one is named."""
    rows = await work.fetch(
        """
        SELECT id, expires_at FROM user_sessions
        WHERE organization_id = $1 AND id = ANY($2::uuid[]) AND revoked_at IS NULL
          AND expires_at > now() AND last_used_at > now() - $4::interval
          AND ($3::uuid IS NULL OR user_id = $3)
        """,
        work.organization_id,
        list(session_ids),
        user_id,
        IDLE,
    )
    return {row["id"]: row["expires_at"] for row in rows}


async def revoke(
    work: Work, user_id: UUID, reason: str, *, only: UUID | None = None, besides: UUID | None = None
) -> dict[UUID, str | None]:
    """End the user's sessions: all, `only` one, or all `besides` one. Answers those that stood until now,
    each with the hash of its newest access token.
    """
    rows = await work.fetch(
        """
        WITH ended AS (
            UPDATE user_sessions SET revoked_at = now(), revoked_reason = $3
            WHERE organization_id = $1 AND user_id = $2 AND revoked_at IS NULL AND expires_at > now()
              AND ($4::uuid IS NULL OR id = $4) AND ($5::uuid IS NULL OR id <> $5)
            RETURNING id, access_token_hash
        ), tokens AS (
            UPDATE refresh_tokens SET revoked = true, revoked_at = now()
            WHERE organization_id = $1 AND session_id IN (SELECT id FROM ended) AND NOT revoked
        )
        SELECT id, access_token_hash FROM ended
        """,
        work.organization_id,
        user_id,
        reason,
        only,
        besides,
    )
    return {row["id"]: row["access_token_hash"] for row in rows}
