"""What a person may do with deliveries that could not be applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pytake.inbound import jobs, repository
from pytake.inbound.errors import NothingParked
from pytake.kit.work import Work


@dataclass(frozen=True, slots=True)
class Parked:
    id: int
    channel_id: UUID
    received_at: datetime
    attempts: int
    reason: str | None
    body: bytes


async def parked(work: Work, most: int = 100) -> list[Parked]:
    """What was put aside, oldest first, each with its reason."""
    return [Parked(**row) for row in await repository.parked(work, most)]


async def replay(work: Work, ids: Sequence[int] | None = None) -> list[int]:
    """Apply parked deliveries again, all when none is named. Raises NothingParked for a wrong number."""
    replayed = await repository.replay(work, ids)
    if missing := sorted(set(ids or ()) - set(replayed)):
        raise NothingParked(id=missing[0])
    if replayed:
        work.enqueue(jobs.drain(work.organization_id))
    return replayed
