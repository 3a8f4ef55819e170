"""PyTake's own processes, as an operator runs them, and what they use.

They are started with this Python and inherit PYTHONPATH, so the code that is measured may be another
checkout's.
"""

import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import asyncpg
import redis.asyncio

from bench.children import free_port, until
from bench.desk import LeftToSweeps
from bench.usage import Seconds, cpu_by_kind
from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.entrypoints.children import Child, inherited, stop_all
from pytake.entrypoints.supervisor.services import Notices, answers
from pytake.settings import Settings, variable

if TYPE_CHECKING:
    from bench.stand import Stand

SECRET_KEY = "a-key-for-measuring-only-a-key-for-measuring"  # noqa: S105 - of databases that live for a run
STOP_WITHIN = 30.0


@dataclass(slots=True)
class PyTake:
    stand: "Stand"
    database: str
    """Its address, as the owner of the tables."""
    runtime: BuiltRuntime
    """One in this process too, to set things up with."""
    owner: asyncpg.Connection
    """Sees every organization."""
    children: dict[str, list[Child]] = field(default_factory=dict)
    ports: list[int] = field(default_factory=list)
    """One for each API process."""
    _ready: list[tuple[Child, Callable[[], bool]]] = field(default_factory=list)
    _notices: list[Notices] = field(default_factory=list)

    @property
    def addresses(self) -> list[tuple[str, int]]:
        return [("127.0.0.1", port) for port in self.ports]

    def pids(self) -> dict[str, list[int]]:
        """By kind, the engines and the stand-in for Graph included."""
        own = {kind: [child.pid for child in children] for kind, children in self.children.items()}
        return own | self.stand.engine_pids() | {"graph": [self.stand.graph.pid]}

    def cpu(self) -> Seconds:
        return cpu_by_kind(self.pids())

    def begin(self, kind: str) -> Child:
        """Start one more process of a kind; wait for it with `until_ready`."""
        place = len(self.children.setdefault(kind, []))
        port = free_port()
        notices = Notices(self.stand.engines.site.sockets / f"{kind}.{port}.notify")
        child = Child(
            f"{kind} {place}",
            [sys.executable, "-m", "pytake.entrypoints.process", kind],
            self.stand.folder / "logs" / f"{kind}.{place}.log",
            self.stand.folder,
            self._environment(port, notices),
        )
        self.children[kind].append(child)
        self._notices.append(notices)
        if kind == "api":
            self.ports.append(port)
            self._ready.append((child, answers("127.0.0.1", port, "/readyz")))
        else:
            self._ready.append((child, notices.arrived))
        child.start()
        return child

    async def until_ready(self) -> None:
        for child, is_ready in self._ready:
            await until(is_ready, child)
        self._ready.clear()

    def stop(self) -> None:
        stop_all([child for children in self.children.values() for child in children], STOP_WITHIN)
        for notices in self._notices:
            notices.close()

    def _environment(self, port: int, notices: Notices) -> dict[str, str]:
        """Nothing of PyTake's from outside: the same settings whoever measures."""
        settings = {variable(name) for name in Settings.model_fields}
        around = {name: value for name, value in inherited().items() if name not in settings}
        return around | _told(self.stand, self.database, port) | {"NOTIFY_SOCKET": str(notices.path)}


@asynccontextmanager
async def started(stand: "Stand", database: str, counts: Mapping[str, int]) -> AsyncIterator[PyTake]:
    await _empty_the_moment(stand)
    settings = Settings.model_validate(
        {name.removeprefix("PYTAKE_").lower(): value for name, value in _told(stand, database, 8000).items()}
    )
    runtime = await build_runtime(settings, "bench", LeftToSweeps())
    pytake = PyTake(stand, database, runtime, await asyncpg.connect(database))
    try:
        for kind, count in counts.items():
            for _ in range(count):
                pytake.begin(kind)
        await pytake.until_ready()
        yield pytake
    finally:
        pytake.stop()
        await pytake.owner.close()
        await close_runtime(runtime)


def _told(stand: "Stand", database: str, port: int) -> dict[str, str]:
    urls = stand.engines.urls
    name = database.partition("?")[0].rpartition("/")[2]
    assert urls.redis_url
    assert urls.mongodb_url
    return {
        "PYTAKE_ENVIRONMENT": "production",
        "PYTAKE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTAKE_DATABASE_URL": database,
        "PYTAKE_REDIS_URL": urls.redis_url,
        "PYTAKE_MONGODB_URL": urls.mongodb_url.removesuffix("/pytake") + f"/{name}",
        "PYTAKE_SECRET_KEY": SECRET_KEY,
        "PYTAKE_META_GRAPH_URL": stand.graph.url,
        "PYTAKE_DATA_DIR": str(stand.folder),
        "PYTAKE_PORT": str(port),
        "PYTAKE_USER_REQUESTS_PER_MINUTE": "0",
        "PYTAKE_ORGANIZATION_REQUESTS_PER_MINUTE": "0",
        "PYTAKE_LOG_FORMAT": "json",
        "PYTAKE_LOG_LEVEL": "warning",
    }


async def _empty_the_moment(stand: "Stand") -> None:
    assert stand.engines.urls.redis_url
    async with redis.asyncio.Redis.from_url(stand.engines.urls.redis_url) as client:
        await client.flushall()
