"""How the jobs of this domain are done."""

from uuid import UUID

from pytake.chatbots import jobs
from pytake.chatbots.service import timers
from pytake.kit.jobs import Nudge
from pytake.runtime import Runtime, handles, sweep


@handles(jobs.fire_timers)
async def fire_timers(runtime: Runtime, organization_id: UUID) -> None:
    await timers.fire_due(runtime, organization_id)


@sweep(every=1.0)
async def due(runtime: Runtime) -> list[Nudge]:
    """Organizations with a run whose waiting time is over."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT organizations_with_due_timers($1) AS organization_id", 100)
    return [jobs.fire_timers(row["organization_id"]) for row in rows]
