"""Every question put to the trail and its chains; `kit/trail.py` is where rows are added."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from pytake.audit.types import Checked, Wanted
from pytake.kit.database import Connection
from pytake.kit.work import Work


async def organizations_ever(connection: Connection) -> list[UUID]:
    """Also those that are deleted, and those that have nothing left but their trail."""
    rows = await connection.fetch("SELECT organizations_ever() AS id")
    return [row["id"] for row in rows]


async def head(work: Work) -> Any:
    """The chain's head, each field None when there is none, and the `last` row, seen at one moment."""
    rows = await work.fetch(
        """
        SELECT c.sequence, c.hash, c.key_encrypted, c.key_since, l.last
        FROM (SELECT COALESCE(max(sequence), 0) AS last FROM audit_logs WHERE organization_id = $1) l
        LEFT JOIN audit_chains c ON c.organization_id = $1
        """,
        work.organization_id,
    )
    return rows[0]


async def chain(work: Work, after: int, up_to: int, most: int) -> list[Any]:
    """Rows in their order. `up_to`: what was added since the head was read is looked at next time."""
    return await work.fetch(
        """
        SELECT sequence, id, user_id, action, resource_type, resource_id, description, changes, metadata,
               ip_address, user_agent, created_at, organization_id, previous_hash, hash
        FROM audit_logs WHERE organization_id = $1 AND sequence > $2 AND sequence <= $3
        ORDER BY sequence LIMIT $4
        """,
        work.organization_id,
        after,
        up_to,
        most,
    )


async def page(work: Work, wanted: Wanted, *, before: int | None, most: int) -> list[Any]:
    """Newest first."""
    return await work.fetch(
        """
        SELECT a.sequence, a.id, a.user_id, a.action, a.resource_type, a.resource_id, a.description,
               a.changes, a.metadata, a.ip_address, a.user_agent, a.created_at, u.full_name AS user_name
        FROM audit_logs a
        LEFT JOIN users u ON u.organization_id = a.organization_id AND u.id = a.user_id
        WHERE a.organization_id = $1 AND ($2::bigint IS NULL OR a.sequence < $2)
          AND ($4::uuid IS NULL OR a.user_id = $4)
          AND ($5::text IS NULL OR a.action = $5
               OR ($5 LIKE '%.' AND left(a.action, length($5)) = $5))
          AND ($6::text IS NULL OR a.resource_type = $6) AND ($7::uuid IS NULL OR a.resource_id = $7)
          AND ($8::timestamptz IS NULL OR a.created_at >= $8)
          AND ($9::timestamptz IS NULL OR a.created_at < $9)
        ORDER BY a.sequence DESC LIMIT $3
        """,
        work.organization_id,
        before,
        most,
        wanted.user_id,
        wanted.action,
        wanted.resource_type,
        wanted.resource_id,
        wanted.since,
        wanted.until,
    )


async def names(work: Work, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What these are called today, also when they are switched off; what is deleted for good has no name."""
    rows = await work.fetch(
        """
        SELECT id, full_name AS name FROM users WHERE organization_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, name FROM departments WHERE organization_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, name FROM api_keys WHERE organization_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, name FROM flows WHERE organization_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, name FROM chatbots WHERE organization_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, name FROM channels WHERE organization_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, name FROM whatsapp_templates WHERE organization_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, name FROM organizations WHERE id = $1 AND id = ANY($2)
        UNION ALL SELECT id, COALESCE(display_name, phone_number) FROM whatsapp_numbers
                  WHERE organization_id = $1 AND id = ANY($2)
        """,
        work.organization_id,
        list(ids),
    )
    return {row["id"]: row["name"] for row in rows}


async def renew(work: Work, sequence: int, key_encrypted: str) -> None:
    """A new key for the rows after `sequence`."""
    await work.execute(
        """
        UPDATE audit_chains SET key_encrypted = $2, key_since = $3, updated_at = now()
        WHERE organization_id = $1
        """,
        work.organization_id,
        key_encrypted,
        sequence + 1,
    )


async def keep_verification(work: Work, checked: Checked, signature: bytes | None) -> None:
    """Instead of the one before, unless that began later."""
    await work.execute(
        """
        INSERT INTO audit_verifications
            (organization_id, verified_at, actor, user_id, rows_checked, findings, signature)
        VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)
        ON CONFLICT (organization_id) DO UPDATE
        SET verified_at = excluded.verified_at, actor = excluded.actor, user_id = excluded.user_id,
            rows_checked = excluded.rows_checked, findings = excluded.findings, signature = excluded.signature
        WHERE audit_verifications.verified_at <= excluded.verified_at
        """,
        work.organization_id,
        checked.at,
        checked.by.kind,
        checked.by.user_id,
        checked.rows,
        orjson.dumps([finding.written() for finding in checked.findings]).decode(),
        signature,
    )


async def last_verification(work: Work) -> Any | None:
    """With the sealed key of its chain."""
    rows = await work.fetch(
        """
        SELECT v.organization_id, v.verified_at, v.actor, v.user_id, v.rows_checked, v.findings, v.signature,
               c.key_encrypted
        FROM audit_verifications v LEFT JOIN audit_chains c ON c.organization_id = v.organization_id
        WHERE v.organization_id = $1
        """,
        work.organization_id,
    )
    return rows[0] if rows else None
