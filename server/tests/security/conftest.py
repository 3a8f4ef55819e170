from collections.abc import AsyncIterator

import asyncpg
import pytest
from fastapi import FastAPI
from starlette.requests import HTTPConnection
from typing_extensions import override

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.http.rates import RateLimits
from pytake.settings import Settings
from simulator.testing import RunningSimulator


@pytest.fixture
async def settings(settings: Settings) -> AsyncIterator[Settings]:
    """With a Meta that answers, and knows nobody."""
    async with RunningSimulator() as meta:
        settings.meta_graph_url = meta.graph_url
        yield settings


@pytest.fixture
async def login(app_url: str) -> AsyncIterator[asyncpg.Connection]:
    """As the application signs in."""
    connection = await asyncpg.connect(app_url)
    yield connection
    await connection.close()


class NoLimits(RateLimits):
    @override
    async def spend_at(self, connection: HTTPConnection, address: str, endpoint: str, limit: int) -> None:
        """As often as they like."""


@pytest.fixture
def unlimited(app: FastAPI, runtime: BuiltRuntime) -> FastAPI:
    """Nobody counts these requests."""
    app.state.rate_limits = NoLimits(runtime.ports.rates, {})
    return app
