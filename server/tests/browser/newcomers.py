"""People of a test's own, so that what they change is nobody else's."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from playwright.async_api import BrowserContext, Page, expect

from pytake.entrypoints.children import inherited

PATIENCE = 20_000


@dataclass(frozen=True, slots=True)
class Newcomer:
    name: str
    email: str
    password: str


async def a_newcomer(pytake: dict[str, Any], name: str = "Marina Duarte") -> Newcomer:
    """Invited by the demo's owner, and in."""
    who = Newcomer(name, f"marina-{uuid4().hex[:8]}@padaria-aurora.example", "barco verde na serra 42")
    async with AsyncClient(base_url=pytake["url"]) as client:
        entered = await client.post(
            "/api/v1/auth/login", json={"email": pytake["email"], "password": pytake["password"]}
        )
        headers = {"authorization": f"Bearer {entered.json()['access_token']}"}
        invited = await client.post(
            "/api/v1/invitations",
            json={"email": who.email, "full_name": name, "role": "org_admin"},
            headers=headers,
        )
        assert invited.status_code == 201, invited.text
        letter = await letter_to(client, who.email)
        accepted = await client.post(
            "/api/v1/invitations/accept", json={"token": token_in(letter), "password": who.password}
        )
        assert accepted.status_code == 200, accepted.text
    return who


def make_operator(pytake: dict[str, Any], who: Newcomer, organization: str) -> None:
    """Somebody who operates the installation; only the command line makes one."""
    said = ("--email", who.email, "--name", who.name, "--password", who.password)
    command = [sys.executable, "-m", "pytake.entrypoints.cli", "user", "create", *said]
    folder = Path(pytake["logs"]).parents[1]
    subprocess.run(
        [*command, "--organization", organization, "--role", "super_admin"],
        cwd=folder,
        env=inherited(),
        check=True,
    )


async def letter_to(client: AsyncClient, email: str) -> str:
    """The newest, as the outbox of an installation without mail shows it."""
    letters = (await client.get("/api/v1/outbox")).json()["items"]
    text: str = next(letter["text"] for letter in letters if letter["recipient"] == email)
    return text


def token_in(letter: str) -> str:
    found = re.search(r"https?://\S+#(\S+)", letter)
    assert found is not None, letter
    return found[1]


async def enter(context: BrowserContext, pytake: dict[str, Any], who: Newcomer, path: str = "") -> Page:
    """A page on which they are signed in."""
    page = await context.new_page()
    await page.goto(f"{pytake['url']}{path}")
    await fill_in(page, who)
    return page


async def fill_in(page: Page, who: Newcomer) -> None:
    await page.get_by_label("E-mail").fill(who.email)
    await page.get_by_label("Senha", exact=True).fill(who.password)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main")).to_be_visible(timeout=PATIENCE)
