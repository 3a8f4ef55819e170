"""A second number as browsers and Meta see it: its app, its customer, and its page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.looks import SIZES
from tests.browser.test_shell import sign_in

PATIENCE: Final = 30_000
APP_ID = "780011223344777"
WABA_ID = "310277445566777"
NUMBER_ID = "455900112233777"
DEMO_NUMBER_ID = "455900112233441"
PHONE = "+55 11 3000-0777"
SECRETS: Final = ("7" * 32, "8" * 32)
TOKEN = "EAAcentro"
NINA = "5511900000777"


@dataclass(slots=True)
class Meta:
    """What somebody does at Meta, and a customer on her phone."""

    client: httpx.AsyncClient
    address: dict[str, Any] = field(default_factory=dict)
    """What was pasted into the app."""

    async def ask(self, method: str, path: str, **body: Any) -> Any:
        answer = await self.client.request(method, f"/_simulator/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def app(self, secret: str) -> None:
        await self.ask("PUT", f"apps/{APP_ID}", app_secret=secret, **self.address)

    async def nina_says(self, text: str) -> None:
        await self.ask("POST", f"customers/{NINA}/messages", do="text", text=text, phone_number_id=NUMBER_ID)


@asynccontextmanager
async def at_meta(pytake: dict[str, Any]) -> AsyncIterator[Meta]:
    """A second number that nobody has proven yet, of an app of its own."""
    async with httpx.AsyncClient(base_url=pytake["phone"], timeout=30) as client:
        meta = Meta(client)
        meta.address = {"callback_url": None, "verify_token": ""}
        await meta.app(SECRETS[0])
        await meta.ask("PUT", f"wabas/{WABA_ID}", name="Loja do Centro", subscribed_apps=[APP_ID])
        number = {"waba_id": WABA_ID, "display_phone_number": PHONE, "access_token": TOKEN, "app_id": APP_ID}
        fresh = {"verified_name": "Loja do Centro", "status": "PENDING", "code_status": "NOT_VERIFIED"}
        await meta.ask("PUT", f"numbers/{NUMBER_ID}", **number, **fresh, pin=None, profile={})
        await client.post("/_simulator/customers", json={"wa_id": NINA, "name": "Nina Prado"})
        yield meta
    await _leave(pytake)


async def _leave(pytake: dict[str, Any]) -> None:
    """As it was before, for whoever comes next."""
    async with signed_in(pytake) as client:
        numbers = (await client.get("/whatsapp-numbers/details")).raise_for_status().json()["items"]
        for number in numbers:
            if number["phone_number_id"] == NUMBER_ID:
                (await client.delete(f"/whatsapp-numbers/{number['id']}")).raise_for_status()


@asynccontextmanager
async def signed_in(pytake: dict[str, Any]) -> AsyncIterator[httpx.AsyncClient]:
    """As the demo's owner, to the API."""
    async with httpx.AsyncClient(base_url=f"{pytake['url']}/api/v1", timeout=30) as client:
        login = {"email": pytake["email"], "password": pytake["password"]}
        entered = (await client.post("/auth/login", json=login)).raise_for_status()
        client.headers["authorization"] = f"Bearer {entered.json()['access_token']}"
        yield client


@asynccontextmanager
async def a_page(browser: Browser, pytake: dict[str, Any]) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport=SIZES["wide"], locale="pt-BR", timezone_id="America/Sao_Paulo"
    )
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    page = await sign_in(context, pytake["url"], pytake["email"], pytake["password"])
    page.set_default_timeout(PATIENCE)
    yield page
    await context.close()
    assert complaints == []


async def connected(page: Page, meta: Meta, pytake: dict[str, Any]) -> None:
    """By the API, with its webhook verified; its page is open."""
    await meta.ask("PUT", f"numbers/{NUMBER_ID}", status="CONNECTED", code_status="VERIFIED", pin="212834")
    async with signed_in(pytake) as client:
        channel = await _fresh_channel(client)
        meta.address = {"callback_url": channel["webhook_url"], "verify_token": channel["verify_token"]}
        await meta.app(SECRETS[0])
        wanted = {
            "channel_id": channel["id"],
            "whatsapp_business_account_id": WABA_ID,
            "phone_number_id": NUMBER_ID,
            "access_token": TOKEN,
        }
        number = (await client.post("/whatsapp-numbers", json=wanted)).raise_for_status().json()
    await page.goto(f"{pytake['url']}/numbers/{number['id']}")
    await expect(page.get_by_role("heading", level=1, name="Loja do Centro")).to_be_visible(timeout=PATIENCE)


async def _fresh_channel(client: httpx.AsyncClient) -> Any:
    name = f"App {len((await client.get('/channels')).json()['items'])}"
    body = {"name": name, "app_secret": SECRETS[0], "meta_app_id": APP_ID}
    return (await client.post("/channels", json=body)).raise_for_status().json()


async def says(page: Page, who: str, text: str) -> None:
    await page.get_by_role("link", name="Conversas").first.click()
    await page.get_by_text(who).first.click()
    thread = page.get_by_role("region", name=f"Mensagens de {who}")
    await expect(thread.get_by_text(text, exact=True)).to_be_visible(timeout=PATIENCE)


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)
