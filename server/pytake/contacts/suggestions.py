"""Contacts that are, or may be, one person: `contact_merge_suggestions`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from pytake.contacts import jobs
from pytake.contacts.types import Double, SuggestionState
from pytake.kit.ids import new_id
from pytake.kit.work import Work

Json = dict[str, Any]


async def note(work: Work, doubles: Sequence[Double], told_at: datetime) -> None:
    """Keep what was found. What somebody has dismissed stays dismissed; what is proven needs no decision.

    Two with user ids of which none is the same are never proven, unless the change of it was told; nor is
    anybody proven by a phone that they gave up.
    """
    for double in {frozenset((d.shows.id, d.other.id)): d for d in doubles}.values():
        state = await _keep(work, double, told_at)
        if state is not None:
            pair = {"contact_id": double.other.id, "other_id": double.shows.id}
            work.publish("contact.suggested", pair)
        if state == SuggestionState.PROVEN:
            work.enqueue(jobs.merge_proven(work.organization_id))


async def _keep(work: Work, double: Double, told_at: datetime) -> str | None:
    """Its state when that is news."""
    one, other = sorted((double.shows.id, double.other.id))
    rows = await work.fetch(
        """
        INSERT INTO contact_merge_suggestions AS s (id, organization_id, one_id, other_id, reason, state,
                                                    shows_id, given_up, told_at)
        SELECT $2, $1, $3, $4, $5::text,
               CASE WHEN EXISTS (SELECT FROM contact_identities g
                                 WHERE g.organization_id = $1 AND g.contact_id = $7 AND g.kind = 'wa_id'
                                   AND g.state = 'given_up' AND g.value = $8 AND $5::text = 'same_person')
                    THEN 'open'
                    WHEN $6 OR EXISTS (SELECT FROM contact_identities a JOIN contact_identities b
                                       ON b.organization_id = $1 AND b.contact_id = $4
                                          AND b.kind = a.kind AND b.value = a.value
                                       WHERE a.organization_id = $1 AND a.contact_id = $3
                                         AND a.kind = 'user_id')
                    THEN 'proven' ELSE 'open' END,
               $7, $9::jsonb, $10
        ON CONFLICT (organization_id, one_id, other_id) DO UPDATE
        SET state = CASE WHEN 'proven' IN (s.state, EXCLUDED.state) THEN 'proven' ELSE 'open' END,
            reason = EXCLUDED.reason, shows_id = EXCLUDED.shows_id,
            given_up = s.given_up || EXCLUDED.given_up, told_at = GREATEST(s.told_at, EXCLUDED.told_at)
        WHERE s.state IN ('open', 'proven')
          AND (s.state = 'open' AND EXCLUDED.state = 'proven' OR NOT s.given_up @> EXCLUDED.given_up)
        RETURNING state
        """,
        work.organization_id,
        new_id(),
        one,
        other,
        double.reason.value,
        double.is_proven,
        double.shows.id,
        double.other.whatsapp_id,
        orjson.dumps([[kind.value, value] for kind, value in double.given_up]).decode(),
        told_at,
    )
    return str(rows[0]["state"]) if rows else None


async def proven(work: Work, most: int) -> list[Any]:
    return await work.fetch(
        """
        SELECT one_id, other_id, reason, shows_id, given_up, told_at FROM contact_merge_suggestions
        WHERE organization_id = $1 AND state = 'proven' ORDER BY created_at, id LIMIT $2
        """,
        work.organization_id,
        most,
    )


async def lock(work: Work, suggestion_id: UUID) -> Any | None:
    rows = await work.fetch(
        """
        SELECT one_id, other_id, reason, state, shows_id, given_up, told_at FROM contact_merge_suggestions
        WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE
        """,
        work.organization_id,
        suggestion_id,
    )
    return rows[0] if rows else None


async def open_ones(work: Work, contact_id: UUID | None, most: int) -> list[Any]:
    """The undecided, the newest first: of one contact, or of all."""
    return await work.fetch(
        """
        SELECT id, one_id, other_id, reason, shows_id, created_at FROM contact_merge_suggestions
        WHERE organization_id = $1 AND state = 'open' AND ($2::uuid IS NULL OR $2 IN (one_id, other_id))
        ORDER BY created_at DESC, id DESC LIMIT $3
        """,
        work.organization_id,
        contact_id,
        most,
    )


async def decide(work: Work, one: UUID, other: UUID, state: SuggestionState) -> None:
    """Of this pair; it is remembered even if nobody had suspected it."""
    await work.execute(
        """
        INSERT INTO contact_merge_suggestions AS s (id, organization_id, one_id, other_id, reason, state,
                                                    shows_id, decided_by, decided_at)
        VALUES ($2, $1, LEAST($3::uuid, $4), GREATEST($3::uuid, $4), 'by_hand', $5, $3, $6, now())
        ON CONFLICT (organization_id, one_id, other_id) DO UPDATE
        SET state = EXCLUDED.state, decided_by = EXCLUDED.decided_by, decided_at = now()
        """,
        work.organization_id,
        new_id(),
        one,
        other,
        state.value,
        work.actor.user_id,
    )


async def pass_on(work: Work, gone: UUID, kept: UUID) -> None:
    """What was suspected of the one is suspected of the other now; what cannot be any more is dropped."""
    await work.execute(
        """
        WITH meant AS (
            DELETE FROM contact_merge_suggestions
            WHERE organization_id = $1 AND state IN ('open', 'proven') AND $2 IN (one_id, other_id)
              AND NOT $3 IN (one_id, other_id)
            RETURNING *
        )
        INSERT INTO contact_merge_suggestions (id, organization_id, one_id, other_id, reason, state, shows_id,
                                               given_up, told_at, created_at)
        SELECT id, $1, LEAST($3::uuid, third), GREATEST($3::uuid, third), reason, state,
               CASE shows_id WHEN $2 THEN $3 ELSE shows_id END, given_up, told_at, created_at
        FROM meant CROSS JOIN LATERAL (SELECT CASE one_id WHEN $2 THEN other_id ELSE one_id END AS third) t
        ON CONFLICT DO NOTHING
        """,
        work.organization_id,
        gone,
        kept,
    )
