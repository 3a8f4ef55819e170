from collections.abc import AsyncIterator

import pytest

from pytake.settings import Settings
from simulator.testing import RunningSimulator, fast_config
from tests.pipeline.echo import ECHO
from tests.pipeline.office import Office, Tenant, an_office


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    async with RunningSimulator() as running:
        yield running


@pytest.fixture
async def office(settings: Settings, owner_url: str, sim: RunningSimulator) -> AsyncIterator[Office]:
    settings.meta_graph_url = sim.graph_url
    async with an_office(settings, owner_url, sim) as standing:
        yield standing


@pytest.fixture
async def told_office(settings: Settings, owner_url: str) -> AsyncIterator[Office]:
    """WhatsApp takes every message and says nothing of it: for tests that tell everything themselves."""
    async with RunningSimulator(fast_config(unknown_recipients="create", log_bodies=False)) as sim:
        settings.meta_graph_url = sim.graph_url
        async with an_office(settings, owner_url, sim, sweeping=False) as standing:
            yield standing


@pytest.fixture
async def tenant(office: Office) -> Tenant:
    """Whose only flow says what it hears; a file with another one in mind has a tenant of its own."""
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, ECHO)
    return tenant
