from collections.abc import AsyncIterator

import asyncpg
import pytest
from fastapi import FastAPI

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.http.rates import RateLimits


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(owner_url)
    yield connection
    await connection.close()


@pytest.fixture
async def login(app_url: str) -> AsyncIterator[asyncpg.Connection]:
    """As the application signs in."""
    connection = await asyncpg.connect(app_url)
    yield connection
    await connection.close()


@pytest.fixture
def unlimited(app: FastAPI, runtime: BuiltRuntime) -> FastAPI:
    """Nobody counts these requests."""
    app.state.rate_limits = RateLimits(runtime.ports.rates, {})
    return app
