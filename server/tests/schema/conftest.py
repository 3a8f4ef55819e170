"""A connection to this test's database, as the application signs in."""

from collections.abc import AsyncIterator

import asyncpg
import pytest


@pytest.fixture
async def app(app_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(app_url)
    yield connection
    await connection.close()
