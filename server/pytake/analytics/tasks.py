"""How the jobs of this domain are done."""

from contextlib import suppress
from uuid import UUID

from pytake.analytics import jobs, meter, projection
from pytake.kit.jobs import Nudge
from pytake.ports.documents import DocumentsAway
from pytake.runtime import Runtime, handles, sweep

JOURNAL_DAYS = 30

_MOST = 100
_PART = 10_000


@handles(jobs.project)
async def project(runtime: Runtime, organization_id: UUID) -> None:
    await projection.project(runtime, organization_id)


@handles(jobs.count_messages)
async def count_messages(runtime: Runtime, organization_id: UUID) -> None:
    await meter.count(runtime, organization_id)


@handles(jobs.trim_journal)
async def trim_journal(runtime: Runtime) -> None:
    """A part at a time, so that no lock is held for long."""
    trimmed = _PART
    while trimmed == _PART:
        async with runtime.lookup() as connection:
            trimmed = await connection.fetchval("SELECT trim_journal($1, $2)", JOURNAL_DAYS, _PART)


@sweep(every=10.0)
async def prepare(runtime: Runtime) -> list[Nudge]:
    """Collections and indexes, as soon as the store is there; costs nothing once they are."""
    with suppress(DocumentsAway):
        await runtime.ports.documents.prepare()
    return []


@sweep(every=5.0)
async def behind(runtime: Runtime) -> list[Nudge]:
    """Organizations whose history lags behind their journal; nobody while the store does not answer."""
    if runtime.ports.documents.is_resting():
        return []
    async with runtime.lookup() as connection:
        rows = await connection.fetch(
            "SELECT organizations_behind($1, $2) AS organization_id", projection.READER, _MOST
        )
    return [jobs.project(row["organization_id"]) for row in rows]


@sweep(every=10.0)
async def unmetered(runtime: Runtime) -> list[Nudge]:
    """Organizations whose meter lags behind their journal."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch(
            "SELECT organizations_behind($1, $2) AS organization_id", meter.READER, _MOST
        )
    return [jobs.count_messages(row["organization_id"]) for row in rows]
