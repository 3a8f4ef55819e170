"""The database as its owner sees it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from fastapi import FastAPI

from tests.rows_told import RowsTold


@pytest.fixture
def app(app: FastAPI, owner_url: str) -> FastAPI:
    """What every browser is told is held against the audit trail."""
    app.state.rows_told = RowsTold(owner_url)
    return app


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(owner_url)
    yield connection
    await connection.close()
