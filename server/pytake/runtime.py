"""What a process holds, and the registry of what it knows how to do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from pytake.kit import journal
from pytake.kit.database import Connection, driver, transaction
from pytake.kit.jobs import Job, JobQueue, Nudge
from pytake.kit.work import SYSTEM, Actor, Work
from pytake.ports.documents import Documents
from pytake.ports.doorbell import Doorbell
from pytake.ports.limiter import SendLimiter
from pytake.ports.secrets import Secrets
from pytake.ports.tickets import Tickets
from pytake.ports.whatsapp import WhatsApp

P = ParamSpec("P")

_BEGIN = text("SELECT set_config('app.org', :organization_id, true), now()")


@dataclass(frozen=True, slots=True)
class Ports:
    whatsapp: WhatsApp
    secrets: Secrets
    limiter: SendLimiter
    doorbell: Doorbell
    tickets: Tickets
    documents: Documents


@dataclass(frozen=True, slots=True)
class Runtime:
    ports: Ports
    pool: AsyncEngine
    jobs: JobQueue

    @asynccontextmanager
    async def work(self, organization_id: UUID, actor: Actor = SYSTEM) -> AsyncIterator[Work]:
        """Open a transaction for one organization; commit when the block ends, then release its nudges.

        A connection the server has dropped is noticed here, before anything was done, and replaced once.
        """
        async with AsyncSession(self.pool, expire_on_commit=False) as session:
            now = await _begin(session, organization_id)
            work = Work(session, await driver(session), organization_id, actor, now)
            yield work
            await session.flush()
            if work.news:
                await journal.append(work.connection, organization_id, work.news)
            await session.commit()
        if work.nudges:
            await self.jobs.push(list(work.nudges))
        if work.news:
            await self.ports.doorbell.ring(organization_id)

    @asynccontextmanager
    async def lookup(self) -> AsyncIterator[Connection]:
        """A transaction for no organization, for the few functions that may look across them."""
        async with transaction(self.pool) as connection:
            yield connection


async def _begin(session: AsyncSession, organization_id: UUID) -> Any:
    try:
        result = await session.execute(_BEGIN, {"organization_id": str(organization_id)})
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        await session.rollback()
        result = await session.execute(_BEGIN, {"organization_id": str(organization_id)})
    return result.one()[1]


# --- what the process can do ----------------------------------------------------------------------------

Handler = Callable[..., Awaitable[None]]
Find = Callable[[Runtime], Awaitable[list[Nudge]]]


@dataclass(frozen=True, slots=True)
class Sweep:
    find: Find
    every: float
    """Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Handling:
    job: Job[...]
    handler: Handler
    overlaps: bool


HANDLERS: dict[str, Handling] = {}
SWEEPS: list[Sweep] = []


def handles(
    job: Job[P], *, overlaps: bool = False
) -> Callable[
    [Callable[Concatenate[Runtime, P], Awaitable[None]]], Callable[Concatenate[Runtime, P], Awaitable[None]]
]:
    """Say how a job is done. A job has exactly one handler.

    In one process it is done once at a time for the same arguments, and once more when it was asked for
    meanwhile. One that `overlaps` is called each time, and sees to that itself.
    """

    def register(
        handler: Callable[Concatenate[Runtime, P], Awaitable[None]],
    ) -> Callable[Concatenate[Runtime, P], Awaitable[None]]:
        if job.name in HANDLERS:
            raise ValueError(f"{job.name} has a handler already")
        HANDLERS[job.name] = Handling(job, handler, overlaps)
        return handler

    return register


def sweep(every: float) -> Callable[[Find], Find]:
    """Register a question that every worker asks each so many seconds: which rows was nobody told about?"""

    def register(find: Find) -> Find:
        SWEEPS.append(Sweep(find, every))
        return find

    return register
