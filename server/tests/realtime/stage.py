"""A server with open sockets, and browsers that remember where they were."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

import orjson
import uvicorn
from fastapi import FastAPI
from httpx import AsyncClient
from typing_extensions import override
from websockets.asyncio.client import ClientConnection, connect

from pytake.entrypoints.frames import FrameProtocol
from pytake.identity.presence import Presence
from pytake.realtime.hub import Hub
from pytake.realtime.rooms import Pace
from pytake.runtime import Runtime
from tests.factories import Somebody, until_readable

QUICK = Pace(poll=0.05, soonest=0.005)
"""Looks into the journal by itself, often."""

PATIENT = Pace(poll=3600.0)
"""Hears of news by the bell or not at all."""


class Server(uvicorn.Server):
    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, log_config=None, ws=FrameProtocol))
        self.ready = asyncio.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


@dataclass(frozen=True, slots=True)
class Live:
    """A running server: its address, and tickets for its sockets."""

    runtime: Runtime
    address: str

    async def ticket(self, user: Somebody) -> dict[str, Any]:
        async with AsyncClient(base_url=f"http://{self.address}") as client:
            answer = await client.post("/api/v1/realtime/ticket", headers=user.headers)
        assert answer.status_code == 200, answer.text
        issued: dict[str, Any] = answer.json()
        return issued

    async def browser(self, user: Somebody, after: str | None = None) -> "Browser":
        """A browser that knows everything up to `after`, or up to now."""
        if after is None:
            await until_readable(self.runtime, user.organization_id)
        issued = await self.ticket(user)
        return await Browser.open(self.address, issued["ticket"], after or issued["cursor"])

    async def tell(self, organization_id: UUID, *numbers: int) -> None:
        """A fact for each number, each in a transaction of its own."""
        for number in numbers:
            async with self.runtime.work(organization_id) as work:
                work.publish("conversation.updated", {"number": number})


@asynccontextmanager
async def serving(app: FastAPI, runtime: Runtime, pace: Pace = QUICK) -> AsyncIterator[Live]:
    app.state.hub = Hub(runtime, pace)
    app.state.presence = Presence(runtime, app.state.hub.guests)
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(app)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    try:
        yield Live(runtime, f"127.0.0.1:{listener.getsockname()[1]}")
    finally:
        server.should_exit = True
        await task
        listener.close()


@dataclass(slots=True)
class Browser:
    socket: ClientConnection
    cursor: str
    frames: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    async def open(cls, address: str, ticket: str, after: str | None, **headers: str) -> Self:
        query = f"ticket={ticket}" + (f"&after={after}" if after else "")
        socket = await connect(
            f"ws://{address}/ws?{query}", additional_headers=headers, proxy=None, max_queue=None
        )
        return cls(socket, after or "")

    async def next(self) -> dict[str, Any]:
        """The next frame, whichever it is."""
        frame: dict[str, Any] = orjson.loads(await self.socket.recv())
        self.frames.append(frame)
        self.cursor = frame.get("cursor", self.cursor)
        return frame

    async def events(self, count: int) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = []
        while len(seen) < count:
            frame = await self.next()
            if frame["type"] == "event":
                seen.append(frame["event"])
        return seen

    async def numbers(self, count: int) -> list[int]:
        return [event["payload"]["number"] for event in await self.events(count)]

    async def close_code(self) -> int | None:
        """Read on until the server has closed."""
        with contextlib.suppress(Exception):
            while True:
                await self.next()
        await self.socket.wait_closed()
        return self.socket.close_code

    async def leave(self) -> None:
        await self.socket.close()


async def cursors(runtime: Runtime, organization_id: UUID) -> Sequence[str]:
    """Of every event of the organization, in order."""
    async with runtime.work(organization_id) as work:
        rows = await work.fetch(
            "SELECT transaction_id, sequence FROM events ORDER BY transaction_id, sequence"
        )
    return [f"{row['transaction_id']}-{row['sequence']}" for row in rows]
