"""How a process reaches PostgreSQL: one pool of the driver's own connections, and set statements on them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias
from uuid import UUID

import asyncpg
import orjson

Connection: TypeAlias = asyncpg.Connection
"""The driver's connection. On it, JSON arrives as Python values and leaves as text."""

Pool: TypeAlias = asyncpg.Pool
Row: TypeAlias = asyncpg.Record
Ending: TypeAlias = Literal["COMMIT", "ROLLBACK"]

CONNECTION_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server's farewell is here, and the end of the connection is not yet
    OSError,
)
"""What the driver raises when the server is away, has dropped the connection, or lets nobody in in time."""

TRANSIENT = (
    *CONNECTION_LOST,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
)
"""Trouble of the moment: the same work may go well in a second, so it says nothing about the work."""

WAIT_SECONDS = 30.0
"""For a free connection of the pool."""

CLOSING_SECONDS = 5.0

PLANNING = {
    "jit": "off",
    "enable_seqscan": "off",
    "random_page_cost": "1.1",
    "plan_cache_mode": "force_generic_plan",
}
"""A plan is made once per connection, perhaps on an empty table, and must be right with a million rows too:
by index, whatever the statistics say today. What has no index is still read whole.
"""


async def open_pool(url: str, *others: str, application: str, size: int = 10) -> Pool:
    """Make the pool; nothing connects until it is used.

    `others`: the same database with passwords that may be the right ones while the secret key is changed.

    There is no ping before use: the first statements of every transaction are one, and `transaction` begins
    again on a fresh connection when they fail.
    """
    return await asyncpg.create_pool(
        url,
        min_size=0,
        max_size=size,
        connect=Logins(url, *others),
        max_queries=10**9,
        statement_cache_size=500,
        timeout=5,
        command_timeout=60,
        init=_speak_json,
        reset=_as_it_is,
        server_settings={"application_name": f"pytake {application}", **PLANNING},
    )


class Logins:
    """Connects with whichever password the server takes; the one it took is tried first next time."""

    def __init__(self, *urls: str) -> None:
        self._urls = list(urls)

    async def __call__(self, *_: Any, **options: Any) -> Connection:
        urls = self._urls  # another connection may set the order anew meanwhile
        for url in urls:
            try:
                connection = await asyncpg.connect(url, **options)
            except asyncpg.InvalidAuthorizationSpecificationError:
                if url == urls[-1]:
                    raise
            else:
                self._urls = [url, *(other for other in self._urls if other != url)]
                return connection
        raise AssertionError("unreachable")


async def close_pool(pool: Pool) -> None:
    """Wait a moment for what is under way."""
    try:
        async with asyncio.timeout(CLOSING_SECONDS):
            await pool.close()
    except TimeoutError:
        pool.terminate()


async def _speak_json(connection: Connection) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, schema="pg_catalog", encoder=str, decoder=orjson.loads)


async def _as_it_is(_: Connection) -> None:
    """Settings are made for a transaction only, so a connection needs no cleaning between two."""


class Question(NamedTuple):
    """A statement and its arguments."""

    statement: str
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """How a transaction begins. The message that begins it names its tenant, so there is none without."""

    tenant: UUID | None
    """For None row level security shows nothing, so that only functions can be called."""
    reads: bool = False
    """It cannot write, whatever the code says."""
    question: Question | None = None
    """Asked at once; in the same try, should the connection turn out to be a dropped one."""

    @property
    def message(self) -> str:
        mode = " READ ONLY" if self.reads else ""
        return f"BEGIN{mode}; SET LOCAL app.org = '{self.tenant or ''}'"


@asynccontextmanager
async def transaction(pool: Pool, opening: Opening) -> AsyncIterator[tuple[Connection, Row | None]]:
    """Yields the connection and the first row that answers the opening's question.

    Committed when the block ends; one that reads a moment later, so that nobody waits for that. A connection
    that the server has dropped is noticed at the opening, before anything was done, and replaced.
    """
    connection, row = await _open(pool, opening)
    try:
        yield connection, row
    except BaseException:
        await _end_quietly(pool, connection, "ROLLBACK")
        raise
    if opening.reads:
        _end_behind(pool, connection)
    else:
        await _end(pool, connection, "COMMIT")


async def _open(pool: Pool, opening: Opening) -> tuple[Connection, Row | None]:
    """After the server was away the pool may be full of dropped connections; the last try is on a new one."""
    for left in range(pool.get_max_size(), -1, -1):
        connection = await pool.acquire(timeout=WAIT_SECONDS)
        try:
            await connection.execute(opening.message)
            if (question := opening.question) is None:
                return connection, None
            return connection, await connection.fetchrow(question.statement, *question.arguments)
        except BaseException as error:
            _throw_away(connection)
            await pool.release(connection)
            if not left or not isinstance(error, CONNECTION_LOST):
                raise
    raise AssertionError("unreachable")


_ending: set[asyncio.Task[None]] = set()
"""The loop alone would forget a task that nobody holds. Never more than the pools have connections."""


def _end_behind(pool: Pool, connection: Connection) -> None:
    """Only for what has not written: nobody learns that its commit failed."""
    task = asyncio.create_task(_end_quietly(pool, connection, "COMMIT"))
    _ending.add(task)
    task.add_done_callback(_ending.discard)


async def _end_quietly(pool: Pool, connection: Connection, how: Ending) -> None:
    with suppress(asyncpg.PostgresError, *CONNECTION_LOST):
        await _end(pool, connection, how)


async def _end(pool: Pool, connection: Connection, how: Ending) -> None:
    """A connection that cannot even do that is thrown away; the server then undoes by itself."""
    try:
        await connection.execute(how)
    except BaseException:
        _throw_away(connection)
        raise
    finally:
        await pool.release(connection)


async def ask(pool: Pool, statement: str, *arguments: Any) -> list[Row]:
    """One statement that is a transaction by itself: a third of the round trips of `transaction`.

    When the connection was dropped it runs again on another, and nobody knows whether it had run before:
    only for what may be done twice. One that took too long is not tried again.
    """
    for left in range(pool.get_max_size(), -1, -1):
        connection = await pool.acquire(timeout=WAIT_SECONDS)
        try:
            rows: list[Row] = await connection.fetch(statement, *arguments)
        except CONNECTION_LOST as error:
            _throw_away(connection)
            if not left or isinstance(error, TimeoutError):
                raise
        else:
            return rows
        finally:
            await pool.release(connection)
    raise AssertionError("unreachable")


def _throw_away(connection: Connection) -> None:
    with suppress(asyncpg.InterfaceError):  # the driver has done so itself
        connection.terminate()
