"""Calls of the API are remembered in MongoDB, without secrets and without anybody waiting for it."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from prometheus_client import REGISTRY
from starlette.requests import Request
from typing_extensions import override

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.http.request_log import COLLECTION, RequestLog
from pytake.http.request_records import BODY_SHOWN, Seen
from pytake.identity.types import Role
from pytake.kit.origin import Origin
from pytake.ports.documents import DocumentsAway
from tests.factories import PASSWORD, Somebody, somebody

CANARY = "c4n4ry-7f3a"


@pytest.fixture
def log(app: FastAPI) -> RequestLog:
    requests: RequestLog = app.state.requests
    return requests


@pytest.fixture
async def ana(runtime: BuiltRuntime) -> Somebody:
    return await somebody(runtime)


@pytest.fixture
async def doors(app: FastAPI, client: AsyncClient) -> AsyncClient:
    async def link(token: str, request: Request) -> int:
        return len(token) + len(await request.body())

    async def breaking() -> None:
        raise RuntimeError(f"broke with {CANARY}")

    app.add_api_route("/api/v1/tests/links/{token}", link, methods=["GET", "PUT"])
    app.add_api_route("/api/v1/tests/breaking", breaking)
    client.event_hooks = {}
    return client


async def remembered(runtime: BuiltRuntime, log: RequestLog) -> list[dict[str, Any]]:
    await log.flush()
    found = runtime.documents.database[COLLECTION].find({}).sort("created_at", 1)
    return [document async for document in found]


async def test_a_call_is_remembered_as_the_specification_says(
    client: AsyncClient, runtime: BuiltRuntime, log: RequestLog, ana: Somebody
) -> None:
    asked = {**ana.headers, "user-agent": "Firefox/99", "x-request-id": "request-0001"}
    await client.get("/api/v1/conversations", params={"limit": "2"}, headers=asked)

    (document,) = await remembered(runtime, log)

    assert isinstance(document.pop("_id"), UUID)
    assert document.pop("created_at").tzinfo is not None
    assert 0 <= document.pop("response_time_ms") < 10_000
    assert document.pop("headers").keys() >= {"accept", "host"}
    assert document == {
        "organization_id": ana.organization_id,
        "user_id": ana.id,
        "api_key_id": None,
        "method": "GET",
        "path": "/api/v1/conversations",
        "query_params": {"limit": "2"},
        "body": None,
        "status_code": 200,
        "ip_address": "127.0.0.1",
        "user_agent": "Firefox/99",
        "success": True,
        "error_message": None,
        "request_id": "request-0001",
    }


async def test_a_machine_is_told_by_its_key_and_the_key_by_nothing(
    client: AsyncClient, runtime: BuiltRuntime, log: RequestLog
) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    body = {"name": "ERP", "scopes": ["conversations.read"]}
    made = (await client.post("/api/v1/api-keys", json=body, headers=boss.headers)).json()
    asked = {"authorization": f"Bearer {made['key']}", "user-agent": f"ERP {made['key']}"}
    await client.get("/api/v1/conversations", params={"cursor": made["key"]}, headers=asked)

    found = await remembered(runtime, log)
    assert [(each["user_id"], each["api_key_id"]) for each in found] == [
        (boss.id, None),
        (None, UUID(made["id"])),
    ]
    assert {each["organization_id"] for each in found} == {boss.organization_id}
    assert made["key"] not in str(found)


async def test_a_super_administrator_s_calls_stay_their_own_organization_s(
    client: AsyncClient, runtime: BuiltRuntime, log: RequestLog, ana: Somebody
) -> None:
    root = await somebody(runtime, role=Role.SUPER_ADMIN)
    path = f"/api/v1/platform/organizations/{ana.organization_id}"
    assert (await client.get(path, headers=root.headers)).status_code == 200

    (document,) = await remembered(runtime, log)
    assert (document["organization_id"], document["user_id"]) == (root.organization_id, root.id)


async def test_only_calls_of_the_api_are(
    client: AsyncClient, runtime: BuiltRuntime, log: RequestLog, ana: Somebody
) -> None:
    await client.post("/webhooks/whatsapp/any", content=b"{}")
    for path in ("/livez", "/metrics", "/readyz", "/", "/assets/app.js", "/ws"):
        await client.get(path)
    await client.get("/api/v1/auth/me", headers=ana.headers)
    await client.get("/api/v1/nowhere")

    paths = [document["path"] for document in await remembered(runtime, log)]
    assert paths == ["/api/v1/auth/me", "/api/v1/nowhere"]


async def test_no_secret_is(
    doors: AsyncClient, runtime: BuiltRuntime, log: RequestLog, ana: Somebody
) -> None:
    body = {
        "email": ana.email,
        "password": CANARY,
        "deep": [{"accessToken": CANARY, "app_secret": {"a": CANARY}}],
        "note": f"see https://ana:{CANARY}@erp.example and Bearer {CANARY}",
        "code": CANARY,
    }
    await doors.post("/api/v1/auth/login", json=body)
    await doors.put(
        "/api/v1/tests/links/a",
        params={"token": CANARY, "ticket": CANARY, "code": CANARY, "state": CANARY, "page": "2"},
        headers={
            "authorization": f"Bearer {CANARY}",
            "cookie": f"__Host-refresh={CANARY}",
            "x-api-key": CANARY,
            "x-hub-signature-256": CANARY,
            "x-anything": CANARY,
            "user-agent": f"curl token={CANARY}",
        },
        json=[[{"api_key": CANARY}]],
    )
    await doors.get("/api/v1/tests/breaking")
    await doors.put(
        "/api/v1/tests/links/a", content=f"password={CANARY}", headers={"content-type": "text/plain"}
    )

    found = await remembered(runtime, log)
    assert len(found) == 4
    assert CANARY not in str(found)
    assert found[0]["body"]["email"] == ana.email
    assert found[1]["query_params"]["page"] == "2"
    assert (found[2]["status_code"], found[2]["error_message"]) == (
        500,
        "internal_error: Something went wrong on our side.",
    )
    assert found[3]["body"] == {"omitted": f"{9 + len(CANARY)} bytes of text/plain"}


async def test_of_a_body_nested_too_deeply_only_that_is(
    doors: AsyncClient, runtime: BuiltRuntime, log: RequestLog
) -> None:
    for levels in (90, 101, 600):
        await doors.put("/api/v1/tests/links/a", content=b"[" * levels + b"]" * levels)

    last, first, deep = [document["body"] for document in await remembered(runtime, log)]
    assert last == orjson.loads(b"[" * 90 + b"]" * 90)
    assert first == deep == {"omitted": "nested too deeply"}


async def test_of_a_large_body_only_its_size_is(
    doors: AsyncClient, runtime: BuiltRuntime, log: RequestLog
) -> None:
    await doors.put("/api/v1/tests/links/a", json=["a" * BODY_SHOWN])
    await doors.put("/api/v1/tests/links/a", json={"$where": 1, "a.b": {"": "x\0y"}, "big": 2**70})

    large, odd = await remembered(runtime, log)
    assert large["body"] == {"omitted": f"{BODY_SHOWN + 4} bytes"}
    assert odd["body"]["$where"] == 1


async def test_it_remembers_by_itself_and_at_the_end_what_is_left(
    client: AsyncClient, runtime: BuiltRuntime, log: RequestLog, ana: Somebody
) -> None:
    async with asyncio.timeout(20), log.kept():
        await client.get("/api/v1/auth/me", headers=ana.headers)
        while not await runtime.documents.database[COLLECTION].count_documents({}):
            await asyncio.sleep(0.02)
        await client.get("/api/v1/auth/me", headers=ana.headers)

    assert await runtime.documents.database[COLLECTION].count_documents({}) == 2


class Away:
    """A document store that is away until it is told to come back."""

    def __init__(self) -> None:
        self.is_away = True
        self.stored: list[Mapping[str, Any]] = []
        self.tried = asyncio.Event()

    def is_resting(self) -> bool:
        return self.is_away

    async def prepare(self) -> None: ...

    async def upsert(self, *_: Any) -> None: ...

    async def newest(self, *_: Any, **__: Any) -> list[dict[str, Any]]:
        raise DocumentsAway

    async def append(self, _: str, documents: Sequence[Mapping[str, Any]]) -> None:
        self.tried.set()
        if self.is_away:
            raise DocumentsAway
        self.stored += documents


def seen(number: int, body: bytes = b"") -> Seen:
    scope = {"method": "GET", "path": f"/api/v1/{number}", "query_string": b"", "headers": []}
    return Seen(scope, Origin("http", "GET", writes=False), 1.0, 1, 200, body, len(body), b"")


def dropped(reason: str) -> float:
    return REGISTRY.get_sample_value("pytake_request_logs_dropped_total", {"reason": reason}) or 0.0


async def test_while_mongodb_is_away_they_wait_and_what_has_no_room_is_counted() -> None:
    store = Away()
    log = RequestLog(store, most=50)
    before = dropped("full")

    async with asyncio.timeout(20), log.kept():
        for number in range(80):
            log.note(seen(number))
        await store.tried.wait()
        store.is_away = False

    assert dropped("full") - before == 30
    assert [document["path"] for document in store.stored] == [f"/api/v1/{number}" for number in range(50)]


async def test_they_are_bounded_in_bytes_too() -> None:
    store = Away()
    log = RequestLog(store, most=50, most_bytes=40_000)
    before = dropped("full")
    for number in range(10):
        log.note(seen(number, b"x" * 10_000))

    assert dropped("full") - before == 7
    store.is_away = False
    await log.flush()
    assert len(store.stored) == 3
    log.note(seen(99))
    await log.flush()
    assert len(store.stored) == 4


async def test_what_is_left_when_the_process_ends_is_counted() -> None:
    log = RequestLog(Away())
    before = dropped("stopped")

    async with log.kept():
        log.note(seen(1))

    assert dropped("stopped") - before == 1


async def test_it_ends_though_the_driver_forgets_that_it_was_cancelled() -> None:
    class Forgetful(Away):
        @override
        async def append(self, _: str, documents: Sequence[Mapping[str, Any]]) -> None:
            self.tried.set()
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            self.stored += documents

    store = Forgetful()
    log = RequestLog(store)

    async with asyncio.timeout(5) as patience, log.kept():
        log.note(seen(1))
        await store.tried.wait()

    assert not patience.expired()
    assert len(store.stored) == 1


async def test_a_record_that_the_store_refuses_ends_nothing() -> None:
    class Picky(Away):
        @override
        async def append(self, collection: str, documents: Sequence[Mapping[str, Any]]) -> None:
            if any(document["path"] == "/api/v1/0" for document in documents):
                raise ValueError("not that one")
            await super().append(collection, documents)

    store, before = Picky(), dropped("refused")
    store.is_away = False
    log = RequestLog(store)

    log.note(seen(0))
    await log.flush()
    log.note(seen(1))
    await log.flush()

    assert dropped("refused") - before == 1
    assert [document["path"] for document in store.stored] == ["/api/v1/1"]


async def test_a_call_that_cannot_be_made_a_record_is_counted_and_ends_nothing() -> None:
    store, before = Away(), dropped("refused")
    store.is_away = False
    log = RequestLog(store)

    for number in range(30):
        log.note(replace(seen(number), at=float("inf")) if number in {0, 15} else seen(number))
    await log.flush()

    assert dropped("refused") - before == 2
    assert len(store.stored) == 28


async def test_an_api_without_mongodb_answers_as_fast_and_says_what_it_dropped(
    app: FastAPI, client: AsyncClient, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing on a request's way asks for the store: an answer comes although the store never answers."""
    store = Away()
    forever = asyncio.Event()

    async def hang(*_: Any) -> None:
        await forever.wait()

    monkeypatch.setattr(store, "append", hang)
    log: RequestLog = app.state.requests
    monkeypatch.setattr(log, "_documents", store)
    monkeypatch.setattr(log, "_most", 3)
    async with asyncio.timeout(20), log.kept():
        for _ in range(5):
            assert (await client.get("/api/v1/auth/me", headers=ana.headers)).status_code == 200
        figures = (await client.get("/metrics")).text

    assert "pytake_request_logs_dropped_total" in figures
    assert PASSWORD not in figures
