"""The real servers of a test run: started once, with one migrated database that every test gets a copy of."""

import asyncio
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import asyncpg

from pytake.entrypoints.embedded import Engines, Sizing
from pytake.entrypoints.embedded.site import holder
from pytake.entrypoints.migrations import upgrade

SECRET_KEY = "a-key-for-tests-only-a-key-for-tests-only"
TEMPLATE = "pytake_template"
MEMORY = Path("/dev/shm")
ROOMY = 4_000_000_000
PREFIX = "pytake-tests-"
A_START_TAKES = 60.0


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
        _clear_what_killed_runs_left()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_roomy_memory()))
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


def _roomy_memory() -> Path | None:
    """Where files live in memory, if there is room: a copy takes 30 ms there and 300 on a busy disk."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOMY:
        return MEMORY
    return None


def _clear_what_killed_runs_left() -> None:
    """On a disk that is the system's business; memory would be lost until the next boot."""
    for lock in MEMORY.glob(f"{PREFIX}*/lock"):
        if holder(lock.parent) is None and time.time() - lock.stat().st_mtime > A_START_TAKES:
            shutil.rmtree(lock.parent, ignore_errors=True)


async def _make_template(servers: Servers) -> None:
    connection = await asyncpg.connect(servers.database("postgres"))
    try:
        await connection.execute(f"CREATE DATABASE {TEMPLATE}")
    finally:
        await connection.close()
    await upgrade(servers.database(TEMPLATE), SECRET_KEY)


async def copy_template(servers: Servers, name: str) -> None:
    """Copying files takes half the time of the default strategy, which writes everything to the log."""
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
