"""How the jobs of this domain are done."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from pytake.kit.jobs import Nudge
from pytake.runtime import Runtime, handles, sweep
from pytake.whatsapp import jobs
from pytake.whatsapp.numbers import health

CHECKED_EVERY: Final = timedelta(minutes=15)

_MOST: Final = 100


@handles(jobs.refresh_number)
async def refresh_number(runtime: Runtime, organization_id: UUID, number_id: UUID) -> None:
    await health.refresh(runtime, organization_id, number_id)


@sweep(every=30.0)
async def unchecked(runtime: Runtime) -> list[Nudge]:
    """Numbers nobody has asked about for a while."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT * FROM numbers_unchecked($1, $2)", CHECKED_EVERY, _MOST)
    return [jobs.refresh_number(row["organization_id"], row["whatsapp_number_id"]) for row in rows]
