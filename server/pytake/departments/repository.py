"""Every question put to `departments` and `user_departments`."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from pytake.departments.errors import DepartmentNameTaken
from pytake.kit.errors import UnknownReference
from pytake.kit.work import Work

_DEPARTMENTS: Final = """
    SELECT d.id, d.name, d.description, d.color, d.whatsapp_number_id, d.auto_assign_enabled,
           d.assignment_strategy, d.max_queue_size, d.business_hours, d.is_active, d.created_at,
           (SELECT count(*) FROM user_departments m
            WHERE m.organization_id = $1 AND m.department_id = d.id) AS member_count
    FROM departments d WHERE d.organization_id = $1
"""
_WRITTEN: Final = (
    "name",
    "description",
    "color",
    "whatsapp_number_id",
    "auto_assign_enabled",
    "assignment_strategy",
    "max_queue_size",
    "business_hours",
    "is_active",
)


async def every(work: Work) -> list[Any]:
    """By name."""
    return await work.fetch(f"{_DEPARTMENTS} ORDER BY fold(d.name), d.id", work.organization_id)


async def find(work: Work, department_id: UUID) -> Any | None:
    rows = await work.fetch(f"{_DEPARTMENTS} AND d.id = $2", work.organization_id, department_id)
    return rows[0] if rows else None


async def lock(work: Work, department_id: UUID) -> Any | None:
    rows = await work.fetch(
        f"{_DEPARTMENTS} AND d.id = $2 FOR NO KEY UPDATE OF d", work.organization_id, department_id
    )
    return rows[0] if rows else None


async def insert(work: Work, department_id: UUID, department: Mapping[str, Any]) -> None:
    """Raises DepartmentNameTaken, UnknownReference."""
    async with _refusals(department):
        await work.execute(
            """
            INSERT INTO departments (id, organization_id, name, description, color, whatsapp_number_id,
                                     auto_assign_enabled, assignment_strategy, max_queue_size, business_hours,
                                     is_active)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11)
            """,
            department_id,
            work.organization_id,
            *_arguments(department),
        )


async def save(work: Work, department_id: UUID, department: Mapping[str, Any]) -> None:
    """Raises DepartmentNameTaken, UnknownReference."""
    async with _refusals(department):
        await work.execute(
            """
            UPDATE departments
            SET name = $3, description = $4, color = $5, whatsapp_number_id = $6, auto_assign_enabled = $7,
                assignment_strategy = $8, max_queue_size = $9, business_hours = $10::jsonb, is_active = $11,
                updated_at = now()
            WHERE id = $1 AND organization_id = $2
            """,
            department_id,
            work.organization_id,
            *_arguments(department),
        )


async def delete(work: Work, department_id: UUID) -> bool:
    rows = await work.fetch(
        "DELETE FROM departments WHERE organization_id = $1 AND id = $2 RETURNING id",
        work.organization_id,
        department_id,
    )
    return bool(rows)


async def members(work: Work, department_id: UUID) -> list[Any]:
    """Without those who have left."""
    return await work.fetch(
        """
        SELECT u.id AS user_id, u.full_name, u.avatar_url, u.role, u.is_active,
               u.is_active AND COALESCE(u.last_seen_at > now() - interval '1 minute', false) AS is_online,
               m.is_primary, m.can_pull_from_queue, m.max_concurrent_conversations, m.priority_level
        FROM user_departments m
        JOIN users u ON u.organization_id = m.organization_id AND u.id = m.user_id AND u.deleted_at IS NULL
        WHERE m.organization_id = $1 AND m.department_id = $2 ORDER BY fold(u.full_name), u.id
        """,
        work.organization_id,
        department_id,
    )


async def living_user(work: Work, user_id: UUID) -> bool:
    """Whoever removes them at this moment is waited for."""
    rows = await work.fetch(
        "SELECT FROM users WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL FOR SHARE",
        work.organization_id,
        user_id,
    )
    return bool(rows)


async def save_member(work: Work, department_id: UUID, user_id: UUID, place: Mapping[str, Any]) -> None:
    """A user has one primary department at most."""
    if place["is_primary"]:
        await work.execute(
            """
            UPDATE user_departments SET is_primary = false
            WHERE organization_id = $1 AND user_id = $2 AND department_id <> $3 AND is_primary
            """,
            work.organization_id,
            user_id,
            department_id,
        )
    await work.execute(
        """
        INSERT INTO user_departments (organization_id, user_id, department_id, is_primary,
                                      can_pull_from_queue, max_concurrent_conversations, priority_level)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (user_id, department_id) DO UPDATE
        SET is_primary = EXCLUDED.is_primary, can_pull_from_queue = EXCLUDED.can_pull_from_queue,
            max_concurrent_conversations = EXCLUDED.max_concurrent_conversations,
            priority_level = EXCLUDED.priority_level
        """,
        work.organization_id,
        user_id,
        department_id,
        place["is_primary"],
        place["can_pull_from_queue"],
        place["max_concurrent_conversations"],
        place["priority_level"],
    )


async def delete_member(work: Work, department_id: UUID, user_id: UUID) -> bool:
    rows = await work.fetch(
        """
        DELETE FROM user_departments WHERE organization_id = $1 AND department_id = $2 AND user_id = $3
        RETURNING user_id
        """,
        work.organization_id,
        department_id,
        user_id,
    )
    return bool(rows)


def _arguments(department: Mapping[str, Any]) -> list[Any]:
    values = {**department, "business_hours": orjson.dumps(department["business_hours"]).decode()}
    return [values[name] for name in _WRITTEN]


@asynccontextmanager
async def _refusals(department: Mapping[str, Any]) -> AsyncIterator[None]:
    try:
        yield
    except asyncpg.UniqueViolationError:
        raise DepartmentNameTaken(name=department["name"]) from None
    except asyncpg.ForeignKeyViolationError:
        raise UnknownReference(field="whatsapp_number_id") from None
