"""What storing a delivery asks of the database."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.inbound.intake import Intake
from pytake.kit.ids import new_id
from pytake.whatsapp import service as whatsapp


@pytest.fixture
async def channel(runtime: BuiltRuntime) -> UUID:
    organization_id = new_id()
    async with runtime.work(organization_id) as work:
        await work.execute(
            "INSERT INTO organizations (id, name, slug) VALUES ($1, 'Aurora', 'aurora')", organization_id
        )
        channel_id, _ = await whatsapp.open_channel(
            work, runtime.ports.secrets, name="app", app_secret="a" * 32, verify_token="b" * 32
        )
    return channel_id


async def _listen_on_every_connection(runtime: BuiltRuntime) -> list[str]:
    """All that the pool may hold are open afterwards; answers where their statements will stand."""
    asked: list[str] = []
    connections = [await runtime.pool.acquire() for _ in range(runtime.pool.get_max_size())]
    for connection in connections:
        connection.add_query_logger(lambda query: asked.append(query.query))
        await runtime.pool.release(connection)
    return asked


async def test_storing_is_one_statement_without_a_transaction_around_it(
    runtime: BuiltRuntime, channel: UUID, owner: asyncpg.Connection
) -> None:
    asked = await _listen_on_every_connection(runtime)
    intake = Intake(runtime)

    await asyncio.gather(*(intake.store(channel, b"{}") for _ in range(10)))

    assert await owner.fetchval("SELECT count(*) FROM inbound_events") == 10
    await asyncio.sleep(0)
    assert 1 <= sum("store_inbound" in statement for statement in asked) <= 2
    assert not [statement for statement in asked if "BEGIN" in statement or "app.org" in statement]


async def test_connections_that_the_server_has_dropped_cost_no_delivery(
    runtime: BuiltRuntime, channel: UUID, app_url: str, owner: asyncpg.Connection
) -> None:
    await _listen_on_every_connection(runtime)
    login = await asyncpg.connect(app_url)
    dropped = await login.fetchval("""
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'pytake tests'
    """)
    await login.close()
    assert dropped == runtime.pool.get_max_size()

    await Intake(runtime).store(channel, b"{}")

    assert await owner.fetchval("SELECT count(*) FROM inbound_events") == 1


async def test_a_statement_that_fails_is_not_repeated_and_costs_no_connection(runtime: BuiltRuntime) -> None:
    asked = await _listen_on_every_connection(runtime)

    for _ in range(2 * runtime.pool.get_max_size()):
        with pytest.raises(asyncpg.DivisionByZeroError):
            await runtime.ask("SELECT 1 / $1::int", 0)

    await asyncio.sleep(0)
    assert len(asked) == 2 * runtime.pool.get_max_size()
    assert [tuple(row) for row in await runtime.ask("SELECT 1 / $1::int", 1)] == [(1,)]
    assert runtime.pool.get_idle_size() == runtime.pool.get_max_size()
