"""Users, as far as they sign in."""

from typing import Any
from uuid import UUID

import asyncpg

from pytake.accounts.types import Locale
from pytake.kit.work import Work


async def find_credentials(work: Work, user_id: UUID) -> Any | None:
    """E-mail, password hash, name, whether the address is verified, and whether there is a second factor.

    None when the user is gone or switched off.
    """
    rows = await work.fetch(
        """
        SELECT u.email, u.password_hash, u.full_name, u.email_verified, o.name AS organization_name,
               EXISTS (SELECT FROM totp_factors f WHERE f.organization_id = u.organization_id
                       AND f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_second_factor
        FROM users u JOIN organizations o ON o.id = u.organization_id
        WHERE u.organization_id = $1 AND u.id = $2
          AND u.is_active AND u.deleted_at IS NULL AND o.is_active AND o.deleted_at IS NULL
        """,
        work.organization_id,
        user_id,
    )
    return rows[0] if rows else None


async def language_of(work: Work, user_id: UUID | None) -> str | None:
    """What the user chose; else, and of who is nobody here yet, what the organization speaks."""
    rows = await work.fetch(
        """
        SELECT COALESCE(u.preferences ->> 'language', o.settings ->> 'locale') AS language
        FROM organizations o LEFT JOIN users u ON u.organization_id = o.id AND u.id = $2
        WHERE o.id = $1
        """,
        work.organization_id,
        user_id,
    )
    return rows[0]["language"] if rows else None


async def teach_language(work: Work, user_id: UUID) -> None:
    """What the organization speaks, until they choose another."""
    await work.execute(
        """
        UPDATE users u
        SET preferences = jsonb_build_object('language', o.settings -> 'locale') || u.preferences
        FROM organizations o
        WHERE u.organization_id = $1 AND u.id = $2 AND o.id = $1
          AND o.settings ->> 'locale' = ANY($3::text[])
        """,
        work.organization_id,
        user_id,
        list(Locale),
    )


async def note_sign_in(
    work: Work, user_id: UUID, ip_address: str, *, checked_hash: str, fresh_hash: str | None
) -> bool:
    """False when the password is another by now than the one that was checked."""
    rows = await work.fetch(
        """
        UPDATE users SET last_login_at = now(), last_login_ip = $3, last_seen_at = now(),
            failed_login_attempts = 0, locked_until = NULL, password_hash = COALESCE($5, password_hash)
        WHERE organization_id = $1 AND id = $2 AND password_hash = $4 RETURNING id
        """,
        work.organization_id,
        user_id,
        ip_address,
        checked_hash,
        fresh_hash,
    )
    return bool(rows)


async def set_password(work: Work, user_id: UUID, password_hash: str) -> None:
    await work.execute(
        """
        UPDATE users
        SET password_hash = $3, failed_login_attempts = 0, locked_until = NULL, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        user_id,
        password_hash,
    )


async def verify_email(work: Work, user_id: UUID, email: str) -> bool:
    """Whoever opened a letter to this address has it. False when the user has another by now."""
    rows = await work.fetch(
        """
        UPDATE users SET email_verified = true, email_verified_at = COALESCE(email_verified_at, now())
        WHERE organization_id = $1 AND id = $2 AND lower(email) = lower($3) RETURNING id
        """,
        work.organization_id,
        user_id,
        email,
    )
    return bool(rows)


async def change_email(work: Work, user_id: UUID, email: str) -> bool:
    """Whoever opened a letter to this address has it. False, with the transaction spent, when another
    account has it, in whichever organization.
    """
    try:
        await work.execute(
            """
            UPDATE users
            SET email = $3, email_verified = true, email_verified_at = now(), updated_at = now()
            WHERE organization_id = $1 AND id = $2
            """,
            work.organization_id,
            user_id,
            email,
        )
    except asyncpg.UniqueViolationError:
        return False
    return True


async def works_here(work: Work, email: str) -> bool:
    rows = await work.fetch(
        """
        SELECT FROM users WHERE organization_id = $1 AND lower(email) = lower($2) AND deleted_at IS NULL
        """,
        work.organization_id,
        email,
    )
    return bool(rows)


async def organization_name(work: Work) -> str:
    rows = await work.fetch("SELECT name FROM organizations WHERE id = $1", work.organization_id)
    name: str = rows[0]["name"] if rows else ""
    return name


async def administrators(work: Work) -> list[Any]:
    """Name, address and language of those who look after the organization."""
    return await work.fetch(
        """
        SELECT u.full_name, u.email, o.name AS organization_name,
               COALESCE(u.preferences ->> 'language', o.settings ->> 'locale') AS language
        FROM users u JOIN organizations o ON o.id = u.organization_id
        WHERE u.organization_id = $1 AND u.role = 'org_admin' AND u.is_active AND u.deleted_at IS NULL
          AND o.is_active AND o.deleted_at IS NULL
        ORDER BY u.id
        """,
        work.organization_id,
    )
