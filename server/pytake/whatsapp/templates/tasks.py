"""How the jobs of templates are done."""

from uuid import UUID

from pytake.kit.jobs import Nudge
from pytake.runtime import Runtime, handles, sweep
from pytake.whatsapp.templates import jobs
from pytake.whatsapp.templates.service import calling, syncing


@handles(jobs.keep_in_step)
async def keep_in_step(runtime: Runtime, organization_id: UUID) -> None:
    await calling.work_off(runtime, organization_id)
    await syncing.work_off(runtime, organization_id)


@sweep(every=2.0)
async def due(runtime: Runtime) -> list[Nudge]:
    """Organizations with something to ask Meta, or with an account to read."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT organizations_with_template_work($1) AS organization_id", 100)
    return [jobs.keep_in_step(row["organization_id"]) for row in rows]
