"""Every question people put to `channels`."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pytake.kit.work import Work

_SHOWN = """
    SELECT c.id, c.name, c.meta_app_id, c.channel_key, c.is_active, c.webhook_verified_at, c.last_event_at,
           c.created_at,
           CASE WHEN c.previous_app_secret_encrypted IS NOT NULL
                     AND COALESCE(c.previous_app_secret_until > now(), true)
                THEN COALESCE(c.previous_app_secret_until, 'infinity') END AS previous_secret_until,
           (SELECT count(*) FROM whatsapp_numbers n
            WHERE n.organization_id = $1 AND n.channel_id = c.id AND n.deleted_at IS NULL) AS numbers
    FROM channels c WHERE c.organization_id = $1
"""


async def every(work: Work) -> list[Any]:
    return await work.fetch(_SHOWN + " ORDER BY lower(c.name), c.id", work.organization_id)


async def find(work: Work, channel_id: UUID) -> Any | None:
    found = await work.fetch(_SHOWN + " AND c.id = $2", work.organization_id, channel_id)
    return found[0] if found else None


async def lock(work: Work, channel_id: UUID) -> Any | None:
    found = await work.fetch(
        """
        SELECT id, name, meta_app_id, app_secret_encrypted FROM channels
        WHERE organization_id = $1 AND id = $2 FOR UPDATE
        """,
        work.organization_id,
        channel_id,
    )
    return found[0] if found else None


async def is_named(work: Work, name: str, but: UUID | None = None) -> bool:
    found = await work.fetch(
        """
        SELECT FROM channels WHERE organization_id = $1 AND lower(name) = lower($2) AND id IS DISTINCT FROM $3
        """,
        work.organization_id,
        name,
        but,
    )
    return bool(found)


async def insert(work: Work, channel_id: UUID, key: str, channel: Mapping[str, Any]) -> None:
    await work.execute(
        """
        INSERT INTO channels (id, organization_id, channel_key, name, meta_app_id, app_secret_encrypted,
                              verify_token_encrypted)
        VALUES ($2, $1, $3, $4, $5, $6, $7)
        """,
        work.organization_id,
        channel_id,
        key,
        channel["name"],
        channel["meta_app_id"],
        channel["app_secret_encrypted"],
        channel["verify_token_encrypted"],
    )


async def save(work: Work, channel_id: UUID, name: str, meta_app_id: str | None) -> None:
    await work.execute(
        """
        UPDATE channels SET name = $3, meta_app_id = $4, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        channel_id,
        name,
        meta_app_id,
    )


async def keep_secret(
    work: Work, channel_id: UUID, sealed: str, previous: str, both_for: timedelta
) -> datetime:
    """Answers until when the one before is good, too."""
    (row,) = await work.fetch(
        """
        UPDATE channels
        SET app_secret_encrypted = $3, previous_app_secret_encrypted = $4,
            previous_app_secret_until = now() + $5, updated_at = now()
        WHERE organization_id = $1 AND id = $2 RETURNING previous_app_secret_until
        """,
        work.organization_id,
        channel_id,
        sealed,
        previous,
        both_for,
    )
    until: datetime = row["previous_app_secret_until"]
    return until


async def forget_previous_secret(work: Work, channel_id: UUID) -> None:
    await work.execute(
        """
        UPDATE channels
        SET previous_app_secret_encrypted = NULL, previous_app_secret_until = NULL, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        channel_id,
    )


async def keep_verify_token(work: Work, channel_id: UUID, sealed: str) -> None:
    """Meta has to verify the address anew with it."""
    await work.execute(
        """
        UPDATE channels SET verify_token_encrypted = $3, webhook_verified_at = NULL, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        channel_id,
        sealed,
    )


async def delete(work: Work, channel_id: UUID) -> None:
    """Numbers that were disconnected forget it."""
    await work.execute(
        """
        UPDATE whatsapp_numbers SET channel_id = NULL
        WHERE organization_id = $1 AND channel_id = $2 AND deleted_at IS NOT NULL
        """,
        work.organization_id,
        channel_id,
    )
    await work.execute(
        "DELETE FROM channels WHERE organization_id = $1 AND id = $2", work.organization_id, channel_id
    )


async def note_verified(work: Work, channel_id: UUID) -> None:
    await work.execute(
        "UPDATE channels SET webhook_verified_at = now() WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        channel_id,
    )


async def note_heard(work: Work, channel_id: UUID) -> None:
    await work.execute(
        "UPDATE channels SET last_event_at = now() WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        channel_id,
    )
