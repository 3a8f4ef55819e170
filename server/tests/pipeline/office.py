"""A whole PyTake inside a test: real stores, a real webhook address, the simulator as Meta, a crew."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import orjson
import uvicorn
from fastapi import FastAPI

import pytake.entrypoints.tasks  # noqa: F401 - fills the registry of handlers
from pytake.chatbots.service import publish
from pytake.engine.flow_file import read_flow_file
from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.entrypoints.crew import Crew
from pytake.entrypoints.short_way import Config
from pytake.kit.ids import new_id
from pytake.settings import Settings
from pytake.whatsapp import service as whatsapp
from simulator.testing import (
    ACCESS_TOKEN,
    APP_SECRET,
    DISPLAY_PHONE_NUMBER,
    PHONE_NUMBER_ID,
    VERIFY_TOKEN,
    RunningSimulator,
)

FLOWS = Path(__file__).parent / "flows"


@dataclass(slots=True)
class Tenant:
    """An organization with one connected number."""

    organization_id: UUID
    number_id: UUID
    channel_id: UUID
    path: str
    """Of its webhook."""
    phone_number_id: str


@dataclass(slots=True)
class Office:
    runtime: BuiltRuntime
    crew: Crew
    settings: Settings
    sim: RunningSimulator
    owner: asyncpg.Connection
    """Sees every organization."""
    app: FastAPI
    base_url: str = ""
    crews: list[Crew] = field(default_factory=list)

    async def tenant(
        self,
        slug: str = "padaria-aurora",
        *,
        phone_number_id: str = PHONE_NUMBER_ID,
        flow: str | None = "greeting",
        register: bool = True,
    ) -> Tenant:
        """Make an organization whose number is connected, with a bot that has a published flow."""
        organization_id = new_id()
        async with self.runtime.work(organization_id) as work:
            await work.execute(
                "INSERT INTO organizations (id, name, slug) VALUES ($1, $2, $3)",
                organization_id,
                "Padaria Aurora",
                slug,
            )
            channel_id, key = await whatsapp.open_channel(
                work, self.runtime.ports.secrets, name="app", app_secret=APP_SECRET, verify_token=VERIFY_TOKEN
            )
            number_id = await whatsapp.connect_number(
                work,
                self.runtime.ports.secrets,
                channel_id=channel_id,
                phone_number_id=phone_number_id,
                phone_number=DISPLAY_PHONE_NUMBER,
                display_name="Padaria Aurora",
                business_account_id="310277445566100",
                access_token=ACCESS_TOKEN,
            )
        tenant = Tenant(organization_id, number_id, channel_id, f"/webhooks/whatsapp/{key}", phone_number_id)
        if flow:
            await self.publish(tenant, flow)
        if register:
            await self.sim.register(
                callback_url=self.base_url + tenant.path,
                phone_number_id=phone_number_id,
                app_id=f"app-{slug}",
            )
        return tenant

    async def publish(self, tenant: Tenant, flow: str | dict[str, Any]) -> UUID:
        file = read_flow_file((FLOWS / f"{flow}.json").read_bytes() if isinstance(flow, str) else flow)
        async with self.runtime.work(tenant.organization_id) as work:
            bot = await publish.create_bot(work, "Aurora")
            flow_id = await publish.import_flow(work, bot, file)
            await publish.publish(work, flow_id)
        return flow_id

    async def deliver(
        self, tenant: Tenant, body: bytes | dict[str, Any], *, secret: str = APP_SECRET
    ) -> httpx.Response:
        """Post a delivery as Meta does."""
        raw = body if isinstance(body, bytes) else orjson.dumps(body)
        signature = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        async with self.client() as client:
            return await client.post(
                tenant.path,
                content=raw,
                headers={"content-type": "application/json", "x-hub-signature-256": signature},
            )

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://pytake.test")

    async def settled(self, patience: float = 20.0) -> None:
        """Until nothing is pending: no delivery to apply, nothing to send that is due."""
        async with asyncio.timeout(patience):
            while await self.count(
                "SELECT (SELECT count(*) FROM inbound_events WHERE status = 'pending')"
                " + (SELECT count(*) FROM outbox WHERE state = 'sending' OR not_before <= now())"
            ):
                await asyncio.sleep(0.01)

    async def rows(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in await self.owner.fetch(statement, *arguments)]

    async def count(self, statement: str, *arguments: Any) -> int:
        value: int = await self.owner.fetchval(statement, *arguments)
        return value

    async def until(self, statement: str, *arguments: Any, patience: float = 20.0) -> None:
        """Until the statement answers true."""
        async with asyncio.timeout(patience):
            while not await self.owner.fetchval(statement, *arguments):
                await asyncio.sleep(0.01)

    async def texts(self, direction: str) -> list[str]:
        rows = await self.rows(
            "SELECT content FROM messages WHERE direction = $1 ORDER BY created_at, id", direction
        )
        return [json.loads(row["content"]).get("text") for row in rows]


@asynccontextmanager
async def an_office(
    settings: Settings, owner_url: str, sim: RunningSimulator, *, sweeping: bool = True
) -> AsyncIterator[Office]:
    crew = Crew()
    runtime = await build_runtime(settings, "test", jobs=crew)
    crew.runtime = runtime
    owner = await asyncpg.connect(owner_url)
    app = create_app(runtime, settings)
    config = Config(app, app.state.webhook, log_config=None, lifespan="on", ws="websockets-sansio")
    try:
        async with served(config) as served_at:
            host, port = served_at.address
            office = Office(runtime, crew, settings, sim, owner, app, f"http://{host}:{port}")
            if sweeping:
                crew.start()
            try:
                yield office
            finally:
                await crew.stop(1)
    finally:
        await owner.close()
        await close_runtime(runtime)


@dataclass(frozen=True, slots=True)
class Served:
    server: uvicorn.Server
    address: tuple[str, int]


@asynccontextmanager
async def served(config: uvicorn.Config) -> AsyncIterator[Served]:
    """An application behind a socket, in this process."""
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            await asyncio.sleep(0.01)
        yield Served(server, listener.getsockname())
    finally:
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await serving
        listener.close()
