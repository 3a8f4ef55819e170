"""What browsers are told with every answer, whatever the answer is (A35)."""

from collections.abc import AsyncIterator, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import ASGITransport, AsyncClient, Response

from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from pytake.settings import Settings
from tests.factories import PASSWORD, Somebody, somebody
from tests.sizes import Figure

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOT_OURS = "https://crm.example.com"
ALLOWED = "https://desk.example.org"
SIGNS_OUT = "/api/v1/auth/logout-everywhere"
BY_COOKIE = "/api/v1/auth/refresh"
BREAKING = "/api/v1/tests/breaking"
DEVICES = "camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()"


@pytest.fixture
async def installation(runtime: BuiltRuntime, settings: Settings, tmp_path: Path) -> FastAPI:
    """As in production: reached over TLS by a proxy, with the web application built, one origin allowed."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>PyTake</title>")
    (tmp_path / "assets" / "app-4f2a.js").write_text("export {}")
    chosen = {"public_url": "https://pytake.test", "cors_origins": ALLOWED}
    app = create_app(runtime, Settings.model_validate(settings.model_dump() | chosen), runtime.probes())

    async def breaking() -> None:
        raise RuntimeError("something with c4n4ry in it")

    app.add_api_route(BREAKING, breaking)
    return app


@pytest.fixture
async def browser(installation: FastAPI) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(installation, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://pytake.test") as client:
        yield client


def paths(app: FastAPI) -> list[str]:
    of_routes = {context.path_format or context.path for context in iter_route_contexts(app.routes)}
    some_id = "01999999-9999-7999-8999-999999999999"
    filled = {path.replace("{", "").replace("}", "") for path in of_routes if path and "{" not in path}
    filled |= {
        "/".join(some_id if part.startswith("{") else part for part in path.split("/"))
        for path in of_routes
        if path
    }
    others = {
        "/",
        "/conversas",
        "/assets/app-4f2a.js",
        "/assets/gone.js",
        "/api/v1/nowhere",
        "/webhooks/whatsapp/x",
    }
    found = sorted((filled | others) - {"/ws"})
    return sorted(found, key=lambda path: path == SIGNS_OUT)  # whoever asks for that is nobody afterwards


async def crawl(
    browser: AsyncClient, app: FastAPI, who: Somebody
) -> AsyncIterator[tuple[str, str, Response]]:
    for path in paths(app):
        for method in METHODS:
            for headers in ({}, who.headers, {"authorization": "Bearer nonsense"}):
                for body in (b"", b"{", b'{"a": 1}'):
                    if body and method in {"GET", "HEAD", "OPTIONS"}:
                        continue
                    sent = {"content-type": "application/json", **headers}
                    yield method, path, await browser.request(method, path, headers=sent, content=body)


def mistakes(method: str, path: str, answer: Response) -> Iterator[str]:
    got = answer.headers
    policy = directives(got.get("content-security-policy", ""))
    expected = {
        "strict-transport-security": "max-age=31536000; includeSubDomains",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": DEVICES,
    }
    yield from (f"{name}: {got.get(name)}" for name, value in expected.items() if got.get(name) != value)
    for name in ("object-src", "base-uri", "frame-ancestors"):
        if policy.get(name) != "'none'":
            yield f"{name} {policy.get(name)}"
    scripts = policy.get("script-src", "")
    if scripts != "'self'" or "unsafe" in scripts:
        yield f"script-src {scripts}"
    if path.startswith(("/api/", "/webhooks/")) and got.get("cache-control") != "no-store":
        yield f"cache-control: {got.get('cache-control')}"
    if "server" in got or "x-powered-by" in got:
        yield "says what it runs on"
    if answer.headers.get("access-control-allow-origin"):
        yield "lets in a page that did not ask"
    yield from (f"cookie {name}" for name in loose_cookies(answer))
    if method != "HEAD" and "c4n4ry" in answer.text:
        yield "tells what broke"


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


def loose_cookies(answer: Response) -> Iterator[str]:
    for header in answer.headers.get_list("set-cookie"):
        for name, morsel in SimpleCookie(header).items():
            is_tight = (
                morsel["secure"] and morsel["httponly"] and morsel["path"] == "/" and not morsel["domain"]
            )
            if not (
                name.startswith("__Host-") and is_tight and morsel["samesite"].lower() in {"lax", "strict"}
            ):
                yield name


async def test_every_answer_of_every_route(
    browser: AsyncClient, installation: FastAPI, runtime: BuiltRuntime, figure: Figure
) -> None:
    ana = await somebody(runtime, role=Role.ORG_ADMIN)
    wrong: dict[str, list[str]] = {}
    statuses: dict[int, int] = {}
    broke: set[str] = set()
    turned_away: set[str] = set()
    bearer = ana.headers["authorization"]
    async for method, path, answer in crawl(browser, installation, ana):
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            broke.add(f"{method} {path} {answer.status_code}")
        if answer.status_code == 401 and answer.request.headers.get("authorization") == bearer:
            turned_away.add(path)
        if found := list(mistakes(method, path, answer)):
            wrong[f"{method} {path} {answer.status_code}"] = found

    assert wrong == {}
    assert broke == {f"GET {BREAKING} 500"}, "only what was made to break does"
    assert turned_away <= {SIGNS_OUT, BY_COOKIE}, "whoever is signed in stays so until the end"
    assert {200, 401, 404, 405, 422} <= set(statuses)
    count = sum(statuses.values())
    figure(f"A35: {count} answers of {len(paths(installation))} paths ({statuses}), 0 without a header")


async def test_signing_in_sets_no_loose_cookie(browser: AsyncClient, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)

    answer = await browser.post("/api/v1/auth/login", json={"email": ana.email, "password": PASSWORD})

    assert answer.status_code == 200
    assert list(mistakes("POST", "/api/v1/auth/login", answer)) == []


def hostile_origins() -> list[str]:
    near = [
        "null", "*", "", "https://", "http://desk.example.org", "https://desk.example.org.evil.example",
        "https://evil-desk.example.org", "https://desk.example.org:8443", "https://DESK.example.org.",
        "https://desk.example.org@evil.example", "https://desk.example.org%00.evil.example",
        "https://desk.example.org/", "https://desk.example.org, https://evil.example", "file://", "data:",
        "https://deskXexample.org", "https://example.org", "https://a.desk.example.org", "wss://desk.example.org",
        "https://desk.example.org evil", "https://localhost", "http://127.0.0.1:8000", "chrome-extension://abc",
        NOT_OURS,
    ]  # fmt: skip
    return near + [f"https://evil{number}.example" for number in range(100 - len(near))]


async def test_no_page_of_another_origin_is_let_in(
    browser: AsyncClient, installation: FastAPI, runtime: BuiltRuntime, figure: Figure
) -> None:
    ana, tried = await somebody(runtime), 0
    for origin in hostile_origins():
        asked = {"origin": origin, "access-control-request-method": "POST"}
        for method, extra in (("OPTIONS", asked), ("GET", {"origin": origin}), ("POST", {"origin": origin})):
            answer = await browser.request(method, "/api/v1/auth/me", headers={**ana.headers, **extra})
            tried += 1
            assert "access-control-allow-origin" not in answer.headers, origin
            assert "access-control-allow-credentials" not in answer.headers, origin

    figure(f"A35 origins: {len(hostile_origins())} hostile ones in {tried} requests, 0 let in")


async def test_a_page_of_a_listed_origin_is_let_in_without_cookies(
    browser: AsyncClient, runtime: BuiltRuntime
) -> None:
    ana = await somebody(runtime)
    asked = {
        "origin": ALLOWED,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
    }

    before = await browser.options("/api/v1/auth/me", headers=asked)
    answer = await browser.get("/api/v1/auth/me", headers={**ana.headers, "origin": ALLOWED})

    assert (before.status_code, answer.status_code) == (200, 200)
    for each in (before, answer):
        assert each.headers["access-control-allow-origin"] == ALLOWED
        assert "access-control-allow-credentials" not in each.headers
    assert "Origin" in answer.headers["vary"]


async def test_without_a_list_nobody_is(client: AsyncClient, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)

    answer = await client.get("/api/v1/auth/me", headers={**ana.headers, "origin": ALLOWED})

    assert "access-control-allow-origin" not in answer.headers
    assert "strict-transport-security" not in answer.headers, "http://pytake.test is no TLS"


@pytest.mark.parametrize(
    "value", ["*", "https://a.example/", "a.example", "https://a.example/path", "ftp://a.example", "https://"]
)
def test_a_list_holds_origins_only(settings: Settings, value: str) -> None:
    given: dict[str, Any] = settings.model_dump() | {"cors_origins": f"https://ok.example, {value}"}
    with pytest.raises(ValueError, match="must be origins"):
        Settings.model_validate(given)
