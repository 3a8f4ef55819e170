"""What a process holds, and the registry of what it knows how to do."""

import secrets as entropy
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from pytake.kit import journal, trail
from pytake.kit.database import Connection, Opening, Pool, Question, Row, ask, transaction
from pytake.kit.glances import Glance
from pytake.kit.jobs import Job, JobQueue, Nudge
from pytake.kit.origin import ORIGIN, Origin
from pytake.kit.trail import Deed
from pytake.kit.work import SYSTEM, Actor, Work
from pytake.ports.claim_book import ClaimBook
from pytake.ports.digests import Digests
from pytake.ports.documents import Documents
from pytake.ports.doorbell import Doorbell
from pytake.ports.gate import Gate
from pytake.ports.limiter import SendLimiter
from pytake.ports.mail import Mailer
from pytake.ports.rates import Rates
from pytake.ports.secrets import Place, Secrets
from pytake.ports.storage import Storage
from pytake.ports.tickets import Tickets
from pytake.ports.uploads import Uploads
from pytake.ports.whatsapp import WhatsApp
from pytake.ports.whatsapp_media import WhatsAppMedia
from pytake.ports.whatsapp_numbers import WhatsAppNumbers

P = ParamSpec("P")

_HAS_WRITTEN = "SELECT pg_current_xact_id_if_assigned() IS NOT NULL"
"""PostgreSQL gives a transaction its number with the first row that it writes or locks."""

NOTHING = Question("SELECT")
_CLOCK = "SELECT now() AS now, answer.* FROM (SELECT) AS always LEFT JOIN ({}) AS answer ON true"


@dataclass(frozen=True, slots=True)
class Ports:
    whatsapp: WhatsApp
    numbers: WhatsAppNumbers
    secrets: Secrets
    limiter: SendLimiter
    doorbell: Doorbell
    tickets: Tickets
    documents: Documents
    rates: Rates
    digests: Digests
    gate: Gate
    mailer: Mailer
    storage: Storage
    media: WhatsAppMedia
    uploads: Uploads
    claim_book: ClaimBook


@dataclass(frozen=True, slots=True)
class Runtime:
    ports: Ports
    pool: Pool
    jobs: JobQueue

    @asynccontextmanager
    async def work(
        self, organization_id: UUID, actor: Actor = SYSTEM, question: Question = NOTHING
    ) -> AsyncIterator[Work]:
        """Open a transaction for one organization; commit when the block ends, then release its nudges.

        The `question` is asked as it opens, in the round trip that looks at the clock.
        Raises WriteUnaudited when it wrote, for a request or a command, and nobody said what was done.
        """
        origin = ORIGIN.get()
        reads = origin is not None and actor is not SYSTEM and _only_reads(origin, organization_id, actor)
        opening = Opening(organization_id, reads, _with_the_clock(question))
        async with transaction(self.pool, opening) as (connection, first):
            assert first is not None, "the clock is always told"
            work = Work(connection, organization_id, actor, first["now"], first)
            yield work
            if work.news:
                await journal.append(connection, organization_id, work.news)
            if work.deed is not None:
                await self._chain(connection, work.deed)
            elif origin is not None and not reads and work.housekeeping is None:
                await _refuse_a_silent_write(connection, origin)
        if work.nudges:
            await self.jobs.push(list(work.nudges))
        if work.news:
            await self.ports.doorbell.ring(organization_id)

    def glance(self, organization_id: UUID, actor: Actor, premise: Question, answer: str) -> Glance:
        """Read, without a transaction around it, on the premise that the question has that answer still.

        For requests that change nothing. `answer` is the row as a JSON object.
        """
        origin = ORIGIN.get()
        assert origin is not None, "only requests glance"
        assert _only_reads(origin, organization_id, actor), "only what reads may glance"
        return Glance(self.pool, organization_id, actor, premise, answer)

    async def _chain(self, connection: Connection, deed: Deed) -> None:
        """Add the deed's row to its organization's trail. The chain stays locked until the commit, so this is
        the last thing a transaction does.
        """
        head = await connection.fetchrow(trail.HEAD, deed.organization_id)
        if head is None:
            sealed = fresh_chain_key(self.ports.secrets, deed.organization_id)
            await connection.execute(trail.BEGIN, deed.organization_id, sealed)
            head = await connection.fetchrow(trail.HEAD, deed.organization_id)
        key = chain_key(self.ports.secrets, deed.organization_id, head["key_encrypted"])
        sequence, previous = head["sequence"] + 1, head["hash"]
        hashed = deed.hash(key, sequence, previous)
        await connection.execute(trail.APPEND, *deed.arguments(sequence, previous, hashed))

    async def ask(self, statement: str, *arguments: Any) -> list[Row]:
        """One call of a function that may look across organizations, without a transaction around it.

        It may run twice: see `kit.database.ask`.
        """
        return await ask(self.pool, statement, *arguments)

    @asynccontextmanager
    async def lookup(self) -> AsyncIterator[Connection]:
        """A transaction for no organization, for the few functions that may look across them."""
        async with transaction(self.pool, Opening(None)) as (connection, _):
            yield connection


class WriteUnaudited(Exception):
    """A mistake of ours: a request or a command changed something and left no row in the audit trail."""


def chain_key(secrets: Secrets, organization_id: UUID, sealed: str) -> bytes:
    """The key of an organization's audit trail. Raises SecretUnreadable."""
    return bytes.fromhex(secrets.open(sealed, **_chain_place(organization_id)))


def fresh_chain_key(secrets: Secrets, organization_id: UUID) -> str:
    """Sealed, as it is stored."""
    return secrets.seal(entropy.token_hex(trail.KEY_BYTES), **_chain_place(organization_id))


def _chain_place(organization_id: UUID) -> Place:
    return {
        "organization_id": organization_id,
        "table": "audit_chains",
        "column": "key_encrypted",
        "row_id": organization_id,
    }


def _only_reads(origin: Origin, organization_id: UUID, actor: Actor) -> bool:
    """Hold the request to its promise to change nothing, and remember for whom it turned out to be.

    It is the first who counts: a super administrator goes on to organizations that are not theirs.
    """
    if origin.organization_id is None:
        origin.organization_id = organization_id
        origin.user_id, origin.api_key_id = actor.user_id, actor.api_key_id
    return not origin.writes


def _with_the_clock(question: Question) -> Question:
    """A row comes back even when nothing answers the question."""
    return Question(_CLOCK.format(question.statement), question.arguments)


async def _refuse_a_silent_write(connection: Connection, origin: Origin) -> None:
    if await connection.fetchval(_HAS_WRITTEN):
        raise WriteUnaudited(f"{origin.name} wrote without work.audit(...)")


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
    apart: bool


HANDLERS: dict[str, Handling] = {}
SWEEPS: list[Sweep] = []


def handles(
    job: Job[P], *, overlaps: bool = False, apart: bool = False
) -> Callable[
    [Callable[Concatenate[Runtime, P], Awaitable[None]]], Callable[Concatenate[Runtime, P], Awaitable[None]]
]:
    """Say how a job is done. A job has exactly one handler.

    In one process it is done once at a time for the same arguments, and once more when it was asked for
    meanwhile. One that `overlaps` is called each time, and sees to that itself. One that may be the end of
    its process is done `apart`, in one of its own.
    """

    def register(
        handler: Callable[Concatenate[Runtime, P], Awaitable[None]],
    ) -> Callable[Concatenate[Runtime, P], Awaitable[None]]:
        if job.name in HANDLERS:
            raise ValueError(f"{job.name} has a handler already")
        HANDLERS[job.name] = Handling(job, handler, overlaps, apart)
        return handler

    return register


def sweep(every: float) -> Callable[[Find], Find]:
    """Register a question that every worker asks each so many seconds: which rows was nobody told about?"""

    def register(find: Find) -> Find:
        SWEEPS.append(Sweep(find, every))
        return find

    return register
