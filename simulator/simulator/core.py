"""The simulator as one object: the world, and what businesses and customers can do in it."""

import asyncio
from collections.abc import Coroutine

import aiohttp

from simulator.config import Config
from simulator.customers import Customers
from simulator.identities import Identities
from simulator.registration import Registration
from simulator.reviewing import Reviewing
from simulator.sending import Sending
from simulator.statuses import Statuses
from simulator.world import build_world


class Simulator:
    def __init__(self, config: Config) -> None:
        self.world = build_world(config)
        self.statuses = Statuses(self.world)
        self.sending = Sending(self.world, self.statuses)
        self.customers = Customers(self.world, self.statuses)
        self.identities = Identities(self.world)
        self.reviewing = Reviewing(self.world)
        self.registration = Registration(self.world, self._open_session)
        self.world.postman.on_heard = self.customers.was_heard
        self.closing = asyncio.Event()
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        for app in self.registration.from_config():
            self._in_background(self.registration.verify_later(app))
        self.world.postman.start(self._session)
        self.statuses.resume()
        if self.world.storage.remembers:
            self._in_background(self.world.storage.keep_writing())

    async def stop(self) -> None:
        """End what waits, keep what must be kept."""
        self.closing.set()
        self.statuses.stop()
        self.reviewing.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.world.postman.stop()
        if self._session is not None:
            await self._session.close()
        await self.world.storage.close()
        self.world.journal.close()

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("The simulator has not started.")
        return self._session

    def _in_background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
