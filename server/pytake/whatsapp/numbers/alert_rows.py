"""Every question put to `alerts`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.whatsapp.types import AlertKind, AlertSeverity


async def standing(work: Work, most: int) -> list[Any]:
    """What is not over and not put away, the gravest and newest first."""
    return await work.fetch(
        """
        SELECT a.id, a.whatsapp_number_id, a.kind, a.severity, a.details, a.created_at,
               n.phone_number, n.display_name
        FROM alerts a JOIN whatsapp_numbers n ON n.organization_id = $1 AND n.id = a.whatsapp_number_id
        WHERE a.organization_id = $1 AND a.resolved_at IS NULL AND a.dismissed_at IS NULL
          AND n.deleted_at IS NULL
        ORDER BY a.severity, a.created_at DESC, a.id LIMIT $2
        """,
        work.organization_id,
        most,
    )


async def put(
    work: Work, number_id: UUID, kind: AlertKind, severity: AlertSeverity, details: Mapping[str, Any]
) -> UUID | None:
    """Answers the id when this is new; what is known already is only brought up to date.

    What was put away comes back when it has become graver.
    """
    found = await work.fetch(
        """
        INSERT INTO alerts AS a (id, organization_id, whatsapp_number_id, kind, severity, details)
        VALUES ($2, $1, $3, $4, $5, $6::jsonb)
        ON CONFLICT (organization_id, whatsapp_number_id, kind) WHERE resolved_at IS NULL
        DO UPDATE SET severity = EXCLUDED.severity, details = EXCLUDED.details, updated_at = now(),
                      dismissed_at = CASE WHEN a.severity = 'critical' OR EXCLUDED.severity = 'warning'
                                          THEN a.dismissed_at END
        WHERE (a.severity, a.details) IS DISTINCT FROM (EXCLUDED.severity, EXCLUDED.details)
        RETURNING id, xmax = 0 AS is_new
        """,
        work.organization_id,
        new_id(),
        number_id,
        kind.value,
        severity.value,
        orjson.dumps(details).decode(),
    )
    return found[0]["id"] if found and found[0]["is_new"] else None


async def resolve(work: Work, number_id: UUID, kinds: Sequence[AlertKind]) -> list[Any]:
    return await work.fetch(
        """
        UPDATE alerts SET resolved_at = now(), updated_at = now()
        WHERE organization_id = $1 AND whatsapp_number_id = $2 AND kind = ANY($3::text[])
          AND resolved_at IS NULL
        RETURNING id, kind
        """,
        work.organization_id,
        number_id,
        [kind.value for kind in kinds],
    )


async def resolve_refusal(work: Work, number_id: UUID, kind: AlertKind, code: int) -> list[Any]:
    return await work.fetch(
        """
        UPDATE alerts SET resolved_at = now(), updated_at = now()
        WHERE organization_id = $1 AND whatsapp_number_id = $2 AND kind = $3 AND resolved_at IS NULL
          AND (details ->> 'meta_code')::bigint = $4
        RETURNING id, kind
        """,
        work.organization_id,
        number_id,
        kind.value,
        code,
    )


async def resolve_access(
    work: Work, number_id: UUID, until: datetime, found: str, codes: Iterable[int]
) -> list[Any]:
    return await work.fetch(
        """
        UPDATE alerts SET resolved_at = now(), updated_at = now()
        WHERE organization_id = $1 AND whatsapp_number_id = $2 AND kind = $3 AND resolved_at IS NULL
          AND created_at <= $4
          AND (details ->> 'found' = $5 OR (details ->> 'meta_code')::bigint = ANY($6::bigint[]))
        RETURNING id, kind
        """,
        work.organization_id,
        number_id,
        AlertKind.ACCESS.value,
        until,
        found,
        list(codes),
    )


async def resolve_past(work: Work, number_id: UUID, kind: AlertKind) -> list[Any]:
    """Those that name a second until which they last, once it is over."""
    return await work.fetch(
        """
        UPDATE alerts SET resolved_at = now(), updated_at = now()
        WHERE organization_id = $1 AND whatsapp_number_id = $2 AND kind = $3 AND resolved_at IS NULL
          AND (details ->> 'until')::bigint < extract(epoch FROM now())
        RETURNING id, kind
        """,
        work.organization_id,
        number_id,
        kind.value,
    )


async def dismiss(work: Work, alert_id: UUID) -> Any | None:
    found = await work.fetch(
        """
        UPDATE alerts SET dismissed_at = now(), dismissed_by = $3, updated_at = now()
        WHERE organization_id = $1 AND id = $2 AND resolved_at IS NULL AND dismissed_at IS NULL
        RETURNING kind, whatsapp_number_id
        """,
        work.organization_id,
        alert_id,
        work.actor.user_id,
    )
    return found[0] if found else None
