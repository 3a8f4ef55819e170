"""Every question put to `organizations` and `users`."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import orjson

from pytake.identity.permissions import Permission, of_user
from pytake.identity.types import (
    DEFAULT_TIMEZONE,
    LANGUAGES,
    Limit,
    Organization,
    PlanType,
    Preferences,
    Role,
    Theme,
    User,
)
from pytake.kit.database import Connection
from pytake.kit.ids import new_id
from pytake.kit.work import Work


async def find_by_email(connection: Connection, email: str) -> tuple[UUID, UUID] | None:
    """The user and the organization behind an address, whichever organization it is."""
    row = await connection.fetchrow("SELECT id, organization_id FROM find_user($1)", email)
    return (row["id"], row["organization_id"]) if row else None


async def find_organization(connection: Connection, slug: str) -> UUID | None:
    found: UUID | None = await connection.fetchval("SELECT find_organization($1)", slug)
    return found


async def find_user(work: Work, user_id: UUID) -> User | None:
    rows = await work.fetch(
        """
        SELECT u.id, u.full_name, u.email, u.role, u.permissions, u.email_verified, u.phone_number,
               u.avatar_url, u.preferences, o.id AS organization_id, o.name, o.slug,
               o.settings ->> 'timezone' AS timezone
        FROM users u JOIN organizations o ON o.id = u.organization_id
        WHERE u.organization_id = $1 AND u.id = $2
          AND u.is_active AND u.deleted_at IS NULL AND o.is_active AND o.deleted_at IS NULL
        """,
        work.organization_id,
        user_id,
    )
    return _user(rows[0]) if rows else None


def _user(row: Any) -> User:
    organization = Organization(
        row["organization_id"], row["name"], row["slug"], row["timezone"] or DEFAULT_TIMEZONE
    )
    granted = tuple(sorted(of_user(row["role"], row["permissions"])))
    return User(
        row["id"],
        row["full_name"],
        row["email"],
        Role(row["role"]),
        organization,
        granted,
        row["email_verified"],
        row["phone_number"],
        row["avatar_url"],
        _preferences(row["preferences"]),
    )


def _preferences(stored: Mapping[str, Any]) -> Preferences:
    """What an older version stored and nobody knows any more counts as never chosen."""
    language = next((known for known in LANGUAGES if known == stored.get("language")), None)
    return Preferences(language, next((known for known in Theme if known == stored.get("theme")), None))


async def grants(work: Work, user_ids: Collection[UUID]) -> dict[UUID, frozenset[Permission]]:
    """What each user who is still active may do. The others are missing."""
    rows = await work.fetch(
        """
        SELECT u.id, u.role, u.permissions FROM users u JOIN organizations o ON o.id = u.organization_id
        WHERE u.organization_id = $1 AND u.id = ANY($2::uuid[])
          AND u.is_active AND u.deleted_at IS NULL AND o.is_active AND o.deleted_at IS NULL
        """,
        work.organization_id,
        list(user_ids),
    )
    return {UUID(str(row["id"])): of_user(row["role"], row["permissions"]) for row in rows}


async def insert_organization(
    work: Work,
    name: str,
    slug: str,
    plan_type: PlanType,
    limits: Mapping[Limit, int | None],
    settings: Mapping[str, str],
) -> bool:
    """The work's own organization; False when there is one, or one with the slug."""
    rows = await work.fetch(
        """
        INSERT INTO organizations (id, name, slug, plan_type, max_chatbots, max_whatsapp_numbers,
                                   max_contacts, max_agents, max_departments, monthly_message_limit,
                                   settings)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        work.organization_id,
        name,
        slug,
        plan_type.value,
        *(limits[limit] for limit in Limit),
        orjson.dumps(dict(settings)).decode(),
    )
    return bool(rows)


async def insert_user(
    work: Work, *, full_name: str, email: str, password_hash: str, role: Role
) -> UUID | None:
    """None when the address is taken, in this organization or in another."""
    rows = await work.fetch(
        """
        INSERT INTO users (id, organization_id, full_name, email, password_hash, role)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (lower(email)) WHERE deleted_at IS NULL DO NOTHING RETURNING id
        """,
        new_id(),
        work.organization_id,
        full_name,
        email,
        password_hash,
        role.value,
    )
    return rows[0]["id"] if rows else None
