"""How the jobs of this domain are done."""

from uuid import UUID

from pytake.inbound import drain as draining
from pytake.inbound import jobs
from pytake.kit.jobs import Nudge
from pytake.kit.rounds import Rounds
from pytake.runtime import Runtime, handles, sweep

_rounds = Rounds()


@handles(jobs.drain)
async def drain(runtime: Runtime, organization_id: UUID) -> None:
    await _rounds.run((runtime.pool, organization_id), lambda: draining.drain(runtime, organization_id))


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
