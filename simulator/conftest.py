from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from simulator.testing import RunningSimulator
from tests.business import Business, Graph


@pytest.fixture
async def business() -> AsyncIterator[Business]:
    business = Business()
    app = web.Application()
    app.router.add_get("/webhook", business.verify)
    app.router.add_post("/webhook", business.receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    business.url = f"http://{host}:{port}/webhook"
    yield business
    await runner.cleanup()


@pytest.fixture
async def sim(business: Business) -> AsyncIterator[RunningSimulator]:
    async with RunningSimulator() as simulator:
        await simulator.register(callback_url=business.url)
        yield simulator


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def graph(sim: RunningSimulator, session: aiohttp.ClientSession) -> Graph:
    return Graph(session, sim.graph_url)
