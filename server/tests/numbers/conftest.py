"""An organization with nothing connected yet, its administrator, and Meta's side of two numbers."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from httpx import ASGITransport, AsyncClient

from pytake.identity.types import Role
from pytake.settings import Settings
from simulator.testing import ACCESS_TOKEN, APP_SECRET, PHONE_NUMBER_ID, WABA_ID, RunningSimulator
from tests.factories import Somebody, somebody
from tests.pipeline.office import Office, Tenant, an_office
from tests.rows_told import RowsTold

SECOND_ID = "455900112233442"
NUMBERS = "/api/v1/whatsapp-numbers"
CHANNELS = "/api/v1/channels"
ALERTS = "/api/v1/alerts"


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    async with RunningSimulator() as running:
        await running.register(callback_url=None)
        await running.register(
            callback_url=None, phone_number_id=SECOND_ID, display_phone_number="+55 11 3000-0200"
        )
        yield running


@pytest.fixture
async def office(settings: Settings, owner_url: str, sim: RunningSimulator) -> AsyncIterator[Office]:
    settings.meta_graph_url = sim.graph_url
    async with an_office(settings, owner_url, sim) as standing:
        yield standing


@dataclass(slots=True)
class Bench:
    """The API as an administrator uses it; every answer is held against the audit trail."""

    office: Office
    boss: Somebody
    client: AsyncClient

    async def ask(self, method: str, path: str, status: int, body: Any = None, who: Any = None) -> Any:
        headers = (who or self.boss).headers
        answer = await self.client.request(method, path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def channel(self, name: str = "Loja") -> Any:
        return await self.ask("POST", CHANNELS, 201, {"name": name, "app_secret": APP_SECRET})

    async def connect(self, status: int = 201, **changes: Any) -> Any:
        wanted = {
            "whatsapp_business_account_id": WABA_ID,
            "phone_number_id": PHONE_NUMBER_ID,
            "access_token": ACCESS_TOKEN,
            **changes,
        }
        if "channel_id" not in wanted:
            channels = (await self.ask("GET", CHANNELS, 200))["items"]
            wanted["channel_id"] = (channels[0] if channels else await self.channel())["id"]
        return await self.ask("POST", NUMBERS, status, wanted)

    async def tenant(self) -> Tenant:
        """The connected number as deliveries find it."""
        number = await self.connect()
        (row,) = await self.office.rows("SELECT id, channel_key FROM channels")
        return Tenant(
            self.boss.organization_id,
            uuid_of(number),
            row["id"],
            f"/webhooks/whatsapp/{row['channel_key']}",
            number["phone_number_id"],
        )

    async def standing(self, **changes: Any) -> None:
        """Change how Meta sees the number; its webhooks follow."""
        async with httpx.AsyncClient(base_url=self.office.sim.base_url) as meta:
            url = f"/_simulator/numbers/{PHONE_NUMBER_ID}/standing"
            answer = await meta.patch(url, json=changes)
            assert answer.status_code == 200, answer.text

    async def alerts(self) -> list[tuple[str, str]]:
        items = (await self.ask("GET", ALERTS, 200))["items"]
        return [(item["kind"], item["severity"]) for item in items]

    async def actions(self) -> list[str]:
        rows = await self.office.rows(
            "SELECT action FROM audit_logs WHERE organization_id = $1 ORDER BY sequence",
            self.boss.organization_id,
        )
        return [row["action"] for row in rows]


@pytest.fixture
async def bench(office: Office, owner_url: str) -> AsyncIterator[Bench]:
    boss = await somebody(office.runtime, role=Role.ORG_ADMIN)
    transport = ASGITransport(office.app, raise_app_exceptions=False)
    hooks: dict[str, list[Callable[..., Any]]] = {"response": [RowsTold(owner_url)]}
    async with AsyncClient(transport=transport, base_url="http://pytake.test", event_hooks=hooks) as client:
        yield Bench(office, boss, client)


def uuid_of(number: Any) -> UUID:
    return UUID(number["id"])
