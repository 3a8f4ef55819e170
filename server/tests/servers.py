"""The real servers of a test run: started once, with one migrated database that every test gets a copy of."""

import asyncio
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import asyncpg

from pytake.entrypoints.embedded import Engines, Sizing
from pytake.entrypoints.migrations import upgrade

SECRET_KEY = "a-key-for-tests-only-a-key-for-tests-only"
TEMPLATE = "pytake_template"


@dataclass(frozen=True, slots=True)
class Servers:
    """Where they are. Plain strings, so that the workers of a parallel run can be told."""

    database_url: str
    redis_url: str
    mongodb_url: str

    def database(self, name: str) -> str:
        return self.database_url.replace("/pytake?", f"/{name}?")

    def redis(self, number: int) -> str:
        return self.redis_url.replace("db=0", f"db={number}")

    def mongodb(self, name: str) -> str:
        return self.mongodb_url.removesuffix("/pytake") + f"/{name}"

    def written(self) -> dict[str, Any]:
        return asdict(self)


class Standing:
    """The servers while they run, in the process that started them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pytake-tests-"))
        self.engines = Engines(self.folder, sizing=Sizing(durable=False))

    def start(self) -> Self:
        self.engines.start()
        with asyncio.Runner() as runner:
            runner.run(_make_template(self.servers))
        return self

    @property
    def servers(self) -> Servers:
        urls = self.engines.urls
        assert urls.database_url
        assert urls.redis_url
        assert urls.mongodb_url
        return Servers(urls.database_url, urls.redis_url, urls.mongodb_url)

    def stop(self) -> None:
        self.engines.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


async def _make_template(servers: Servers) -> None:
    connection = await asyncpg.connect(servers.database("postgres"))
    try:
        await connection.execute(f"CREATE DATABASE {TEMPLATE}")
    finally:
        await connection.close()
    await upgrade(servers.database(TEMPLATE), SECRET_KEY)


async def copy_template(servers: Servers, name: str) -> None:
    """Copying files takes about 45 ms; through the log (the default strategy) it takes 65."""
    connection = await asyncpg.connect(servers.database("postgres"))
    try:
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} STRATEGY FILE_COPY')
    finally:
        await connection.close()


async def drop(servers: Servers, name: str) -> None:
    connection = await asyncpg.connect(servers.database("postgres"))
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()
