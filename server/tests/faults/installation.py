"""A whole PyTake of real processes, on stores of its own, with the simulator as Meta and a keeper.

async with an_installation(folder, seed) as it:
    tenant = await open_tenant(it, flows.echo())
    await it.part("redis").kill()
"""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.entrypoints.migrations import upgrade
from pytake.settings import Settings
from tests.faults.engines import Stores, url_through
from tests.faults.journal import Journal
from tests.faults.meta import Meta
from tests.faults.oracle import Oracle
from tests.faults.parts import Keeper, Part
from tests.faults.processes import Folder, settings_of
from tests.faults.proxy import Proxy
from tests.ports import spare_ports
from tests.runtimes import NoJobs
from tests.servers import SECRET_KEY

PROXIED = ("redis", "mongodb")
"""Stores that processes reach through a proxy, unless told otherwise. PostgreSQL speaks too much for one."""

THE_BEGINNING = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Shape:
    workers: int = 2
    webs: int = 2
    proxied: Collection[str] = PROXIED


@dataclass
class Installation:
    folder: Path
    seed: int
    shape: Shape
    stores: Stores
    parts: dict[str, Part]
    keeper: Keeper
    balancer: Proxy
    """The one address before all web processes."""
    proxies: dict[str, Proxy]
    """By the store they stand before."""
    meta: Meta
    journal: Journal
    oracle: Oracle
    runtime: BuiltRuntime
    """Of the test: straight to the stores, past the proxies."""
    web_ports: Sequence[int]
    no_worker_at: datetime = field(default=THE_BEGINNING)
    """When no worker lived at all, for the last time: what was claimed before is nobody's any more."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.balancer.port}"

    @property
    def owner(self) -> "Owner":
        return Owner(self.stores.url("postgresql"))

    def part(self, name: str) -> Part:
        """`postgresql`, `redis`, `mongodb`, `simulator`, `api-1`, `api-2`, `worker-1`, …, `beat`."""
        return self.parts[name]

    @property
    def workers(self) -> list[Part]:
        return [part for name, part in self.parts.items() if name.startswith("worker-")]

    @property
    def webs(self) -> list[Part]:
        return [part for name, part in self.parts.items() if name.startswith("api-")]

    @property
    def ours(self) -> list[Part]:
        """PyTake's own processes."""
        return [*self.webs, *self.workers, self.parts["beat"]]

    async def kill_workers(self) -> None:
        """All of them, at one instant."""
        await asyncio.gather(*(part.kill() for part in self.workers))
        self.no_worker_at = datetime.fromtimestamp(time.time(), UTC)

    async def kill_webs(self) -> None:
        await asyncio.gather(*(part.kill() for part in self.webs))

    async def until_ready(self, parts: Sequence[Part] | None = None) -> None:
        """Until these (or all) stand, by the keeper's work."""
        await asyncio.gather(*(part.until_ready() for part in parts or list(self.parts.values())))

    async def heal(self) -> None:
        """Everything as it should be: no fault in the simulator, no proxy that misbehaves, every part up."""
        await self.meta.clear_faults()
        for proxy in (self.balancer, *self.proxies.values()):
            proxy.behave()
            await proxy.open()
        for part in self.parts.values():
            part.thaw()
            if not part.is_wanted:
                await part.start()
        await self.until_ready()


class Owner:
    """The database as its owner, by a new connection each time: the server may have been killed meanwhile."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self._url)
        try:
            rows: list[asyncpg.Record] = await connection.fetch(statement, *arguments)
            return rows
        finally:
            await connection.close()

    async def value(self, statement: str, *arguments: Any) -> Any:
        rows = await self.fetch(statement, *arguments)
        return rows[0][0]

    async def execute(self, statement: str, *arguments: Any) -> None:
        await self.fetch(statement, *arguments)


@asynccontextmanager
async def an_installation(folder: Path, seed: int, shape: Shape | None = None) -> AsyncIterator[Installation]:
    """Started, migrated and ready. `folder` must be on a real disk when durability matters."""
    async with AsyncExitStack() as stack:
        yield await _Builder(folder, seed, shape or Shape(), stack).build()


class _Builder:
    def __init__(self, folder: Path, seed: int, shape: Shape, stack: AsyncExitStack) -> None:
        self.folder = folder
        self.seed = seed
        self.shape = shape
        self.stack = stack
        self.keeper = Keeper([])

    async def build(self) -> Installation:
        stores = Stores(self.folder)
        self.stack.callback(stores.release)
        self.stack.push_async_callback(self._stop_all)
        meta_port, *web_ports = spare_ports(1 + self.shape.webs)
        processes = Folder(self.folder)
        self.stack.callback(processes.close)
        simulator = processes.simulator(meta_port, self.seed)
        await self._start([*stores.parts, simulator])
        stores.remember()
        balancer = await self._proxy(*(("127.0.0.1", port) for port in web_ports))
        proxies = {name: await self._proxy(stores.socket(name)) for name in self.shape.proxied}
        meta = await self.stack.enter_async_context(Meta(f"http://127.0.0.1:{meta_port}"))
        direct = {name: stores.url(name) for name in stores.engines}
        await upgrade(direct["postgresql"], SECRET_KEY)
        through = direct | {name: url_through(name, proxy.port) for name, proxy in proxies.items()}
        public = f"http://127.0.0.1:{balancer.port}"
        told = settings_of(through, meta.graph_url, public, self.folder)
        processes.tell(told)
        await self._start(self._own(processes, web_ports, stores.site.sockets))
        journal, oracle = await self._watch()
        runtime = await self._runtime(told | settings_of(direct, meta.graph_url, public, self.folder))
        self.keeper.begin()
        parts = {part.name: part for part in self.keeper.parts}
        return Installation(
            self.folder,
            self.seed,
            self.shape,
            stores,
            parts,
            self.keeper,
            balancer,
            proxies,
            meta,
            journal,
            oracle,
            runtime,
            web_ports,
        )

    def _own(self, processes: Folder, web_ports: Sequence[int], sockets: Path) -> list[Part]:
        webs = [processes.api(number, port) for number, port in enumerate(web_ports, start=1)]
        workers = [processes.worker(number, sockets) for number in range(1, self.shape.workers + 1)]
        return [*webs, *workers, processes.beat(sockets)]

    async def _start(self, parts: Sequence[Part]) -> None:
        self.keeper.parts += parts
        await asyncio.gather(*(part.start() for part in parts))

    async def _proxy(self, *targets: tuple[str, int] | str) -> Proxy:
        proxy = Proxy(*targets)
        await proxy.open()
        self.stack.push_async_callback(proxy.close)
        return proxy

    async def _watch(self) -> tuple[Journal, Oracle]:
        journal, oracle = Journal(self.folder / "simulator" / "log.jsonl"), Oracle()
        journal.listeners.append(oracle.hear)
        journal.begin()
        self.stack.push_async_callback(journal.end)
        return journal, oracle

    async def _runtime(self, told: dict[str, str]) -> BuiltRuntime:
        runtime = await build_runtime(Settings.model_validate(told), "tests", NoJobs())
        self.stack.push_async_callback(close_runtime, runtime)
        return runtime

    async def _stop_all(self) -> None:
        """PostgreSQL in its own way, so that it takes its shared memory along; the others have nothing."""
        await self.keeper.end()
        for part in self.keeper.parts:
            part.thaw()
        await asyncio.gather(
            *(part.kill(for_good=True) for part in self.keeper.parts if part.name != "postgresql")
        )
        postgres = self.keeper.parts[0]
        if postgres.child.running:
            await postgres.stop(signal.SIGINT)
