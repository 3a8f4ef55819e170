"""The messaging limit: to how many people a business may write first within 24 hours.

Only templates outside the 24-hour window count, and each person once. The limit is the business portfolio's,
and all its numbers share it; an organization is taken for one portfolio. Whoever has been written to lately
may be written to again at no cost; for anybody else there has to be room, or the message waits for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pytake.conversations.outbox import Claimed
from pytake.kit.work import Work

LONGEST_WAIT: Final = 900.0
"""Seconds; the limit may be raised before anybody falls out of the last 24 hours."""

_TURN = "pg_advisory_xact_lock(hashtextextended($1, 8))"
"""All numbers of an organization ask one after the other, each for as long as it takes to commit."""


@dataclass(frozen=True, slots=True)
class Room:
    admitted: list[Claimed]
    full: list[Claimed]
    seconds: float
    """Until somebody falls out of the last 24 hours, or it is worth asking again."""


async def admit(work: Work, limit: int | None, claimed: Sequence[Claimed]) -> Room:
    """Count those who are written to first, as far as there is room. Without any nothing is asked."""
    first = [row for row in claimed if row.is_initiated and not row.is_unwanted]
    if limit is None or not first:
        return Room(list(claimed), [], 0.0)
    await work.fetch(f"SELECT {_TURN}", str(work.organization_id))
    rows = await work.fetch(
        _ADMIT,
        work.organization_id,
        limit,
        [row.contact_id for row in first],
        [row.message_id for row in first],
    )
    there = {row["contact_id"] for row in rows}
    full = {row.message_id for row in first if row.contact_id not in there}
    return Room(
        [row for row in claimed if row.message_id not in full],
        [row for row in claimed if row.message_id in full],
        await _seconds_to_room(work) if full else 0.0,
    )


_ADMIT = """
WITH asked AS (
    SELECT DISTINCT ON (contact_id) contact_id, message_id, place
    FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY AS new (contact_id, message_id, place)
    ORDER BY contact_id, place
), judged AS (
    SELECT asked.*, b.contact_id IS NOT NULL AS is_known,
           count(*) FILTER (WHERE b.contact_id IS NULL) OVER (ORDER BY place) AS new_so_far
    FROM asked
    LEFT JOIN business_initiations b ON b.organization_id = $1 AND b.contact_id = asked.contact_id
                                    AND b.initiated_at > now() - interval '24 hours'
), room AS (
    SELECT $2::int - count(*) AS left FROM business_initiations
    WHERE organization_id = $1 AND initiated_at > now() - interval '24 hours'
)
INSERT INTO business_initiations AS b (organization_id, contact_id, message_id)
SELECT $1, contact_id, message_id FROM judged, room WHERE is_known OR new_so_far <= room.left
ORDER BY contact_id
ON CONFLICT (organization_id, contact_id) DO UPDATE
SET initiated_at = now(), message_id = EXCLUDED.message_id,
    previous_at = CASE WHEN b.message_id = EXCLUDED.message_id THEN b.previous_at ELSE b.initiated_at END
RETURNING contact_id
"""


async def _seconds_to_room(work: Work) -> float:
    rows = await work.fetch(
        """
        SELECT extract(epoch FROM min(initiated_at) + interval '24 hours' - now())::float8 AS seconds
        FROM business_initiations
        WHERE organization_id = $1 AND initiated_at > now() - interval '24 hours'
        """,
        work.organization_id,
    )
    seconds: float | None = rows[0]["seconds"]
    return LONGEST_WAIT if seconds is None else min(max(seconds, 1.0), LONGEST_WAIT)


async def take_back(work: Work, message_ids: Sequence[UUID]) -> None:
    """These were refused for good: nobody was reached by them."""
    await work.execute(
        """
        WITH gone AS (
            DELETE FROM business_initiations
            WHERE organization_id = $1 AND message_id = ANY($2::uuid[]) AND previous_at IS NULL
        )
        UPDATE business_initiations SET initiated_at = previous_at, previous_at = NULL
        WHERE organization_id = $1 AND message_id = ANY($2::uuid[]) AND previous_at IS NOT NULL
        """,
        work.organization_id,
        list(message_ids),
    )
