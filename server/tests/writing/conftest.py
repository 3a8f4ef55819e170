"""An office whose agent has heard from a customer, and may write."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response

from pytake.identity.types import Role
from pytake.settings import Settings
from simulator.testing import Customer, RunningSimulator
from tests.factories import a_user, bearer
from tests.pipeline.office import Office, Tenant, an_office


@dataclass(slots=True)
class Desk:
    """An agent's place: one conversation with one customer."""

    office: Office
    tenant: Tenant
    client: AsyncClient
    maria: Customer
    conversation_id: UUID

    async def write(self, type_: str, content: dict[str, Any], **more: Any) -> Response:
        headers = more.pop("headers", None)
        body = {"type": type_, "content": content, **more}
        return await self.client.post(self.path, json=body, headers=headers)

    @property
    def path(self) -> str:
        return f"/api/v1/conversations/{self.conversation_id}/messages"


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
async def desk(office: Office) -> AsyncIterator[Desk]:
    tenant = await office.tenant(flow=None)
    maria = office.sim.customer("5511900000011", "Maria Andrade")
    await maria.says("Oi, vocês entregam?")
    await office.until("SELECT EXISTS (SELECT FROM messages)")
    user_id, _ = await a_user(office.runtime, tenant.organization_id, role=Role.AGENT)
    headers = await bearer(office.runtime, tenant.organization_id, user_id)
    (row,) = await office.rows("SELECT id FROM conversations")
    async with office.client() as client:
        client.headers.update(headers)
        yield Desk(office, tenant, client, maria, row["id"])
