"""What a process holds, and the registry of what it knows how to do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Concatenate, ParamSpec
from uuid import UUID

from pytake.kit import journal
from pytake.kit.database import Connection, Pool, transaction
from pytake.kit.jobs import Job, JobQueue, Nudge
from pytake.kit.work import SYSTEM, Actor, Work
from pytake.ports.documents import Documents
from pytake.ports.doorbell import Doorbell
from pytake.ports.limiter import SendLimiter
from pytake.ports.secrets import Secrets
from pytake.ports.tickets import Tickets
from pytake.ports.whatsapp import WhatsApp

P = ParamSpec("P")

_FOR_ONE = "SELECT set_config('app.org', $1, true), now()"
_FOR_NOBODY = "SELECT set_config('app.org', '', true)"
"""Row level security then shows nothing, so that only functions can be called."""


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
    pool: Pool
    jobs: JobQueue

    @asynccontextmanager
    async def work(self, organization_id: UUID, actor: Actor = SYSTEM) -> AsyncIterator[Work]:
        """Open a transaction for one organization; commit when the block ends, then release its nudges."""
        async with transaction(self.pool, _FOR_ONE, str(organization_id)) as (connection, begun):
            work = Work(connection, organization_id, actor, begun["now"])
            yield work
            if work.news:
                await journal.append(connection, organization_id, work.news)
        if work.nudges:
            await self.jobs.push(list(work.nudges))
        if work.news:
            await self.ports.doorbell.ring(organization_id)

    @asynccontextmanager
    async def lookup(self) -> AsyncIterator[Connection]:
        """A transaction for no organization, for the few functions that may look across them."""
        async with transaction(self.pool, _FOR_NOBODY) as (connection, _):
            yield connection


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
