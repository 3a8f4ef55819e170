"""People with browsers: they keep cookies, come from somewhere, and read their mail."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from redis.asyncio import Redis

from pytake.accounts.service import letters, outbox, passwords
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.ports.mail import Letter
from tests.factories import PASSWORD

HOME = "https://pytake.test"
REFRESH = "__Host-pytake_refresh"
DEVICE = "__Host-pytake_device"


@dataclass(slots=True)
class Browser:
    client: AsyncClient
    headers: dict[str, str] = field(default_factory=dict)
    """Of whoever signed in last."""

    async def post(self, path: str, body: dict[str, Any] | None = None, **headers: str) -> Response:
        return await self.client.post(f"/api/v1{path}", json=body, headers=self.headers | headers)

    async def get(self, path: str, **headers: str) -> Response:
        return await self.client.get(f"/api/v1{path}", headers=self.headers | headers)

    async def patch(self, path: str, body: dict[str, Any]) -> Response:
        return await self.client.patch(f"/api/v1{path}", json=body, headers=self.headers)

    async def delete(self, path: str) -> Response:
        return await self.client.delete(f"/api/v1{path}", headers=self.headers)

    async def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> Response:
        answer = await self.post("/auth/login", {"email": email, "password": password, **more})
        self._keep(answer)
        return answer

    async def refresh(self) -> Response:
        answer = await self.post("/auth/refresh")
        self._keep(answer)
        return answer

    @property
    def refresh_token(self) -> str:
        return self.client.cookies.get(REFRESH) or ""

    def carry(self, refresh_token: str) -> None:
        """Instead of its own."""
        self.client.cookies.delete(REFRESH)
        self.client.cookies.set(REFRESH, refresh_token, domain="pytake.test", path="/")

    async def is_in(self) -> bool:
        answer = await self.get("/auth/me")
        assert answer.status_code in {200, 401}, answer.text
        return answer.status_code == 200

    def _keep(self, answer: Response) -> None:
        if answer.status_code == 200:
            self.headers = {"authorization": f"Bearer {answer.json()['access_token']}"}


@asynccontextmanager
async def a_browser(app: FastAPI, address: str = "198.51.100.7", **headers: str) -> AsyncIterator[Browser]:
    transport = ASGITransport(app, raise_app_exceptions=False, client=(address, 40_000))
    told = getattr(app.state, "rows_told", None)
    hooks: dict[str, list[Callable[..., Any]]] = {"response": [told] if told else []}
    async with AsyncClient(transport=transport, base_url=HOME, headers=headers, event_hooks=hooks) as client:
        yield Browser(client)


async def mail(runtime: BuiltRuntime, *organizations: UUID) -> list[Letter]:
    """What a worker would have sent by now, the newest first."""
    await passwords.answer_resets(runtime)
    for organization_id in organizations:
        await letters.send_due(runtime, organization_id)
    return [letter for letter, _, _ in await outbox.newest(runtime)]


def token_in(letter: Letter) -> str:
    found = re.search(r"https?://\S+#(\S+)", letter.text)
    assert found is not None, letter.text
    return found[1]


async def audited(runtime: BuiltRuntime, organization_id: UUID) -> list[str]:
    async with runtime.work(organization_id) as work:
        rows = await work.fetch("SELECT action FROM audit_logs ORDER BY sequence")
    return [row["action"] for row in rows]


def code_of(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def without_redis(runtime: BuiltRuntime) -> None:
    """From now on nobody answers there."""
    await runtime.redis._redis.aclose()
    runtime.redis._redis = Redis.from_url("unix:///nowhere/redis.sock")
