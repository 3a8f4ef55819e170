"""Links that work once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from pytake.accounts.types import LINK_LIFETIMES, Invitation, Link, LinkPurpose
from pytake.identity.types import Role
from pytake.kit.database import Connection
from pytake.kit.ids import new_id
from pytake.kit.work import Work


async def find_organization(connection: Connection, link_id: UUID) -> UUID | None:
    found: UUID | None = await connection.fetchval("SELECT find_link($1)", link_id)
    return found


async def insert(
    work: Work,
    purpose: LinkPurpose,
    email: str,
    *,
    user_id: UUID | None = None,
    full_name: str | None = None,
    role: Role | None = None,
) -> UUID:
    """`created_by` stays empty for a super administrator, who is of another organization."""
    link_id = new_id()
    await work.execute(
        """
        INSERT INTO one_time_links
            (id, organization_id, purpose, user_id, email, full_name, role, created_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7,
                (SELECT id FROM users WHERE organization_id = $2 AND id = $8), $9)
        """,
        link_id,
        work.organization_id,
        purpose.value,
        user_id,
        email,
        full_name,
        role.value if role else None,
        work.actor.user_id,
        work.now + LINK_LIFETIMES[purpose],
    )
    return link_id


async def look_at(work: Work, link_id: UUID) -> Link | None:
    rows = await work.fetch(
        """
        SELECT l.id, l.purpose, l.email, l.expires_at, l.user_id, l.full_name, l.role,
               u.full_name AS inviter_name
        FROM one_time_links l
        LEFT JOIN users u
          ON u.organization_id = l.organization_id AND u.id = l.created_by AND u.deleted_at IS NULL
        WHERE l.organization_id = $1 AND l.id = $2
          AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > now()
        """,
        work.organization_id,
        link_id,
    )
    return replace(_link(rows[0]), inviter_name=rows[0]["inviter_name"]) if rows else None


async def use(work: Work, link_id: UUID, purpose: LinkPurpose) -> Link | None:
    """None when somebody else was first, and for every other reason."""
    rows = await work.fetch(
        """
        UPDATE one_time_links SET used_at = now()
        WHERE organization_id = $1 AND id = $2 AND purpose = $3
          AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()
        RETURNING id, purpose, email, expires_at, user_id, full_name, role
        """,
        work.organization_id,
        link_id,
        purpose.value,
    )
    return _link(rows[0]) if rows else None


async def find_open(work: Work, purpose: LinkPurpose, user_id: UUID) -> Link | None:
    """The newest that could be used now."""
    rows = await work.fetch(
        """
        SELECT id, purpose, email, expires_at, user_id, full_name, role FROM one_time_links
        WHERE organization_id = $1 AND purpose = $2 AND user_id = $3
          AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()
        ORDER BY created_at DESC LIMIT 1
        """,
        work.organization_id,
        purpose.value,
        user_id,
    )
    return _link(rows[0]) if rows else None


async def withdraw(
    work: Work,
    purpose: LinkPurpose,
    *,
    link_id: UUID | None = None,
    user_id: UUID | None = None,
    email: str | None = None,
) -> bool:
    """Of the links for this purpose: that one, those of this user, or those sent to this address.

    False when none of them could be used any more.
    """
    rows = await work.fetch(
        """
        UPDATE one_time_links SET withdrawn_at = now()
        WHERE organization_id = $1 AND purpose = $2
          AND (id = $3 OR user_id = $4 OR lower(email) = lower($5))
          AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()
        RETURNING id
        """,
        work.organization_id,
        purpose.value,
        link_id,
        user_id,
        email,
    )
    return bool(rows)


async def list_invitations(work: Work, only: UUID | None = None) -> list[Invitation]:
    rows = await work.fetch(
        """
        SELECT id, email, full_name, role, created_at, expires_at,
               CASE WHEN used_at IS NOT NULL THEN 'accepted' WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
                    WHEN expires_at <= now() THEN 'expired' ELSE 'pending' END AS status
        FROM one_time_links
        WHERE organization_id = $1 AND purpose = 'invitation' AND ($2::uuid IS NULL OR id = $2)
        ORDER BY created_at DESC LIMIT 200
        """,
        work.organization_id,
        only,
    )
    return [Invitation(**{**dict(row), "role": Role(row["role"])}) for row in rows]


def _link(row: Any) -> Link:
    return Link(
        row["id"],
        LinkPurpose(row["purpose"]),
        row["email"],
        row["expires_at"],
        row["user_id"],
        row["full_name"],
        Role(row["role"]) if row["role"] else None,
    )
