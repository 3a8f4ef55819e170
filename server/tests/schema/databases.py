"""Databases of a test's own that are not copies of the migrated template."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from tests.servers import Servers, drop


@asynccontextmanager
async def empty_database(engines: Servers) -> AsyncIterator[str]:
    name = f"empty_{os.urandom(4).hex()}"
    connection = await asyncpg.connect(engines.database("postgres"))
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    yield engines.database(name)
    await drop(engines, name)
