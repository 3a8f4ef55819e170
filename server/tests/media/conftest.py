"""A bakery with a number, somebody at its desk, and a customer with a phone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from pytake.identity.types import Role
from pytake.settings import Settings
from simulator.testing import Customer, RunningSimulator
from tests.factories.people import a_user, bearer
from tests.pipeline.office import Office, Tenant, an_office

MARIA = "5511900000011"


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    async with RunningSimulator() as running:
        yield running


@dataclass(slots=True)
class Desk:
    office: Office
    tenant: Tenant
    maria: Customer
    client: httpx.AsyncClient
    headers: dict[str, str]

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers={**self.headers, **headers})

    async def post(self, path: str, **options: Any) -> httpx.Response:
        return await self.client.post(path, headers=self.headers, **options)

    async def headers_of(self, role: Role) -> dict[str, str]:
        runtime, organization_id = self.office.runtime, self.tenant.organization_id
        user_id, _ = await a_user(runtime, organization_id, role=role)
        return await bearer(runtime, organization_id, user_id)

    async def conversation(self) -> UUID:
        found: UUID = await self.office.owner.fetchval("SELECT id FROM conversations LIMIT 1")
        return found

    async def messages(self) -> list[dict[str, Any]]:
        answer = await self.get(f"/api/v1/conversations/{await self.conversation()}/messages")
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def links(self, *message_ids: str) -> list[dict[str, Any]]:
        answer = await self.client.get(
            f"/api/v1/conversations/{await self.conversation()}/media-links",
            params={"message_id": list(message_ids)},
            headers=self.headers,
        )
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def until_stored(self, count: int = 1) -> None:
        await self.office.until("SELECT count(*) = $1 FROM attachments WHERE state = 'stored'", count)

    async def until_failed(self) -> None:
        await self.office.until("SELECT count(*) = 1 FROM attachments WHERE state = 'failed'")


@pytest.fixture
async def office(settings: Settings, owner_url: str, sim: RunningSimulator) -> AsyncIterator[Office]:
    settings.meta_graph_url = sim.graph_url
    async with an_office(settings, owner_url, sim) as standing:
        yield standing


MakeDesk = Callable[[Tenant], Awaitable[Desk]]


@pytest.fixture
async def make_desk(office: Office, sim: RunningSimulator) -> AsyncIterator[MakeDesk]:
    async with office.client() as client:

        async def make(tenant: Tenant) -> Desk:
            maria = sim.customer(MARIA, "Maria Andrade")
            desk = Desk(office, tenant, maria, client, {})
            desk.headers = await desk.headers_of(Role.AGENT)
            return desk

        yield make


@pytest.fixture
async def desk(office: Office, make_desk: MakeDesk) -> Desk:
    return await make_desk(await office.tenant(flow=None))


async def uploaded(desk: Desk, content: bytes, mime_type: str, **query: Any) -> Any:
    headers = {**desk.headers, "content-type": mime_type}
    return await desk.client.post("/api/v1/media", params=query, content=content, headers=headers)


async def written(desk: Desk, kind: str, **content: Any) -> Any:
    body = {"type": kind, "content": content}
    return await desk.post(f"/api/v1/conversations/{await desk.conversation()}/messages", json=body)


@pytest.fixture
async def talk(desk: Desk) -> Desk:
    await desk.maria.says("oi")
    await desk.office.until("SELECT count(*) = 1 FROM messages")
    return desk
