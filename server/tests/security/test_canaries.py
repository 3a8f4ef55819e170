"""Secrets put in at every door are found nowhere but where they belong (A33)."""

import base64
import logging
import secrets
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import structlog
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from redis.asyncio import Redis

from pytake.audit.verification import verify
from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.entrypoints.logging import configure_logging
from pytake.http.request_log import RequestLog
from pytake.identity.types import Role
from pytake.kit.work import Actor
from pytake.settings import Settings
from pytake.whatsapp import service as whatsapp
from tests.factories import Somebody, somebody
from tests.runtimes import NoJobs
from tests.secrets.conftest import fill
from tests.sizes import Figure


class Canaries:
    """A secret of its own for every place, so that one that is found tells where it came from."""

    def __init__(self) -> None:
        self.by_place: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        return self.by_place.setdefault(place, f"canary{secrets.token_hex(12)}")

    def found_in(self, where: str, text: str) -> list[str]:
        return [
            f"{place} in {where}"
            for place, canary in self.by_place.items()
            if any(form in text for form in forms(canary))
        ]


def forms(canary: str) -> Iterator[str]:
    """As it is, backwards, as hex, and as base64 wherever in a longer text it begins."""
    raw = canary.encode()
    yield canary
    yield raw.hex()
    yield raw.hex().upper()
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw).decode()
        yield encoded[4 if offset else 0 : -4]


@pytest.fixture
def canary() -> Canaries:
    return Canaries()


@pytest.fixture
def logs_as_they_were() -> Iterator[None]:
    root, client = logging.getLogger(), logging.getLogger("httpx")
    handlers, level, config = list(root.handlers), root.level, structlog.get_config()
    yield
    client.disabled = False
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**config)


def log_as_in_production() -> None:
    """Called by the test itself: pytest catches the output of a fixture and of a test in two places."""
    configure_logging(Settings.model_validate({"log_format": "json", "log_level": "debug"}))
    structlog.configure(cache_logger_on_first_use=False)
    logging.getLogger("httpx").disabled = True  # the test's own client: it logs what it asks for


@pytest.fixture
async def house(settings: Settings, canary: Canaries) -> AsyncIterator[tuple[FastAPI, BuiltRuntime]]:
    """A PyTake with a key that is a canary, too."""
    chosen = {"other_secret_keys": canary("PYTAKE_OTHER_SECRET_KEYS") * 2}
    own = Settings.model_validate(settings.model_dump() | chosen)
    runtime = await build_runtime(own, "tests", NoJobs())
    app = create_app(runtime, own, runtime.probes())

    def connect() -> None:
        raise ValueError(f"cannot connect to postgresql://pytake:{canary('an address in an error')}@db/x")

    async def breaking(token: str) -> None:
        try:
            connect()
        except ValueError as error:
            raise RuntimeError(f"Authorization: Bearer {canary('a token in an error')}") from error

    async def link(token: str) -> int:
        return len(token)

    app.add_api_route("/api/v1/tests/breaking/{token}", breaking)
    app.add_api_route("/api/v1/tests/links/{token}", link)
    yield app, runtime
    await close_runtime(runtime)


async def ask(client: AsyncClient, canary: Canaries, ana: Somebody) -> list[Response]:
    """Every door a request has."""
    login, me = "/api/v1/auth/login", "/api/v1/auth/me"
    bodies: list[Any] = [
        {"email": ana.email, "password": canary("a wrong password")},
        {"email": f"{secrets.token_hex(4)}@x.example", "password": canary("a stranger's password")},
        {"email": ana.email, "password": {"a": canary("a password of the wrong kind")}},
        {"email": ana.email, "password": "x" * 300 + canary("a password that is too long")},
        {"email": ana.email, "password": "x", "client_secret": canary("a field nobody knows")},
        {"email": ana.email, "password": "x", "deep": [{"accessToken": canary("a token deep in a body")}]},
        [{"api_key": canary("a key in a list")}],
    ]
    answers = [await client.post(login, json=body) for body in bodies]
    broken = f'{{"password": "{canary("a body that is no JSON")}"'
    answers.append(await client.post(login, content=broken, headers={"content-type": "application/json"}))
    text = f"password={canary('a body that is plain text')}"
    answers.append(await client.post(login, content=text, headers={"content-type": "text/plain"}))
    headers = {
        "authorization": f"Bearer {canary('a bearer')}",
        "cookie": f"__Host-refresh={canary('a cookie')}; theme={canary('another cookie')}",
        "x-api-key": canary("a header with a key"),
        "x-hub-signature-256": canary("a signature"),
        "x-anything": canary("a header nobody knows"),
        "proxy-authorization": f"Basic {canary('a proxy password')}",
        "user-agent": f"curl token={canary('a user agent')}",
        "referer": f"https://x.example/?token={canary('a referer')}",
        "x-request-id": f"Bearer {canary('a request id')}",
    }
    answers.append(await client.get(me, headers=headers))
    answers.append(await client.get(me, headers={"authorization": f"Basic {canary('a basic password')}"}))
    names = ("token", "access_token", "ticket", "code", "state", "password", "secret", "signature", "api_key")
    query = {name: canary(f"{name} in a query") for name in names}
    answers.append(await client.get(me, params=query, headers=ana.headers))
    answers.append(await client.get("/ws", params={"ticket": canary("a socket's ticket")}))
    answers.append(await client.get(f"/api/v1/tests/links/{canary('a part of a path')}"))
    answers.append(await client.get(f"/api/v1/tests/breaking/{canary('a path that breaks')}"))
    handshake = {
        "hub.mode": "subscribe",
        "hub.verify_token": canary("a wrong verify token"),
        "hub.challenge": "1",
    }
    answers.append(await client.get("/webhooks/whatsapp/unknown", params=handshake))
    return answers


async def store(runtime: BuiltRuntime, owner_url: str, canary: Canaries, organization_id: UUID) -> None:
    """Every secret that is kept, and deeds that speak of some."""
    sealing = runtime.ports.secrets
    async with runtime.work(organization_id) as work:
        channel_id, _ = await whatsapp.open_channel(
            work,
            sealing,
            name="app",
            app_secret=canary("an app secret"),
            verify_token=canary("a verify token"),
        )
        await whatsapp.connect_number(
            work,
            sealing,
            channel_id=channel_id,
            phone_number_id="1",
            phone_number="+551130000100",
            display_name=None,
            business_account_id=None,
            access_token=canary("a number's access token"),
        )
    for each in await fill(runtime, owner_url, 1):
        canary.by_place[each.column.name] = each.plain
    async with runtime.work(organization_id, Actor("user")) as work:
        work.audit(
            "integration.updated",
            before={"api_key": canary("a key before"), "name": "ERP"},
            after={
                "credentials": {"a": [canary("a key after")]},
                "url": f"https://a:{canary('a URL')}@erp.example",
            },
            description=f"with Bearer {canary('a description')}",
            metadata={"client_secret": canary("metadata")},
        )


def log_some(canary: Canaries) -> None:
    log = structlog.get_logger("tests")
    log.info(
        "called", authorization=f"Bearer {canary('a logged header')}", app_secret=canary("a logged secret")
    )
    log.info("asked", nested={"deep": [{"apiKey": canary("a nested logged key")}]})
    asked = f"GET /ws?ticket={canary('a ticket in a logged text')}"
    log.info(asked)
    logging.getLogger("uvicorn.error").error("GET /?token=%s", canary("a library's log"))


async def everything(runtime: BuiltRuntime, owner_url: str, redis_url: str) -> AsyncIterator[tuple[str, str]]:
    """All that is stored anywhere."""
    connection = await asyncpg.connect(owner_url)
    tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for row in tables:
        name = row["tablename"]
        rows = await connection.fetch(f"SELECT t::text AS row FROM {name} t")  # noqa: S608 - the catalogue's own
        yield f"PostgreSQL, {name}", "\n".join(each["row"] for each in rows)
    await connection.close()
    async with Redis.from_url(redis_url) as client:
        async for key in client.scan_iter():
            kind = str(await client.type(key))
            read: Any = client.hgetall if "hash" in kind else client.get if "string" in kind else client.dump
            yield f"Redis, {key!r}", f"{key!r} {await read(key)!r}"
    for name in await runtime.documents.database.list_collection_names():
        found = runtime.documents.database[name].find({})
        yield f"MongoDB, {name}", "\n".join([str(document) async for document in found])


async def test_a_secret_is_found_nowhere(
    house: tuple[FastAPI, BuiltRuntime],
    canary: Canaries,
    owner_url: str,
    redis_url: str,
    logs_as_they_were: None,
    capsys: pytest.CaptureFixture[str],
    figure: Figure,
) -> None:
    log_as_in_production()
    app, runtime = house
    ana = await somebody(runtime, role=Role.ORG_ADMIN)
    requests: RequestLog = app.state.requests
    await store(runtime, owner_url, canary, ana.organization_id)
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://pytake.test") as client:
        answers = await ask(client, canary, ana)
        trail = await client.get("/api/v1/audit-logs", headers=ana.headers)
        metrics = await client.get("/metrics")
    log_some(canary)
    await requests.flush()

    found, looked_at = [], 0
    async for where, text in everything(runtime, owner_url, redis_url):
        found += canary.found_in(where, text)
        looked_at += len(text)
    for answer in (*answers, trail, metrics):
        found += canary.found_in(
            f"the answer to {answer.request.method} {answer.request.url.path}",
            f"{answer.headers} {answer.text}",
        )
    logs = capsys.readouterr()
    found += canary.found_in("a log", logs.err + logs.out)

    assert found == []
    assert "request_failed" in logs.err, "the logs were looked at"
    assert trail.json()["items"][0]["action"] == "integration.updated"
    assert (await verify(runtime)).findings == []
    assert await runtime.documents.database["api_request_logs"].count_documents({}) >= 14
    assert len(canary.by_place) >= 40
    figure(
        f"A33: {len(canary.by_place)} canaries; {looked_at} characters of PostgreSQL, Redis and MongoDB, "
        f"{len(answers) + 2} answers and {len(logs.err)} characters of logs looked at, 0 found"
    )


@pytest.mark.parametrize("hidden", ["{}", "x{}", "xx{} and more", "user:{}"])
def test_a_canary_would_be_found_in_any_form(canary: Canaries, hidden: str) -> None:
    text = hidden.format(canary("here"))

    for form in (text, text.encode().hex(), base64.b64encode(text.encode()).decode()):
        assert canary.found_in("there", f"before {form} after") == ["here in there"]
