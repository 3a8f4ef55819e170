"""PyTake as `make run` starts it, with a browser in front of it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.chromium import FLAGS, chromium
from tests.browser.newcomers import Newcomer, make_operator
from tests.supervisor.test_up import two_free_ports, up

PATIENCE = 60_000
"""Milliseconds that an expectation waits before it fails; a busy machine takes long."""


@pytest.fixture(scope="session")
def pytake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What `pytake up` says once everything runs: addresses and the demo's login."""
    folder: Path = tmp_path_factory.mktemp("pytake")
    with up(folder, two_free_ports()) as running:
        answer = running.answer()
        assert "error" not in answer, answer
        yield answer


@pytest.fixture(scope="session")
def operator(pytake: dict[str, Any]) -> Newcomer:
    """The demo has nobody who operates the installation."""
    rita = Newcomer("Rita Alves", "rita@padaria-aurora.example", "pão de queijo às quatro")
    make_operator(pytake, rita, "padaria-aurora")
    return rita


@pytest.fixture(autouse=True)
def as_it_was(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the demo's owner chose to see would follow them into the browser of the next test."""
    yield
    if "pytake" in request.fixturenames:
        _forget_choices(request.getfixturevalue("pytake"))


def _forget_choices(pytake: dict[str, Any]) -> None:
    with httpx.Client(base_url=f"{pytake['url']}/api/v1", timeout=30) as client:
        login = {"email": pytake["email"], "password": pytake["password"]}
        token = client.post("/auth/login", json=login).raise_for_status().json()["access_token"]
        nothing = {"language": None, "theme": None}
        client.patch(
            "/profile", json=nothing, headers={"Authorization": f"Bearer {token}"}
        ).raise_for_status()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        await browser.close()
