"""How the jobs of this domain are done."""

from uuid import UUID

from pytake.contacts import jobs
from pytake.kit.jobs import Nudge
from pytake.merging.service.merge import merge_proven
from pytake.runtime import Runtime, handles, sweep


@handles(jobs.merge_proven)
async def merge_what_is_proven(runtime: Runtime, organization_id: UUID) -> None:
    """One in a transaction: each is a deed of its own."""
    more = True
    while more:
        async with runtime.work(organization_id) as work:
            more = await merge_proven(work)


@sweep(every=5.0)
async def unmerged(runtime: Runtime) -> list[Nudge]:
    """Organizations with proven merges that nobody was told about."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT organizations_with_proven_merges($1) AS organization_id", 100)
    return [jobs.merge_proven(row["organization_id"]) for row in rows]
