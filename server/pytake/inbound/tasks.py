"""How the jobs of this domain are done."""

from uuid import UUID

from pytake.inbound import drain as draining
from pytake.inbound import jobs
from pytake.kit.jobs import Nudge
from pytake.runtime import Runtime, handles, sweep

WAITING_DAYS = 7
"""As long as Meta repeats a delivery."""

_PART = 10_000


@handles(jobs.drain)
async def drain(runtime: Runtime, organization_id: UUID) -> None:
    await draining.drain(runtime, organization_id)


@handles(jobs.drain_apart, apart=True)
async def drain_apart(runtime: Runtime, organization_id: UUID) -> None:
    await draining.drain(runtime, organization_id, apart=True)


@handles(jobs.forget_waiting)
async def forget_waiting(runtime: Runtime) -> None:
    """A part at a time, so that no lock is held for long."""
    gone = _PART
    while gone == _PART:
        async with runtime.lookup() as connection:
            gone = await connection.fetchval("SELECT forget_waiting($1, $2)", WAITING_DAYS, _PART)


@sweep(every=1.0)
async def undrained(runtime: Runtime) -> list[Nudge]:
    """Organizations with deliveries that nobody was told about."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT organizations_with_inbound($1) AS organization_id", 100)
    return [jobs.drain(row["organization_id"]) for row in rows]


@sweep(every=5.0)
async def known_by_now(runtime: Runtime) -> list[Nudge]:
    """Statuses whose message became known while they were being put aside."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT wake_waiting($1) AS organization_id", 100)
    return [jobs.drain(row["organization_id"]) for row in rows]
