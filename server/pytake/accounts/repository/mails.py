"""Letters on their way."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from pytake.accounts.types import Locale, MailStatus, Template
from pytake.kit.database import Connection
from pytake.kit.ids import new_id
from pytake.kit.work import Work


async def insert(
    work: Work,
    recipient: str,
    template: Template,
    locale: Locale,
    context: dict[str, Any],
    link_id: UUID | None = None,
) -> None:
    await work.execute(
        """
        INSERT INTO mails (id, organization_id, recipient, template, locale, context, link_id)
        VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)
        """,
        new_id(),
        work.organization_id,
        recipient,
        template.value,
        locale.value,
        orjson.dumps(context).decode(),
        link_id,
    )


async def claim(work: Work, most: int, patience: timedelta) -> list[asyncpg.Record]:
    """Letters that are due, each with one more attempt; nobody else takes them before `patience` is over."""
    return await work.fetch(
        """
        UPDATE mails SET attempts = attempts + 1, next_attempt_at = now() + $3
        WHERE organization_id = $1 AND id IN (
            SELECT id FROM mails
            WHERE organization_id = $1 AND status = 'pending' AND next_attempt_at <= now()
            ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED
        )
        RETURNING id, recipient, template, locale, context, link_id, attempts
        """,
        work.organization_id,
        most,
        patience,
    )


async def settle(work: Work, mail_id: UUID, status: MailStatus, error: str | None = None) -> None:
    await work.execute(
        """
        UPDATE mails
        SET status = $3::varchar, last_error = $4, sent_at = CASE WHEN $3::varchar = 'sent' THEN now() END
        WHERE organization_id = $1 AND id = $2 AND status = 'pending'
        """,
        work.organization_id,
        mail_id,
        status.value,
        error,
    )


async def postpone(work: Work, mail_id: UUID, pause: timedelta, error: str) -> None:
    await work.execute(
        """
        UPDATE mails SET next_attempt_at = now() + $3, last_error = $4
        WHERE organization_id = $1 AND id = $2 AND status = 'pending'
        """,
        work.organization_id,
        mail_id,
        pause,
        error,
    )


async def give_back(work: Work, mail_ids: Sequence[UUID], pause: timedelta) -> None:
    """Claimed, and not tried."""
    await work.execute(
        """
        UPDATE mails SET attempts = attempts - 1, next_attempt_at = now() + $3
        WHERE organization_id = $1 AND id = ANY($2::uuid[]) AND status = 'pending'
        """,
        work.organization_id,
        mail_ids,
        pause,
    )


async def newest(work: Work, most: int) -> list[asyncpg.Record]:
    return await work.fetch(
        """
        SELECT id, recipient, template, locale, context, link_id, status, created_at FROM mails
        WHERE organization_id = $1 ORDER BY created_at DESC LIMIT $2
        """,
        work.organization_id,
        most,
    )


async def organizations_with_mail(connection: Connection, most: int) -> list[UUID]:
    rows = await connection.fetch("SELECT organizations_with_mail($1) AS organization_id", most)
    return [row["organization_id"] for row in rows]


async def organizations(connection: Connection) -> list[UUID]:
    return [row["id"] for row in await connection.fetch("SELECT id FROM list_organizations()")]


async def ask_for_reset(connection: Connection, email: str, locale: Locale) -> None:
    await connection.execute("SELECT ask_for_reset($1, $2)", email, locale.value)


async def reset_requests(connection: Connection, most: int) -> Sequence[asyncpg.Record]:
    rows: Sequence[asyncpg.Record] = await connection.fetch("SELECT * FROM list_reset_requests($1)", most)
    return rows


async def finish_reset_request(connection: Connection, request_id: UUID) -> bool:
    """False when somebody else was first."""
    was_there: bool = await connection.fetchval("SELECT finish_reset_request($1)", request_id)
    return was_there
