"""How the jobs of this domain are done."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from pytake.kit.jobs import Nudge
from pytake.media import clearing, fetching, jobs
from pytake.ports.storage import StorageAway
from pytake.runtime import Runtime, handles, sweep

LEFT_FOR: Final = timedelta(minutes=10)
"""After an organization is gone: what was being stored at that moment is there by then."""


@handles(jobs.fetch)
async def fetch(runtime: Runtime, organization_id: UUID) -> None:
    await fetching.fetch_due(runtime, organization_id)


@handles(jobs.clear_unused)
async def clear_unused(runtime: Runtime, organization_id: UUID) -> None:
    await clearing.clear_unused(runtime, organization_id)


@handles(jobs.remove_files_left)
async def remove_files_left(runtime: Runtime, organization_id: UUID) -> None:
    try:
        await runtime.ports.storage.remove_organization(organization_id)
    except StorageAway:
        return  # the row stays, and the sweep comes back
    async with runtime.lookup() as connection:
        await connection.execute("SELECT forget_files_left($1)", organization_id)


@sweep(every=2.0)
async def unfetched(runtime: Runtime) -> list[Nudge]:
    """Organizations with files to fetch that nobody was told about."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT organizations_with_due_media($1) AS organization_id", 100)
    return [jobs.fetch(row["organization_id"]) for row in rows]


@sweep(every=300.0)
async def unchecked(runtime: Runtime) -> list[Nudge]:
    """Organizations with files that may be unused."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT organizations_with_files_to_check($1) AS organization_id", 100)
    return [jobs.clear_unused(row["organization_id"]) for row in rows]


@sweep(every=60.0)
async def left_behind(runtime: Runtime) -> list[Nudge]:
    """Organizations that are gone and whose files are not."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch(
            "SELECT organizations_with_files_left($1, $2) AS organization_id", LEFT_FOR, 10
        )
    return [jobs.remove_files_left(row["organization_id"]) for row in rows]
