"""Transactions begin with their tenant in the first message; the reading ones end behind their answer."""

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from pytake.kit.database import Opening, Pool, Question, close_pool, open_pool, transaction

TENANT = uuid4()
KILLED = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.AdminShutdownError, OSError)


@pytest.fixture
async def narrow(app_url: str) -> AsyncIterator[Pool]:
    """One connection, so that whoever keeps it stops everybody."""
    pool = await open_pool(app_url, application="tests", size=1)
    yield pool
    await close_pool(pool)


async def test_the_message_that_begins_it_names_the_tenant(narrow: Pool) -> None:
    asked = Question("SELECT current_setting('app.org') AS org, $1::int AS given", (7,))
    async with transaction(narrow, Opening(TENANT, question=asked)) as (_, first):
        assert first is not None
        assert dict(first) == {"org": str(TENANT), "given": 7}
    async with transaction(narrow, Opening(None)) as (connection, _):
        assert await connection.fetchval("SELECT current_setting('app.org')") == ""


async def test_one_that_reads_cannot_write_and_gives_its_connection_back(narrow: Pool) -> None:
    for _ in range(20):
        async with transaction(narrow, Opening(TENANT, reads=True)) as (connection, _):
            assert await connection.fetchval("SHOW transaction_read_only") == "on"
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with transaction(narrow, Opening(TENANT, reads=True)) as (connection, _):
            await connection.execute("DELETE FROM contacts")
    async with transaction(narrow, Opening(TENANT)) as (connection, _):
        assert await connection.fetchval("SHOW transaction_read_only") == "off"


async def _kill(login: asyncpg.Connection, connection: asyncpg.Connection) -> None:
    pid = await connection.fetchval("SELECT pg_backend_pid()")
    await login.execute("SELECT pg_terminate_backend($1, 5000)", pid)


async def test_what_was_read_stands_when_the_connection_dies_behind_it(
    narrow: Pool, login: asyncpg.Connection
) -> None:
    async with transaction(narrow, Opening(TENANT, reads=True)) as (connection, _):
        await _kill(login, connection)
    async with transaction(narrow, Opening(TENANT)) as (connection, _):
        assert await connection.fetchval("SELECT current_setting('app.org')") == str(TENANT)


async def test_whoever_writes_is_told_that_the_commit_did_not_arrive(
    narrow: Pool, login: asyncpg.Connection
) -> None:
    with pytest.raises(KILLED):
        async with transaction(narrow, Opening(TENANT)) as (connection, _):
            await _kill(login, connection)
