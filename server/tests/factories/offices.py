"""Departments and who works in them."""

import itertools
from uuid import UUID

from pytake.kit.ids import new_id
from pytake.kit.work import Work

_numbers = itertools.count(1)


async def a_department(work: Work, *members: UUID, number_id: UUID | None = None) -> UUID:
    department_id = new_id()
    await work.execute(
        "INSERT INTO departments (id, organization_id, name, whatsapp_number_id) VALUES ($1, $2, $3, $4)",
        department_id,
        work.organization_id,
        f"Vendas {next(_numbers)}",
        number_id,
    )
    for user_id in members:
        await work.execute(
            "INSERT INTO user_departments (organization_id, user_id, department_id) VALUES ($1, $2, $3)",
            work.organization_id,
            user_id,
            department_id,
        )
    return department_id


async def hand_to(
    work: Work, conversation_id: UUID, *, department_id: UUID | None = None, user_id: UUID | None = None
) -> None:
    await work.execute(
        """
        UPDATE conversations SET department_id = $3, assigned_to = $4 WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        conversation_id,
        department_id,
        user_id,
    )


async def grant(work: Work, user_id: UUID, *words: str) -> None:
    """Give a user words in `users.permissions`, whatever they mean."""
    written = "[" + ", ".join(f'"{word}"' for word in words) + "]"
    await work.execute(
        "UPDATE users SET permissions = $3::jsonb WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        user_id,
        written,
    )
