"""Numbers as whoever looks after them asks for them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from pytake.kit.work import Work

_DETAIL = """
    SELECT n.id, n.channel_id, n.display_name, n.phone_number, n.phone_number_id,
           n.whatsapp_business_account_id, n.is_active, n.is_default, n.status, n.name_status,
           n.code_verification_status, n.verified_name, n.quality_rating, n.messaging_limit_tier,
           n.platform_type, n.throughput_per_second,
           n.sending_stopped_at, n.sending_stopped_reason, n.last_synced_at, n.created_at,
           n.access_token_encrypted IS NOT NULL AS has_access_token,
           c.name AS channel_name, c.webhook_verified_at, c.last_event_at,
           (SELECT count(*) FROM business_initiations
            WHERE organization_id = $1 AND initiated_at > now() - interval '24 hours') AS customers_reached,
           (SELECT count(*) FROM outbox o
            WHERE o.organization_id = $1 AND o.whatsapp_number_id = n.id AND o.state = 'pending'
              AND o.last_error = 'messaging_limit' AND o.not_before > now()) AS messages_waiting
    FROM whatsapp_numbers n
    LEFT JOIN channels c ON c.organization_id = $1 AND c.id = n.channel_id
    WHERE n.organization_id = $1 AND n.deleted_at IS NULL
"""


async def details(work: Work) -> list[Any]:
    order = "ORDER BY n.is_default DESC, lower(n.display_name), n.phone_number, n.id"
    return await work.fetch(_DETAIL + order, work.organization_id)


async def detail(work: Work, number_id: UUID) -> Any | None:
    found = await work.fetch(_DETAIL + " AND n.id = $2", work.organization_id, number_id)
    return found[0] if found else None


async def lock(work: Work, number_id: UUID) -> Any | None:
    found = await work.fetch(
        """
        SELECT id, display_name, phone_number, phone_number_id, is_active, is_default,
               whatsapp_business_account_id, sending_stopped_at
        FROM whatsapp_numbers WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE
        """,
        work.organization_id,
        number_id,
    )
    return found[0] if found else None


async def sealed(work: Work, number_id: UUID) -> Any | None:
    found = await work.fetch(
        """
        SELECT id, phone_number_id, access_token_encrypted FROM whatsapp_numbers
        WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL
        """,
        work.organization_id,
        number_id,
    )
    return found[0] if found else None


async def app_id(work: Work, number_id: UUID) -> str | None:
    """What Meta calls the app that the number is connected through."""
    found = await work.fetch(
        """
        SELECT c.meta_app_id FROM whatsapp_numbers n
        JOIN channels c ON c.organization_id = $1 AND c.id = n.channel_id
        WHERE n.organization_id = $1 AND n.id = $2 AND n.deleted_at IS NULL
        """,
        work.organization_id,
        number_id,
    )
    return found[0]["meta_app_id"] if found else None


async def connected(work: Work, phone_number_ids: Sequence[str]) -> set[str]:
    found = await work.fetch(
        """
        SELECT phone_number_id FROM whatsapp_numbers
        WHERE organization_id = $1 AND phone_number_id = ANY($2::text[]) AND deleted_at IS NULL
        """,
        work.organization_id,
        list(phone_number_ids),
    )
    return {row["phone_number_id"] for row in found}


async def left(work: Work, phone_number_id: str, digits: str) -> UUID | None:
    """The number as it was connected before: its conversations are known by this id."""
    found = await work.fetch(
        r"""
        SELECT id FROM whatsapp_numbers
        WHERE organization_id = $1 AND deleted_at IS NOT NULL
          AND (phone_number_id = $2 OR regexp_replace(phone_number, '\D', '', 'g') = $3)
        ORDER BY deleted_at DESC LIMIT 1
        """,
        work.organization_id,
        phone_number_id,
        digits,
    )
    return found[0]["id"] if found else None


async def insert(work: Work, number_id: UUID, known: Mapping[str, Any], token: str) -> bool:
    """Add the number, or bring it back. The organization's first becomes its default.

    Answers whether its ids were free.
    """
    found = await work.fetch(
        """
        INSERT INTO whatsapp_numbers AS n (
            id, organization_id, channel_id, phone_number_id, phone_number, display_name,
            whatsapp_business_account_id, access_token_encrypted, is_verified, is_default)
        SELECT $2, $1, $3, $4, $5::varchar, $6, $7, $8, true,
               NOT EXISTS (SELECT FROM whatsapp_numbers
                           WHERE organization_id = $1 AND is_default AND deleted_at IS NULL)
        WHERE NOT EXISTS (SELECT FROM whatsapp_numbers
                          WHERE organization_id = $1 AND phone_number = $5::varchar AND deleted_at IS NULL)
        ON CONFLICT (id) DO UPDATE
        SET channel_id = EXCLUDED.channel_id, phone_number_id = EXCLUDED.phone_number_id,
            phone_number = EXCLUDED.phone_number, display_name = EXCLUDED.display_name,
            whatsapp_business_account_id = EXCLUDED.whatsapp_business_account_id,
            access_token_encrypted = EXCLUDED.access_token_encrypted, is_verified = true,
            is_default = EXCLUDED.is_default, is_active = true, deleted_at = NULL, news_at = '{}',
            sending_stopped_at = NULL, sending_stopped_reason = NULL, sending_resumed_at = now(),
            updated_at = now()
        RETURNING id
        """,
        work.organization_id,
        number_id,
        known["channel_id"],
        known["phone_number_id"],
        known["phone_number"],
        known["display_name"],
        known["whatsapp_business_account_id"],
        token,
    )
    return bool(found)


async def save(work: Work, number_id: UUID, number: Mapping[str, Any]) -> None:
    await work.execute(
        """
        UPDATE whatsapp_numbers SET display_name = $3, is_active = $4, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        number_id,
        number["display_name"],
        number["is_active"],
    )


async def lock_default(work: Work) -> None:
    """Whoever is about to change which number is the default waits for whoever is at it."""
    await work.fetch("SELECT id FROM organizations WHERE id = $1 FOR NO KEY UPDATE", work.organization_id)


async def make_default(work: Work, number_id: UUID) -> None:
    """Behind `lock_default`. First the old one: never are there two."""
    for statement in (
        """UPDATE whatsapp_numbers SET is_default = false
           WHERE organization_id = $1 AND is_default AND id <> $2""",
        "UPDATE whatsapp_numbers SET is_default = true WHERE organization_id = $1 AND id = $2",
    ):
        await work.execute(statement, work.organization_id, number_id)


async def heir(work: Work) -> UUID | None:
    """Who becomes the default when there is none: the oldest that is active."""
    found = await work.fetch(
        """
        SELECT id FROM whatsapp_numbers WHERE organization_id = $1 AND deleted_at IS NULL
        ORDER BY is_active DESC, created_at, id LIMIT 1
        """,
        work.organization_id,
    )
    return found[0]["id"] if found else None


async def leave(work: Work, number_id: UUID) -> None:
    await work.execute(
        """
        UPDATE whatsapp_numbers
        SET deleted_at = now(), is_active = false, is_default = false, access_token_encrypted = NULL,
            updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        number_id,
    )


async def keep_token(work: Work, number_id: UUID, token: str) -> None:
    await work.execute(
        """
        UPDATE whatsapp_numbers SET access_token_encrypted = $3, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        number_id,
        token,
    )


async def resume(work: Work, number_id: UUID) -> bool:
    """Answers whether the number was stopped. What was refused before this moment stops it no more."""
    found = await work.fetch(
        """
        UPDATE whatsapp_numbers
        SET sending_stopped_at = NULL, sending_stopped_reason = NULL, sending_resumed_at = now(),
            updated_at = now()
        WHERE organization_id = $1 AND id = $2 AND sending_stopped_at IS NOT NULL RETURNING id
        """,
        work.organization_id,
        number_id,
    )
    return bool(found)


# --- what Meta says --------------------------------------------------------------------------------------


async def note_check(work: Work, number_id: UUID) -> None:
    await work.execute(
        "UPDATE whatsapp_numbers SET checked_at = now() WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        number_id,
    )


async def keep_health(work: Work, number_id: UUID, told: Mapping[str, Any]) -> Any | None:
    """What Meta leaves out stays as it was."""
    found = await work.fetch(
        """
        UPDATE whatsapp_numbers
        SET status = COALESCE($3, status), name_status = COALESCE($4, name_status),
            verified_name = COALESCE($5, verified_name), quality_rating = COALESCE($6, quality_rating),
            messaging_limit_tier = COALESCE($7, messaging_limit_tier),
            throughput_per_second = COALESCE($8, throughput_per_second),
            platform_type = COALESCE($9, platform_type), health = COALESCE($10::jsonb, health),
            code_verification_status = COALESCE($11, code_verification_status),
            last_synced_at = now(), checked_at = now(), updated_at = now()
        WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL
        RETURNING phone_number, status, name_status, quality_rating
        """,
        work.organization_id,
        number_id,
        told["status"],
        told["name_status"],
        told["verified_name"],
        told["quality_rating"],
        told["messaging_limit_tier"],
        told["throughput_per_second"],
        told["platform_type"],
        orjson.dumps(told["health"]).decode() if told["health"] else None,
        told["code_verification_status"],
    )
    return found[0] if found else None


async def of_account(
    work: Work, waba_id: str | None, digits: str | None, phone_number_id: str | None
) -> list[UUID]:
    """The numbers a webhook is about: one by its digits or its id, or all of the account."""
    found = await work.fetch(
        r"""
        SELECT id FROM whatsapp_numbers
        WHERE organization_id = $1 AND deleted_at IS NULL
          AND CASE WHEN $3::text IS NOT NULL THEN regexp_replace(phone_number, '\D', '', 'g') = $3
                   WHEN $4::text IS NOT NULL THEN phone_number_id = $4
                   ELSE whatsapp_business_account_id = $2 END
        ORDER BY id FOR UPDATE
        """,
        work.organization_id,
        waba_id,
        digits,
        phone_number_id,
    )
    return [row["id"] for row in found]


async def is_news(work: Work, number_id: UUID, topic: str, told_at: int) -> bool:
    """Whether nothing later was heard of this topic; from now on nothing earlier is."""
    found = await work.fetch(
        """
        UPDATE whatsapp_numbers SET news_at = news_at || jsonb_build_object($3::text, $4::bigint)
        WHERE organization_id = $1 AND id = $2 AND COALESCE((news_at ->> $3)::bigint, 0) <= $4
        RETURNING id
        """,
        work.organization_id,
        number_id,
        topic,
        told_at,
    )
    return bool(found)


async def change(work: Work, number_id: UUID, changes: Mapping[str, Any]) -> None:
    """Of what a webhook may say those that it says."""
    await work.execute(
        """
        UPDATE whatsapp_numbers
        SET messaging_limit_tier = COALESCE($3, messaging_limit_tier),
            throughput_per_second = COALESCE($4, throughput_per_second),
            name_status = COALESCE($5, name_status), verified_name = COALESCE($6, verified_name),
            updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        number_id,
        changes.get("messaging_limit_tier"),
        changes.get("throughput_per_second"),
        changes.get("name_status"),
        changes.get("verified_name"),
    )


async def phone_of(work: Work, number_id: UUID) -> tuple[str, str | None]:
    (row,) = await work.fetch(
        "SELECT phone_number, display_name FROM whatsapp_numbers WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        number_id,
    )
    return row["phone_number"], row["display_name"]
