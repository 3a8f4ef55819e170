"""The people of an organization, with where they work."""

from typing import Any, Final
from uuid import UUID

import orjson

from pytake.identity.rows.people_order import PeopleOrder, behind, order_by
from pytake.identity.types import Role
from pytake.kit.pages import Position
from pytake.kit.work import Work

_PEOPLE: Final = """
    SELECT u.id, u.full_name, u.email, u.phone_number, u.avatar_url, u.role, u.permissions, u.is_active,
           u.is_active AND COALESCE(u.last_seen_at > now() - interval '1 minute', false) AS is_online,
           u.email_verified, u.last_seen_at, u.last_login_at, u.created_at,
           COALESCE((
               SELECT jsonb_agg(
                   jsonb_build_object('id', d.id, 'name', d.name, 'is_primary', m.is_primary) ORDER BY d.name)
               FROM user_departments m
               JOIN departments d ON d.organization_id = m.organization_id AND d.id = m.department_id
               WHERE m.organization_id = $1 AND m.user_id = u.id
           ), '[]') AS departments
    FROM users u WHERE u.organization_id = $1 AND u.deleted_at IS NULL
"""


async def page(
    work: Work,
    after: Position | None,
    most: int,
    *,
    order: PeopleOrder,
    wanted: str | None,
    role: Role | None,
    is_active: bool | None,
    department_id: UUID | None,
) -> list[Any]:
    """Accents and case do not count in what is wanted."""
    return await work.fetch(
        f"""
        {_PEOPLE} AND {behind(order)}
          AND ($5::text IS NULL OR strpos(fold(u.full_name || ' ' || u.email), fold($5)) > 0)
          AND ($6::text IS NULL OR u.role = $6) AND ($7::bool IS NULL OR u.is_active = $7)
          AND ($8::uuid IS NULL OR EXISTS (
              SELECT FROM user_departments m
              WHERE m.organization_id = $1 AND m.user_id = u.id AND m.department_id = $8))
        ORDER BY {order_by(order)} LIMIT $4
        """,
        work.organization_id,
        after.at if after else None,
        after.id if after else None,
        most,
        wanted,
        role.value if role else None,
        is_active,
        department_id,
    )


async def find(work: Work, user_id: UUID) -> Any | None:
    rows = await work.fetch(f"{_PEOPLE} AND u.id = $2", work.organization_id, user_id)
    return rows[0] if rows else None


async def administrators(work: Work) -> list[Any]:
    """The oldest first."""
    return await work.fetch(
        """
        SELECT id, full_name, email, is_active, last_login_at FROM users
        WHERE organization_id = $1 AND deleted_at IS NULL AND role IN ('org_admin', 'super_admin')
        ORDER BY created_at, id LIMIT 50
        """,
        work.organization_id,
    )


async def lock(work: Work, user_id: UUID) -> Any | None:
    rows = await work.fetch(
        """
        SELECT id, full_name, phone_number, role, permissions, is_active FROM users
        WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE
        """,
        work.organization_id,
        user_id,
    )
    return rows[0] if rows else None


async def save(
    work: Work,
    user_id: UUID,
    *,
    full_name: str,
    phone_number: str | None,
    role: Role,
    permissions: list[str],
    is_active: bool,
) -> None:
    await work.execute(
        """
        UPDATE users
        SET full_name = $3, phone_number = $4, role = $5, permissions = $6::jsonb, is_active = $7,
            updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        user_id,
        full_name,
        phone_number,
        role.value,
        orjson.dumps(permissions).decode(),
        is_active,
    )


async def save_profile(
    work: Work, user_id: UUID, *, full_name: str, phone_number: str | None, preferences: dict[str, Any]
) -> None:
    """What else is among the preferences stays."""
    await work.execute(
        """
        UPDATE users
        SET full_name = $3, phone_number = $4, preferences = preferences || $5::jsonb, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        user_id,
        full_name,
        phone_number,
        orjson.dumps(preferences).decode(),
    )


async def remove(work: Work, user_id: UUID) -> None:
    """The row stays, for what they said and did; the address is free again."""
    await work.execute(
        "DELETE FROM user_departments WHERE organization_id = $1 AND user_id = $2",
        work.organization_id,
        user_id,
    )
    await work.execute(
        """
        UPDATE users SET deleted_at = now(), is_active = false, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        user_id,
    )


async def give_back_conversations(work: Work, user_id: UUID) -> list[Any]:
    """Nobody has them then. Those whose bot is silent wait for somebody; what is over stays as it was."""
    return await work.fetch(
        """
        UPDATE conversations c
        SET assigned_to = NULL, assigned_at = NULL, updated_at = now(),
            status = CASE WHEN waits THEN 'waiting_in_queue' ELSE c.status END,
            entered_queue_at = CASE WHEN waits THEN now() ELSE c.entered_queue_at END
        FROM (
            SELECT id, status = 'assigned' OR NOT is_bot_active AS waits FROM conversations
            WHERE organization_id = $1 AND assigned_to = $2 AND status NOT IN ('resolved', 'closed')
            ORDER BY id FOR NO KEY UPDATE
        ) AS theirs
        WHERE c.organization_id = $1 AND c.id = theirs.id RETURNING c.id, c.status
        """,
        work.organization_id,
        user_id,
    )


async def has_other_administrators(work: Work, user_id: UUID) -> bool:
    rows = await work.fetch(
        """
        SELECT FROM users
        WHERE organization_id = $1 AND id <> $2 AND role IN ('org_admin', 'super_admin')
          AND is_active AND deleted_at IS NULL LIMIT 1
        """,
        work.organization_id,
        user_id,
    )
    return bool(rows)
