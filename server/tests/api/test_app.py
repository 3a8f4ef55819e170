"""The application as a whole: what it says of itself, and what it refuses to be."""

from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, AsyncClient

from pytake.entrypoints import api
from pytake.entrypoints.api import create_app, openapi_document
from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.settings import Settings
from tests.runtimes import NoJobs

PROJECT = Path(__file__).resolve().parents[3]


async def test_alive_ready_and_with_figures(client: AsyncClient) -> None:
    await client.get("/api/v1/conversations/01999999-9999-7999-8999-999999999999")

    alive, ready = await client.get("/livez"), await client.get("/readyz")
    figures = (await client.get("/metrics")).text

    assert alive.json() == {"status": "alive"}
    assert (ready.status_code, ready.json()) == (
        200,
        {"status": "ready", "stores": {"postgresql": "up", "redis": "up", "mongodb": "up"}},
    )
    route = 'route="/api/v1/conversations/{conversation_id}"'
    assert f'pytake_http_request_seconds_count{{method="GET",{route},status="401"}}' in figures
    assert "01999999" not in figures
    assert "pytake_websockets 0.0" in figures


async def test_without_its_database_it_is_alive_and_not_ready(settings: Settings) -> None:
    lost = settings.model_copy(update={"database_app_url": "postgresql://nobody@127.0.0.1:1/nothing"})
    runtime = await build_runtime(lost, "tests", NoJobs())
    app = create_app(runtime, lost, runtime.probes())
    async with AsyncClient(transport=ASGITransport(app), base_url="http://pytake.test") as client:
        alive, ready = await client.get("/livez"), await client.get("/readyz")
        asked = await client.post("/api/v1/auth/login", json={"email": "a@b.example", "password": "x"})
        delivered = await client.post("/webhooks/whatsapp/any", content=b"{}")
    await close_runtime(runtime)

    assert alive.status_code == 200
    assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
    assert ready.json()["stores"]["postgresql"] == "down"
    assert (asked.status_code, asked.json()["error"]["code"]) == (503, "unavailable")
    assert asked.headers["retry-after"] == "1"
    assert delivered.status_code == 503, "and Meta comes again"


async def test_the_webhook_is_part_of_it(client: AsyncClient) -> None:
    answer = await client.post("/webhooks/whatsapp/unknown", content=b"{}")
    large = await client.post("/webhooks/whatsapp/unknown", content=b" " * 3_200_000)

    assert (answer.status_code, large.status_code) == (404, 413)
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_it_describes_itself_to_developers_only(runtime: BuiltRuntime, settings: Settings) -> None:
    developing = settings.model_copy(update={"environment": "development"})
    for chosen, status in ((developing, 200), (settings, 404)):
        app = create_app(runtime, chosen)
        async with AsyncClient(transport=ASGITransport(app), base_url="http://pytake.test") as client:
            answer = await client.get("/api/openapi.json")
            assert answer.status_code == status
            for path in ("/docs", "/redoc", "/openapi.json"):
                assert (await client.get(path)).status_code == 404


def test_its_description_is_the_same_each_time_and_names_every_operation_once() -> None:
    document: dict[str, Any] = orjson.loads(openapi_document())

    assert openapi_document() == openapi_document()
    operations = [
        operation
        for path in document["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
    ]
    names = Counter(operation["operationId"] for operation in operations)
    assert names["sign_in"] == names["list_conversations"] == names["issue_ticket"] == 1
    assert set(names.values()) == {1}
    for operation in operations:
        assert operation["responses"]["4XX"]["content"]["application/json"]["schema"]["$ref"].endswith(
            "/ErrorBody"
        )
    assert {path for path in document["paths"] if not path.startswith("/api/v1/")} == set()


def test_the_description_in_the_web_s_folder_is_current() -> None:
    assert (PROJECT / "web" / "openapi.json").read_text() == openapi_document(), "run `make client`"


async def test_it_does_not_start_with_a_route_that_nobody_guards(
    runtime: BuiltRuntime, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    router = APIRouter(prefix="/api/v1/auth")

    @router.get("/everything")
    async def everything() -> None: ...

    known = api.routes()
    monkeypatch.setattr(api, "routes", lambda: (*known, *router.routes))
    with pytest.raises(RuntimeError, match="GET /api/v1/auth/everything"):
        create_app(runtime, settings)


async def test_every_answer_of_every_route_has_its_headers(app: FastAPI, client: AsyncClient) -> None:
    for path in ("/livez", "/metrics", "/api/v1/auth/me", "/api/v1/conversations", "/nowhere", "/webhooks/x"):
        answer = await client.get(path)
        assert answer.headers["content-security-policy"].startswith("default-src 'self'"), path
        assert answer.headers["cache-control"] == "no-store", path
        assert answer.headers["x-request-id"], path
    assert app.openapi_url is None


async def test_deliveries_are_counted_by_their_route(client: AsyncClient) -> None:
    await client.post("/webhooks/whatsapp/unknown", content=b"{}")

    figures = (await client.get("/metrics")).text

    route = 'route="/webhooks/whatsapp/{channel_key}"'
    assert f'pytake_http_request_seconds_count{{method="POST",{route},status="404"}}' in figures
