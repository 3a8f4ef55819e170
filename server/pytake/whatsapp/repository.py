"""Every question put to `whatsapp_numbers` and `channels`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.kit.database import Connection
from pytake.kit.work import Work


async def numbers(work: Work, phone_number_ids: Sequence[str]) -> list[Any]:
    return await work.fetch(
        """
        SELECT id, phone_number_id, is_active FROM whatsapp_numbers
        WHERE organization_id = $1 AND phone_number_id = ANY($2::text[]) AND deleted_at IS NULL
        """,
        work.organization_id,
        phone_number_ids,
    )


async def every(work: Work) -> list[Any]:
    """The default first, then by name."""
    return await work.fetch(
        """
        SELECT id, display_name, phone_number, is_active, is_default FROM whatsapp_numbers
        WHERE organization_id = $1 AND deleted_at IS NULL
        ORDER BY is_default DESC, lower(display_name), phone_number, id
        """,
        work.organization_id,
    )


async def sending_number(work: Work, number_id: UUID) -> Any | None:
    rows = await work.fetch(
        """
        SELECT id, phone_number_id, access_token_encrypted, throughput_per_second, messaging_limit_tier
        FROM whatsapp_numbers
        WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL AND is_active
          AND sending_stopped_at IS NULL AND access_token_encrypted IS NOT NULL
        """,
        work.organization_id,
        number_id,
    )
    return rows[0] if rows else None


async def sender(work: Work, number_id: UUID) -> Any | None:
    rows = await work.fetch(
        """
        SELECT id, phone_number_id, access_token_encrypted FROM whatsapp_numbers
        WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL AND access_token_encrypted IS NOT NULL
        """,
        work.organization_id,
        number_id,
    )
    return rows[0] if rows else None


async def account_number(work: Work, waba_id: str) -> Any | None:
    """One of the account's numbers that has a token, the default first."""
    rows = await work.fetch(
        """
        SELECT id, access_token_encrypted FROM whatsapp_numbers
        WHERE organization_id = $1 AND whatsapp_business_account_id = $2 AND deleted_at IS NULL
          AND access_token_encrypted IS NOT NULL
        ORDER BY is_active DESC, is_default DESC, id LIMIT 1
        """,
        work.organization_id,
        waba_id,
    )
    return rows[0] if rows else None


async def stop_sending(work: Work, number_id: UUID, reason: str, asked_at: datetime | None) -> bool:
    """Stop the number's queue; answers whether it was running: one alert is given, not a thousand."""
    rows = await work.fetch(
        """
        UPDATE whatsapp_numbers
        SET sending_stopped_at = now(), sending_stopped_reason = $3, updated_at = now()
        WHERE organization_id = $1 AND id = $2 AND sending_stopped_at IS NULL
          AND ($4::timestamptz IS NULL OR COALESCE(sending_resumed_at <= $4, true))
        RETURNING id
        """,
        work.organization_id,
        number_id,
        reason,
        asked_at,
    )
    return bool(rows)


async def find_channel(connection: Connection, channel_key: str) -> Any | None:
    """The one look-up before an organization is known: who owns this webhook address?"""
    return await connection.fetchrow("SELECT * FROM find_channel($1)", channel_key)


async def channel_of_app_secret(work: Work, name: str) -> Any | None:
    rows = await work.fetch(
        "SELECT id, channel_key FROM channels WHERE organization_id = $1 AND name = $2",
        work.organization_id,
        name,
    )
    return rows[0] if rows else None


async def insert_channel(
    work: Work,
    channel_id: UUID,
    *,
    channel_key: str,
    name: str,
    meta_app_id: str | None,
    app_secret_encrypted: str,
    verify_token_encrypted: str,
) -> None:
    await work.execute(
        """
        INSERT INTO channels (id, organization_id, channel_key, name, meta_app_id, app_secret_encrypted,
                              verify_token_encrypted)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        channel_id,
        work.organization_id,
        channel_key,
        name,
        meta_app_id,
        app_secret_encrypted,
        verify_token_encrypted,
    )


async def insert_number(
    work: Work,
    number_id: UUID,
    *,
    channel_id: UUID,
    phone_number_id: str,
    phone_number: str,
    display_name: str | None,
    business_account_id: str | None,
    access_token_encrypted: str,
) -> bool:
    """Add a number; the organization's first becomes its default. Answers whether the id was free."""
    rows = await work.fetch(
        """
        INSERT INTO whatsapp_numbers (id, organization_id, channel_id, phone_number_id, phone_number,
                                      display_name, whatsapp_business_account_id, access_token_encrypted,
                                      is_verified, is_default)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, true,
                NOT EXISTS (SELECT FROM whatsapp_numbers WHERE organization_id = $2 AND is_default))
        ON CONFLICT DO NOTHING RETURNING id
        """,
        number_id,
        work.organization_id,
        channel_id,
        phone_number_id,
        phone_number,
        display_name,
        business_account_id,
        access_token_encrypted,
    )
    return bool(rows)
