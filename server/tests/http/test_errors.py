"""Every refusal has the same shape, and an accident says nothing of what it saw."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import asyncpg
import pytest
import structlog
from fastapi import FastAPI, Query
from httpx import ASGITransport, AsyncClient
from pydantic import BaseModel, Field
from starlette.requests import Request

from pytake.http.bodies import BODY_LIMIT, WEBHOOK_BODY_LIMIT
from pytake.http.errors import install_errors
from pytake.http.middleware import Edge
from pytake.kit.errors import Conflict, TooMany, Unauthenticated


class NoMoreBread(Conflict):
    code = "no_more_bread"
    message = "There are {left} breads left."


TROUBLES: dict[str, type[asyncpg.PostgresError]] = {
    "starting": asyncpg.CannotConnectNowError,
    "full": asyncpg.TooManyConnectionsError,
    "mistaken": asyncpg.UndefinedTableError,
}


class Order(BaseModel):
    breads: Annotated[int, Field(ge=1, le=12)]
    password: Annotated[str, Field(min_length=10)] = "0123456789"


@pytest.fixture
async def client() -> AsyncIterator[AsyncClient]:
    app = FastAPI(redirect_slashes=False)
    install_errors(app)
    app.add_middleware(Edge)
    _add_routes(app)
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://pytake.test") as client:
        yield client


def _add_routes(app: FastAPI) -> None:
    @app.post("/orders")
    async def order(body: Order) -> dict[str, int]:
        return {"breads": body.breads}

    @app.get("/breads")
    async def breads(kind: Annotated[str, Query(pattern="^(sweet|salty)$")]) -> None:
        raise NoMoreBread(left=0)

    @app.get("/oven")
    async def oven() -> None:
        raise RuntimeError("the secret recipe is 3 eggs")

    @app.get("/cellar")
    async def cellar(trouble: str) -> None:
        raise TROUBLES[trouble]("as the server words it")

    @app.get("/busy")
    async def busy() -> None:
        raise TooMany(retry_after=1.4)

    @app.get("/back-door")
    async def back_door() -> None:
        raise Unauthenticated

    @app.post("/webhooks/any")
    async def webhook(request: Request) -> int:
        return len(await request.body())


async def test_a_refusal_tells_its_code_its_sentence_and_its_details(client: AsyncClient) -> None:
    answer = await client.get("/breads", params={"kind": "sweet"})

    assert answer.status_code == 409
    assert answer.json() == {
        "error": {"code": "no_more_bread", "message": "There are 0 breads left.", "details": {"left": 0}}
    }


async def test_what_is_not_valid_is_named_with_what_would_be_allowed(client: AsyncClient) -> None:
    answer = await client.post("/orders", json={"breads": 40, "password": "hunter2"})

    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "invalid"
    assert [(field["field"], field["allowed"]) for field in error["details"]["fields"]] == [
        ("body.breads", {"le": 12}),
        ("body.password", {"min_length": 10}),
    ]
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "json_invalid"),
        (b"[]", "model_attributes_type"),
        (b"\xff\xfe", "json_invalid"),
        (b"", "missing"),
    ],
)
async def test_a_body_that_is_no_order_is_refused(client: AsyncClient, content: bytes, code: str) -> None:
    answer = await client.post("/orders", content=content, headers={"content-type": "application/json"})

    assert answer.status_code == 422
    assert [field["code"] for field in answer.json()["error"]["details"]["fields"]] == [code]


async def test_unknown_routes_and_wrong_methods_have_the_same_shape(client: AsyncClient) -> None:
    unknown, wrong = await client.get("/cakes"), await client.delete("/orders")

    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "method_not_allowed")
    assert wrong.headers["allow"] == "POST"


async def test_who_asks_too_often_and_who_is_not_signed_in_learn_what_to_do(client: AsyncClient) -> None:
    busy, back_door = await client.get("/busy"), await client.get("/back-door")

    assert (busy.status_code, busy.headers["retry-after"]) == (429, "1")
    assert (back_door.status_code, back_door.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(("trouble", "status"), [("starting", 503), ("full", 503), ("mistaken", 500)])
async def test_a_database_that_lets_nobody_in_is_away_and_one_asked_wrongly_is_not(
    client: AsyncClient, trouble: str, status: int
) -> None:
    assert (await client.get("/cellar", params={"trouble": trouble})).status_code == status


async def test_an_accident_is_reported_with_the_request_s_id_and_tells_the_client_nothing(
    client: AsyncClient,
) -> None:
    with structlog.testing.capture_logs() as logs:
        answer = await client.get("/oven")

    assert answer.status_code == 500
    assert "egg" not in answer.text
    request_id = answer.headers["x-request-id"]
    assert answer.json()["error"] == {
        "code": "internal_error",
        "message": "Something went wrong on our side.",
        "details": {"request_id": request_id},
    }
    (line,) = logs
    assert (line["event"], line["path"], line["request_id"]) == ("request_failed", "/oven", request_id)
    assert line["exc_info"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abcdef-1234", True), ("short", False), ("a" * 65, False), ("with spaces in it", False)],
)
async def test_a_sensible_request_id_is_kept(client: AsyncClient, given: str, kept: bool) -> None:
    answer = await client.get("/busy", headers={"x-request-id": given})

    assert (answer.headers["x-request-id"] == given) is kept


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/busy", 429), ("GET", "/oven", 500), ("GET", "/cakes", 404), ("POST", "/webhooks/any", 200)],
)
async def test_every_answer_has_its_headers(client: AsyncClient, method: str, path: str, status: int) -> None:
    answer = await client.request(method, path)

    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    directives: dict[str, Any] = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["script-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["object-src"] == "'none'"
    assert "strict-transport-security" not in answer.headers


async def test_over_tls_browsers_are_told_to_stay_there(client: AsyncClient) -> None:
    answer = await client.get("https://pytake.test/busy")

    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


async def _chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 65_536):
        yield b" " * 65_536


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/orders", BODY_LIMIT, 422),
        ("/orders", BODY_LIMIT + 65_536, 413),
        ("/webhooks/any", WEBHOOK_BODY_LIMIT, 200),
        ("/webhooks/any", WEBHOOK_BODY_LIMIT + 65_536, 413),
    ],
)
@pytest.mark.parametrize("announced", [True, False])
async def test_bodies_have_a_limit_announced_or_not(
    client: AsyncClient, path: str, size: int, status: int, announced: bool
) -> None:
    content: Any = b" " * size if announced else _chunks(size)

    answer = await client.post(path, content=content, headers={"content-type": "application/json"})

    assert answer.status_code == status
    if status == 413:
        assert answer.json()["error"]["code"] == "too_large"
