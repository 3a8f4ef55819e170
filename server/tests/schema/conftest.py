"""Connections to this test's database, by both logins."""

from collections.abc import AsyncIterator

import asyncpg
import pytest


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(owner_url)
    yield connection
    await connection.close()


@pytest.fixture
async def app(app_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(app_url)
    yield connection
    await connection.close()
