"""Which deliveries of an organization are applied next, so many in one transaction, and by which process.

Before a batch begins, a marker says between which rows; the batch's own commit moves it on to the next batch,
or takes it away. A marker that is still there means that a drain died or failed: each of its rows has had one
try, and the next batch is an eighth as large, until what fails is alone. So one poisonous delivery among
hundreds is found within a handful of batches, and nobody innocent is given up with it.

What a drain died of would be the end of the next one, too. So whatever was at work then is suspect, and
applied in a process of its own, in its turn; what only failed is tried again where it failed. When that
process dies as well it was no power cut: the organization's deliveries stay apart from the workers for a
while.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from itertools import takewhile
from uuid import UUID

from pytake.inbound import jobs, repository
from pytake.inbound.repository import Pending
from pytake.kit.work import Work
from pytake.runtime import Runtime

SIZES = (500, 62, 7)
"""Deliveries in one transaction, at most, by the tries they had; with more tries each is taken alone."""

MOST = SIZES[0]
"""The more, the less each costs."""

NARROWER = 8
"""So many times fewer deliveries behind a batch that failed, more behind one that went well."""

JUST_BEGUN = 10.0
"""Seconds in which the marker of a process that lives is not looked at: its drain may be between its two
transactions, on a machine that is busy.
"""

APART = 600.0
"""Seconds that an organization's deliveries are applied apart, since the last of them that killed there."""

MAX_TRIES = 5
"""Of one item, in a batch and alone. The last one that does not come back parks it."""


class Takes(Enum):
    """Which deliveries a drain takes, when they are the next."""

    FRESH = auto()
    """A worker those that nobody has tried."""
    FAILED = auto()
    """A worker those as well that it tried itself, for it knows that they only failed."""
    NONE = auto()
    """A worker, while the organization is apart."""
    SUSPECTS = auto()
    """A process of its own those that were tried by one that may have died of it."""
    ALL = auto()
    """A process of its own, while the organization is apart."""

    @property
    def is_apart(self) -> bool:
        return self in {Takes.SUSPECTS, Takes.ALL}

    def covers(self, attempts: int) -> bool:
        match self:
            case Takes.FRESH:
                return attempts == 0
            case Takes.SUSPECTS:
                return attempts > 0
            case Takes.NONE:
                return False
            case Takes.FAILED | Takes.ALL:
                return True


@dataclass(frozen=True, slots=True)
class Batch:
    """What a drain has marked as its own."""

    first_id: int
    last_id: int
    count: int
    attempts: int
    """Of the first: tries that did not come back."""
    allowed: int
    """How many it might have been."""
    takes: Takes
    started_at: datetime
    """Of the marker."""

    @property
    def is_careful(self) -> bool:
        return self.count == 1 and self.attempts > 0


@dataclass(frozen=True, slots=True)
class _Left:
    """What the drain before has left."""

    size: int
    """How many may be taken at once now."""
    is_apart: bool = False
    failed_here: bool = False
    """That drain was this one, and it lives."""


async def begin(
    runtime: Runtime, organization_id: UUID, last: Batch | None = None, *, apart: bool = False
) -> Batch | None:
    """Mark the next batch; None when none is pending for this drain or another one is at it.

    `last` is what this drain has marked before; `apart`, that it may die. Not worth an fsync: losing the
    marker loses no delivery.
    """
    async with runtime.work(organization_id) as work:
        if not await repository.take_turn(work):
            return None
        await work.execute("SET LOCAL synchronous_commit = off")
        left = await _left(work, last)
        if left is None:
            return None
        return await _mark(work, left.size, _takes(left, apart=apart), is_marked=left.size < MOST)


async def follow(work: Work, batch: Batch) -> Batch | None:
    """Move the marker on behind a batch that went well, in its own transaction; answers the next one.

    Where processes may die each batch is begun anew, for each might be the first that needs no care.
    """
    size = min(batch.allowed * NARROWER, MOST)
    if batch.takes.is_apart:
        await repository.unmark(work, MOST, grow=NARROWER)
        return None
    behind_failures = batch.takes is Takes.FAILED and batch.attempts > 0
    return await _mark(work, size, Takes.FAILED if behind_failures else Takes.FRESH, is_marked=True)


async def forgive(runtime: Runtime, organization_id: UUID, batch: Batch) -> None:
    """Trouble of the moment was no try of anything. If we cannot even say so, it counts as one."""
    async with runtime.work(organization_id) as work:
        await repository.wait_turn(work)
        marker = await repository.marker(work)
        if marker and marker.started_at == batch.started_at:
            await repository.unmark(work, MOST)


async def _left(work: Work, last: Batch | None) -> _Left | None:
    """Counts a try of what did not come back. None when another drain has just begun."""
    marker = await repository.marker(work)
    if marker is None:
        return _Left(MOST)
    if marker.first_id is None or marker.last_id is None:
        return _Left(marker.batch_size, marker.is_apart)
    is_ours = last is not None and marker.started_at == last.started_at
    if not is_ours and not marker.is_orphan and marker.age < JUST_BEGUN:
        return None
    tries = await repository.count_attempt(work, marker.first_id, marker.last_id)
    died_apart = not is_ours and max(tries, default=0) > 1
    if died_apart:
        await repository.set_apart(work, APART)
    return _Left(max(1, len(tries) // NARROWER), marker.is_apart or died_apart, failed_here=is_ours)


def _takes(left: _Left, *, apart: bool) -> Takes:
    if apart:
        return Takes.ALL if left.is_apart else Takes.SUSPECTS
    if left.is_apart:
        return Takes.NONE
    return Takes.FAILED if left.failed_here else Takes.FRESH


async def _mark(work: Work, size: int, takes: Takes, *, is_marked: bool) -> Batch | None:
    """Mark so many at most; None when none is pending, or they are left to another process."""
    pending = await repository.pending(work, size)
    while pending and pending[0].attempts >= MAX_TRIES:
        reason = f"given up after {MAX_TRIES} tries that never came back"
        await repository.put_aside(work, "parked", [(pending[0].id, reason, None)])
        pending = await repository.pending(work, size)
    if rows := pending[: _how_many(pending, takes)]:
        started_at = await repository.mark(work, rows[0].id, rows[-1].id, size)
        return Batch(rows[0].id, rows[-1].id, len(rows), rows[0].attempts, size, takes, started_at)
    if pending:
        await repository.unmark(work, size)
        others = jobs.drain if takes.is_apart else jobs.drain_apart
        work.enqueue(others(work.organization_id))
    elif is_marked:
        await repository.unmark(work, MOST, grow=NARROWER)
    return None


def _how_many(pending: Sequence[Pending], takes: Takes) -> int:
    """Those that this drain takes and had no more tries than the first; the more tries, the fewer."""
    if not pending:
        return 0
    tries = pending[0].attempts
    alike = takewhile(lambda row: row.attempts <= tries and takes.covers(row.attempts), pending)
    return min(len(list(alike)), SIZES[tries] if tries < len(SIZES) else 1)
