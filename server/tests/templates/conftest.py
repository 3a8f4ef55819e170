from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from pytake.identity.types import Role
from pytake.runtime import Runtime
from pytake.settings import Settings
from pytake.whatsapp import service as whatsapp
from pytake.whatsapp.templates import tasks
from simulator.templates import Template
from simulator.testing import (
    ACCESS_TOKEN,
    APP_SECRET,
    DISPLAY_PHONE_NUMBER,
    PHONE_NUMBER_ID,
    VERIFY_TOKEN,
    WABA_ID,
    RunningSimulator,
    fast_config,
)
from tests.factories import Somebody, somebody
from tests.templates.corpus import listed

Json = dict[str, Any]

TEMPLATES = "/api/v1/templates"
CONTENT: Json = {
    "body_text": "Olá {{1}}, sua consulta é às {{2}} de amanhã.",
    "variables": [
        {"place": "body", "name": "1", "example": "Maria"},
        {"place": "body", "name": "2", "example": "9h"},
    ],
}


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    """Meta, which decides about templates only when it is told to."""
    async with RunningSimulator(fast_config(template_review="by_hand")) as running:
        await running.register(callback_url=None)
        yield running


@pytest.fixture
def settings(settings: Settings, sim: RunningSimulator) -> Settings:
    settings.meta_graph_url = sim.graph_url
    return settings


@dataclass
class Office:
    """An administrator, a number, and the API."""

    runtime: Runtime
    client: AsyncClient
    sim: RunningSimulator
    boss: Somebody
    number_id: UUID

    @property
    def organization_id(self) -> UUID:
        return self.boss.organization_id

    def remote(self, name: str) -> Template:
        found = self.sim.simulator.world.templates.find(WABA_ID, name, "pt_BR")
        assert found is not None
        return found

    def give_meta(self, *names: str) -> None:
        """Have the simulator hold templates of the corpus."""
        for name in names:
            said = {k: v for k, v in listed()[name].items() if k in Template.__dataclass_fields__}
            self.sim.simulator.world.keep_template(Template(waba_id=WABA_ID, **said))

    async def ask(self, method: str, path: str = "", expects: int = 200, **request: Any) -> Any:
        answer = await self.client.request(
            method, f"{TEMPLATES}{path}", headers=dict(self.boss.headers), **request
        )
        assert answer.status_code == expects, answer.text
        return answer.json() if answer.content else None

    async def draft(self, name: str = "lembrete", **fields: Any) -> Any:
        body = {
            "whatsapp_number_id": str(self.number_id),
            "name": name,
            "category": "UTILITY",
            "content": CONTENT,
        }
        return await self.ask("POST", expects=201, json=body | fields)

    async def submitted(self, name: str = "lembrete", **fields: Any) -> Any:
        draft = await self.draft(name, **fields)
        await self.ask("POST", f"/{draft['id']}/submit", expects=202)
        await self.work_off()
        return await self.read(draft)

    async def synced(self) -> Any:
        await self.ask("POST", "/sync", expects=202, json={})
        await self.work_off()
        return {each["name"]: each for each in (await self.ask("GET"))["items"]}

    async def read(self, template: Any) -> Any:
        return await self.ask("GET", f"/{template['id']}")

    async def history(self, template: Any) -> list[tuple[str, str | None]]:
        items = (await self.ask("GET", f"/{template['id']}/history"))["items"]
        return [(each["kind"], each["value"]) for each in reversed(items)]

    async def work_off(self) -> None:
        await tasks.keep_in_step(self.runtime, self.organization_id)

    async def make_due(self) -> None:
        """Let the time pass that a second try waits for."""
        async with self.runtime.work(self.organization_id) as work:
            await work.execute(
                "UPDATE whatsapp_templates SET call_not_before = now() WHERE call_state IS NOT NULL"
            )
            await work.execute("UPDATE whatsapp_template_syncs SET not_before = now() + interval '1 day'")
        await self.work_off()


@pytest.fixture
async def office(client: AsyncClient, runtime: Runtime, sim: RunningSimulator) -> Office:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    async with runtime.work(boss.organization_id) as work:
        secrets = runtime.ports.secrets
        channel_id, _ = await whatsapp.open_channel(
            work, secrets, name="app", app_secret=APP_SECRET, verify_token=VERIFY_TOKEN
        )
        number_id = await whatsapp.connect_number(
            work,
            secrets,
            channel_id=channel_id,
            phone_number_id=PHONE_NUMBER_ID,
            phone_number=DISPLAY_PHONE_NUMBER,
            display_name="Padaria Aurora",
            business_account_id=WABA_ID,
            access_token=ACCESS_TOKEN,
        )
    return Office(runtime, client, sim, boss, number_id)
