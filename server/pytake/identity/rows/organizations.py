"""One organization, as itself; and whose turn it is in the list of all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from pytake.identity.errors import SlugTaken, TimezoneUnknown
from pytake.identity.types import Limit, PlanType
from pytake.kit.database import Connection
from pytake.kit.work import Work

_ORGANIZATION: Final = """
    SELECT id, name, slug, settings, plan_type, plan_expires_at, max_chatbots, max_whatsapp_numbers,
           max_contacts, max_agents, max_departments, monthly_message_limit, is_active, created_at,
           deleted_at, messages_paused_until
    FROM organizations WHERE id = $1
"""


async def find(work: Work) -> Any | None:
    rows = await work.fetch(_ORGANIZATION, work.organization_id)
    return rows[0] if rows else None


async def lock(work: Work) -> Any | None:
    rows = await work.fetch(f"{_ORGANIZATION} FOR NO KEY UPDATE", work.organization_id)
    return rows[0] if rows else None


async def save(work: Work, *, name: str, slug: str, settings: Mapping[str, Any]) -> None:
    """Raises SlugTaken. Only the index can tell: the wall hides whoever has it."""
    try:
        await work.execute(
            """
            UPDATE organizations SET name = $2, slug = $3, settings = $4::jsonb, updated_at = now()
            WHERE id = $1
            """,
            work.organization_id,
            name,
            slug,
            orjson.dumps(settings).decode(),
        )
    except asyncpg.UniqueViolationError:
        raise SlugTaken(slug=slug) from None


async def save_plan(
    work: Work, *, plan_type: PlanType, plan_expires_at: datetime | None, limits: Mapping[Limit, int | None]
) -> None:
    await work.execute(
        """
        UPDATE organizations
        SET plan_type = $2, plan_expires_at = $3, max_chatbots = $4, max_whatsapp_numbers = $5,
            max_contacts = $6, max_agents = $7, max_departments = $8, monthly_message_limit = $9,
            updated_at = now()
        WHERE id = $1
        """,
        work.organization_id,
        plan_type.value,
        plan_expires_at,
        *(limits[limit] for limit in Limit),
    )


async def switch(work: Work, *, is_active: bool) -> None:
    await work.execute(
        "UPDATE organizations SET is_active = $2, updated_at = now() WHERE id = $1",
        work.organization_id,
        is_active,
    )


async def mark_deleted(work: Work, *, is_deleted: bool) -> None:
    await work.execute(
        """
        UPDATE organizations
        SET deleted_at = CASE WHEN $2 THEN COALESCE(deleted_at, now()) END, updated_at = now()
        WHERE id = $1
        """,
        work.organization_id,
        is_deleted,
    )


async def has_super_administrators(work: Work) -> bool:
    rows = await work.fetch(
        """
        SELECT FROM users
        WHERE organization_id = $1 AND role = 'super_admin' AND is_active AND deleted_at IS NULL LIMIT 1
        """,
        work.organization_id,
    )
    return bool(rows)


async def check_timezone(work: Work, name: str) -> None:
    """Raises TimezoneUnknown: PostgreSQL, which computes months by it, has a list of its own."""
    try:
        await work.fetch("SELECT now() AT TIME ZONE $1", name)
    except asyncpg.InvalidParameterValueError:
        raise TimezoneUnknown(timezone=name) from None


async def page(
    connection: Connection, wanted: str, state: str, after: str, most: int
) -> list[tuple[UUID, str]]:
    """Ids and slugs, by slug; what they hold is asked as each of them."""
    rows = await connection.fetch(
        "SELECT id, slug FROM organizations_page($1, $2, $3, $4)", wanted, state, after, most
    )
    return [(UUID(str(row["id"])), row["slug"]) for row in rows]
