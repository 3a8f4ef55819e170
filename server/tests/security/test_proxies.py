"""Only the proxies that are listed are believed when they say who asks (A38)."""

import random
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.requests import Request

from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.kit.origin import ORIGIN
from pytake.settings import Settings
from tests.sizes import SEED, Figure, full_or_tenth

FORGERIES = full_or_tenth(10_000)
PROXIES = "10.0.0.0/8, 192.0.2.7, 2001:db8::/32"


@pytest.fixture
def application(runtime: BuiltRuntime, settings: Settings) -> Any:
    def make(proxies: str) -> FastAPI:
        chosen = Settings.model_validate(settings.model_dump() | {"trusted_proxies": proxies})
        app = create_app(runtime, chosen)

        async def whoami(request: Request) -> dict[str, Any]:
            origin = ORIGIN.get()
            assert origin is not None
            assert request.client is not None
            return {"seen": request.client.host, "told": origin.ip_address, "scheme": request.url.scheme}

        app.add_api_route("/api/v1/tests/whoami", whoami)
        return app

    return make


async def asked(app: FastAPI, peer: str, headers: list[tuple[str, str]]) -> dict[str, Any]:
    transport = ASGITransport(app, client=(peer, 4711))
    async with AsyncClient(transport=transport, base_url="http://pytake.test") as client:
        answer = await client.get("/api/v1/tests/whoami", headers=headers)
    read: dict[str, Any] = answer.json()
    return read


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("10.1.2.3", ["198.51.100.9"], "198.51.100.9"),
        ("192.0.2.7", ["1.1.1.1, 198.51.100.9"], "198.51.100.9"),
        ("192.0.2.7", ["1.1.1.1", "198.51.100.9, 10.9.9.9"], "198.51.100.9"),
        ("2001:db8::1", ["2001:4860::1"], "2001:4860::1"),
        ("10.1.2.3", [], "10.1.2.3"),
        ("192.0.2.8", ["198.51.100.9"], "192.0.2.8"),
        ("127.0.0.1", ["198.51.100.9"], "127.0.0.1"),
    ],
)
async def test_the_last_address_that_no_proxy_of_ours_has(
    application: Any, peer: str, forwarded: list[str], seen: str
) -> None:
    told = await asked(application(PROXIES), peer, [("x-forwarded-for", value) for value in forwarded])

    assert (told["seen"], told["told"]) == (seen, seen)


async def test_only_a_listed_proxy_says_that_it_was_tls(application: Any) -> None:
    said = [("x-forwarded-proto", "https")]

    assert (await asked(application(PROXIES), "10.1.2.3", said))["scheme"] == "https"
    assert (await asked(application(PROXIES), "192.0.2.8", said))["scheme"] == "http"
    assert (await asked(application(""), "127.0.0.1", said))["scheme"] == "http"


@pytest.mark.parametrize("proxies", ["", PROXIES])
async def test_no_forged_header_changes_who_asks(application: Any, proxies: str, figure: Figure) -> None:
    """A stranger writes whatever they like; with a proxy before us, it appends what it saw."""
    chance, app = random.Random(SEED), application(proxies)
    names = ["x-forwarded-for", "x-real-ip", "forwarded", "x-client-ip", "true-client-ip", "cf-connecting-ip"]
    pieces = [
        "127.0.0.1",
        "10.0.0.1",
        "::1",
        "unknown",
        "",
        "8.8.8.8",
        "10.0.0.1:80",
        "[::1]:80",
        "for=1.2.3.4",
        "a" * 99,
    ]

    def forged() -> tuple[str, str]:
        said = ", ".join(chance.choice(pieces) for _ in range(chance.randrange(1, 5)))
        return chance.choice(names), said

    for _ in range(FORGERIES // 2):
        headers = [forged() for _ in range(chance.randrange(1, 4))]
        assert (await asked(app, "203.0.113.5", headers))["told"] == "203.0.113.5"
        if proxies:
            headers.append(("x-forwarded-for", "203.0.113.5"))
            assert (await asked(app, "10.0.0.2", headers))["told"] == "203.0.113.5"

    how = "with" if proxies else "without"
    figure(f"A38 forged addresses, {how} a proxy: {FORGERIES // 2} tried, 0 believed")


@pytest.mark.parametrize("value", ["*", "everybody", "10.0.0.1/8", "10.0.0.0/33"])
def test_a_list_holds_addresses_only(settings: Settings, value: str) -> None:
    with pytest.raises(ValueError, match="must be addresses or networks"):
        Settings.model_validate(settings.model_dump() | {"trusted_proxies": value})
