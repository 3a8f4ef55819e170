"""How a process reaches PostgreSQL: one pool, and plain set statements on the driver's own connection."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias, cast

import asyncpg
import orjson
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

Connection: TypeAlias = asyncpg.Connection
"""The driver's connection. On it, JSON arrives as Python values and leaves as text."""


CONNECTION_LOST = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError)
"""What the driver raises when the server is away or has dropped the connection."""

TRANSIENT = (
    *CONNECTION_LOST,
    DBAPIError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
)
"""Trouble of the moment: the same work may go well in a second, so it says nothing about the work."""


PLANNING = {
    "jit": "off",
    "enable_seqscan": "off",
    "random_page_cost": "1.1",
    "plan_cache_mode": "force_generic_plan",
}
"""A plan is made once per connection, perhaps on an empty table, and must be right with a million rows too:
by index, whatever the statistics say today. What has no index is still read whole.
"""


def open_pool(url: str, *, application: str, size: int = 10) -> AsyncEngine:
    """Make the pool; nothing connects until it is used.

    There is no ping before use: the first statement of every transaction (`set_config`) is one, and
    `Runtime.work` opens again on a fresh connection when it fails, before anything was done.
    """
    return create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        pool_size=size,
        max_overflow=0,
        pool_timeout=30,
        pool_use_lifo=True,
        json_deserializer=orjson.loads,
        hide_parameters=True,  # they are people's words and secrets, and errors end in logs
        connect_args={
            "timeout": 5,
            "command_timeout": 60,
            "server_settings": {"application_name": f"pytake {application}", **PLANNING},
        },
    )


async def driver(connection: AsyncConnection | AsyncSession) -> Connection:
    """The asyncpg connection beneath; it shares the open transaction once SQLAlchemy has begun one."""
    if isinstance(connection, AsyncSession):
        connection = await connection.connection()
    raw = await connection.get_raw_connection()
    return cast("Connection", raw.driver_connection)


@asynccontextmanager
async def transaction(pool: AsyncEngine) -> AsyncIterator[Connection]:
    """A transaction for no organization: row level security shows it nothing, so it can only call functions.

    A connection that breaks on the way is thrown out of the pool, which cannot notice by itself: the
    statements went past it.
    """
    async with pool.connect() as connection:
        raw = await driver(connection)
        if raw.is_closed():
            await connection.invalidate()
            raw = await driver(connection)
        try:
            async with raw.transaction():
                yield raw
        except CONNECTION_LOST:
            await connection.invalidate()
            raise
