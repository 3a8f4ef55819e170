"""Servers and databases for every test. Fixtures start nothing that a run does not use."""

import os
from collections.abc import AsyncIterator
from typing import Any, cast

import asyncpg
import pytest
import structlog
from redis.asyncio import Redis

from pytake.entrypoints import application_role
from tests import network
from tests.servers import SECRET_KEY, Servers, Standing, copy_template, drop

pytest_plugins = ("tests.runtimes", "tests.sizes")

STANDING = pytest.StashKey[Standing]()
WORKER_INPUT = "pytake_servers"


def pytest_configure() -> None:
    network.block()
    # As `configure_logging` has it. The library's own draws every variable of every frame: seconds for each.
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """In a parallel run the controller holds the servers, and its workers are told where they are."""
    node.workerinput[WORKER_INPUT] = _standing(node.config).servers.written()


def pytest_unconfigure(config: pytest.Config) -> None:
    if STANDING in config.stash:
        config.stash[STANDING].stop()


def _standing(config: pytest.Config) -> Standing:
    if STANDING not in config.stash:
        config.stash[STANDING] = Standing().start()
    return config.stash[STANDING]


@pytest.fixture(scope="session")
def engines(request: pytest.FixtureRequest) -> Servers:
    """Where PostgreSQL, Redis and MongoDB are."""
    told = getattr(request.config, "workerinput", {})
    if WORKER_INPUT in told:
        return Servers(**told[WORKER_INPUT])
    return _standing(request.config).servers


@pytest.fixture(scope="session")
def lane(request: pytest.FixtureRequest) -> int:
    """The number of this worker in a parallel run, or 0."""
    name = cast("str", getattr(request.config, "workerinput", {}).get("workerid", "gw0"))
    return int(name.removeprefix("gw"))


@pytest.fixture
def secret_key() -> str:
    return SECRET_KEY


@pytest.fixture
async def owner_url(engines: Servers, lane: int) -> AsyncIterator[str]:
    """A migrated database of this test's own, as its owner."""
    name = f"test_{lane}_{os.urandom(4).hex()}"
    await copy_template(engines, name)
    yield engines.database(name)
    await drop(engines, name)


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """The same database as its owner sees it."""
    connection = await asyncpg.connect(owner_url)
    yield connection
    await connection.close()


@pytest.fixture
def app_url(owner_url: str, secret_key: str) -> str:
    """The same database as the application sees it."""
    return application_role.app_url(owner_url, secret_key)


@pytest.fixture
async def redis_url(engines: Servers, lane: int) -> str:
    """An empty Redis of this worker's own."""
    url = engines.redis(lane)
    async with Redis.from_url(url) as client:
        await client.flushdb()
    return url


@pytest.fixture
def mongodb_url(engines: Servers, lane: int) -> str:
    """The name of a MongoDB database that no other test uses is part of it; nothing is created until used."""
    return engines.mongodb(f"test_{lane}_{os.urandom(4).hex()}")
