"""Every question put to `inbound_events` and `inbound_drains`.

A row of `inbound_events` is a delivery not applied yet: pending, waiting for a message it speaks of, or
parked. An applied one is deleted. `inbound_drains` is the crash marker: it says between which rows a drain
was at work, so that the next one knows when the last one did not come back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.kit.frozen import frozen
from pytake.kit.work import Work


@frozen
class Delivery:
    id: int
    channel_id: UUID
    body: bytes


@frozen
class Leftover:
    """An item taken out of its delivery, to become one of its own."""

    channel_id: UUID
    body: bytes
    reason: str
    waiting_for: str | None = None
    stays: int | None = None
    """The row it came in, when it is all there is in it: that row is put aside then."""


@frozen
class Pending:
    id: int
    attempts: int
    """Tries that did not come back."""


@frozen
class Marker:
    first_id: int | None
    """None: the drain has ended well."""
    last_id: int | None
    batch_size: int
    """How many deliveries may be taken at once."""
    started_at: datetime
    """Which of all markers it is."""
    age: float
    """Seconds since it was set."""
    is_orphan: bool
    """The connection that set it is gone, and so is its process: a pool keeps its connections. Not one that
    began later under the same number.
    """
    is_apart: bool
    """No worker drains this organization for now."""


async def take_turn(work: Work) -> bool:
    """One drain per organization at a time, until the transaction ends; False when another is at it."""
    rows = await work.fetch(
        "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7))", str(work.organization_id)
    )
    return bool(rows[0][0])


async def wait_turn(work: Work) -> None:
    """The same, when it is free: somebody else may be looking for a moment."""
    await work.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", str(work.organization_id))


async def pending(work: Work, most: int) -> list[Pending]:
    rows = await work.fetch(
        """
        SELECT id, attempts FROM inbound_events
        WHERE organization_id = $1 AND status = 'pending' ORDER BY id LIMIT $2
        """,
        work.organization_id,
        most,
    )
    return [Pending(row["id"], row["attempts"]) for row in rows]


async def marker(work: Work) -> Marker | None:
    """What the last drain of this organization left behind."""
    rows = await work.fetch(
        """
        SELECT first_id, last_id, batch_size, started_at,
               EXTRACT(epoch FROM clock_timestamp() - started_at)::float8 AS age,
               NOT EXISTS (
                   SELECT FROM pg_stat_get_activity(backend_pid) WHERE backend_start <= started_at
               ) AS is_orphan,
               coalesce(apart_until > clock_timestamp(), false) AS is_apart
        FROM inbound_drains WHERE organization_id = $1
        """,
        work.organization_id,
    )
    return Marker(*rows[0]) if rows else None


async def mark(work: Work, first_id: int, last_id: int, batch_size: int) -> datetime:
    """Answers its `started_at`."""
    rows = await work.fetch(
        """
        INSERT INTO inbound_drains AS d
            (organization_id, first_id, last_id, batch_size, started_at, backend_pid)
        VALUES ($1, $2, $3, $4, clock_timestamp(), pg_backend_pid())
        ON CONFLICT (organization_id) DO UPDATE
        SET first_id = EXCLUDED.first_id, last_id = EXCLUDED.last_id, batch_size = EXCLUDED.batch_size,
            started_at = EXCLUDED.started_at, backend_pid = EXCLUDED.backend_pid
        RETURNING started_at
        """,
        work.organization_id,
        first_id,
        last_id,
        batch_size,
    )
    started_at: datetime = rows[0]["started_at"]
    return started_at


async def unmark(work: Work, most: int, *, grow: int = 1) -> None:
    """The next batch may be so many times larger, up to `most`."""
    await work.execute(
        """
        UPDATE inbound_drains SET first_id = NULL, last_id = NULL, batch_size = LEAST(batch_size * $2, $3)
        WHERE organization_id = $1
        """,
        work.organization_id,
        grow,
        most,
    )


async def set_apart(work: Work, seconds: float) -> None:
    await work.execute(
        """
        UPDATE inbound_drains SET apart_until = clock_timestamp() + make_interval(secs => $2)
        WHERE organization_id = $1
        """,
        work.organization_id,
        seconds,
    )


async def count_attempt(work: Work, first_id: int, last_id: int) -> list[int]:
    """One more try of everything between the two that did not come back; answers how many each has had."""
    rows = await work.fetch(
        """
        UPDATE inbound_events SET attempts = attempts + 1
        WHERE organization_id = $1 AND status = 'pending' AND id BETWEEN $2 AND $3 RETURNING attempts
        """,
        work.organization_id,
        first_id,
        last_id,
    )
    return [row["attempts"] for row in rows]


async def deliveries(work: Work, first_id: int, last_id: int, started_at: datetime) -> list[Delivery]:
    """Those between the two, while that marker stands; none when another drain has set its own.

    Not locked: nobody changes what is pending but the drain that has the turn.
    """
    rows = await work.fetch(
        """
        SELECT id, channel_id, body FROM inbound_events
        WHERE organization_id = $1 AND status = 'pending' AND id BETWEEN $2 AND $3
          AND EXISTS (SELECT FROM inbound_drains WHERE organization_id = $1 AND started_at = $4)
        ORDER BY id
        """,
        work.organization_id,
        first_id,
        last_id,
        started_at,
    )
    return [Delivery(row["id"], row["channel_id"], row["body"]) for row in rows]


async def remove(work: Work, event_ids: Sequence[int]) -> None:
    await work.execute(
        "DELETE FROM inbound_events WHERE organization_id = $1 AND id = ANY($2::bigint[])",
        work.organization_id,
        list(event_ids),
    )


async def put_aside(work: Work, status: str, rows: Sequence[tuple[int, str, str | None]]) -> None:
    """Give rows (id, reason, what they wait for) another status; they keep their place in line."""
    await work.execute(
        """
        UPDATE inbound_events e SET status = $2, reason = aside.reason, waiting_for = aside.waiting_for
        FROM unnest($3::bigint[], $4::text[], $5::text[]) AS aside (id, reason, waiting_for)
        WHERE e.organization_id = $1 AND e.id = aside.id
        """,
        work.organization_id,
        status,
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
    )


async def add(work: Work, leftovers: Sequence[Leftover], status: str, attempts: int) -> None:
    """Make deliveries of their own out of single items, in their order."""
    await work.execute(
        """
        INSERT INTO inbound_events (organization_id, channel_id, body, status, reason, waiting_for, attempts)
        SELECT $1, channel_id, body, $2, reason, waiting_for, $7
        FROM unnest($3::uuid[], $4::bytea[], $5::text[], $6::text[]) WITH ORDINALITY
             AS new (channel_id, body, reason, waiting_for, place)
        ORDER BY place
        """,
        work.organization_id,
        status,
        [leftover.channel_id for leftover in leftovers],
        [leftover.body for leftover in leftovers],
        [leftover.reason for leftover in leftovers],
        [leftover.waiting_for for leftover in leftovers],
        attempts,
    )


async def wake(work: Work, keys: Sequence[str]) -> bool:
    """Let what waited for these messages be applied now; answers whether anything did."""
    rows = await work.fetch(
        """
        UPDATE inbound_events SET status = 'pending', waiting_for = NULL, reason = NULL
        WHERE organization_id = $1 AND status = 'waiting' AND waiting_for = ANY($2::text[]) RETURNING id
        """,
        work.organization_id,
        list(keys),
    )
    return bool(rows)


async def parked(work: Work, most: int) -> list[Any]:
    return await work.fetch(
        """
        SELECT id, channel_id, received_at, attempts, reason, body FROM inbound_events
        WHERE organization_id = $1 AND status = 'parked' ORDER BY id LIMIT $2
        """,
        work.organization_id,
        most,
    )


async def replay(work: Work, event_ids: Sequence[int] | None) -> list[int]:
    """Parked deliveries back to pending, all of them when no ids are given; answers which."""
    rows = await work.fetch(
        """
        UPDATE inbound_events SET status = 'pending', attempts = 0, reason = NULL
        WHERE organization_id = $1 AND status = 'parked' AND ($2::bigint[] IS NULL OR id = ANY($2))
        RETURNING id
        """,
        work.organization_id,
        event_ids,
    )
    return sorted(row["id"] for row in rows)
