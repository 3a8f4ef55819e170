"""A newcomer's first minutes: a customer talks to the bot on the phone, and the same is seen in the inbox."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.chromium import pictures
from tests.browser.looks import fits

pytestmark = pytest.mark.timeout(300)

WIDE: ViewportSize = {"width": 1440, "height": 900}
SMALL: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 20_000


async def test_the_phone_talks_to_the_bot_and_the_inbox_shows_it_live(
    browser: Browser, pytake: dict[str, Any]
) -> None:
    context = await browser.new_context(viewport=WIDE, locale="pt-BR", timezone_id="America/Sao_Paulo")
    complaints = _complaints(context)
    phone = await _open_phone(context, pytake)
    await _order_bread(phone)
    await _take_picture(phone, "phone.png")

    inbox = await _sign_in(context, pytake)
    await inbox.get_by_text("Maria Souza").first.click()
    thread = _thread(inbox)
    await expect(thread.get_by_text("Quantos pães franceses você quer?")).to_be_visible()
    await expect(thread.get_by_text("muitos", exact=True)).to_be_visible()

    await _tap(phone, "Retirar na loja")
    await expect(thread.get_by_text("Então ficou assim:")).to_be_visible(timeout=PATIENCE)
    await _tap(phone, "Sim")
    await _hears(phone, "Pedido anotado")
    await expect(thread.get_by_text("Pedido anotado")).to_be_visible(timeout=PATIENCE)
    await _take_picture(inbox, "conversations.png")
    assert complaints == []
    await context.close()


async def test_both_pages_fit_a_phone(browser: Browser, pytake: dict[str, Any]) -> None:
    context = await browser.new_context(
        viewport=SMALL, is_mobile=True, has_touch=True, locale="pt-BR", timezone_id="America/Sao_Paulo"
    )
    phone = await _open_phone(context, pytake)
    await _write(phone, "oi")
    await _hears(phone, "Como posso ajudar?")
    await _take_picture(phone, "phone-small.png")
    inbox = await _sign_in(context, pytake)
    await inbox.get_by_text("Maria Souza").first.click()
    await expect(_thread(inbox).get_by_text("Como posso ajudar?").last).to_be_visible(timeout=PATIENCE)
    await _take_picture(inbox, "conversations-small.png")
    for page in (phone, inbox):
        assert await fits(page)
    await context.close()


async def test_a_wrong_password_is_refused_in_words(browser: Browser, pytake: dict[str, Any]) -> None:
    page = await browser.new_page(locale="pt-BR")
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill("não é esta senha")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_be_visible(timeout=PATIENCE)
    await page.close()


# --- the steps ------------------------------------------------------------------------------------------


async def _open_phone(context: BrowserContext, pytake: dict[str, Any]) -> Page:
    phone = await context.new_page()
    await phone.goto(pytake["phone"])
    await expect(phone.get_by_role("textbox", name="Mensagem")).to_be_enabled()
    return phone


async def _order_bread(phone: Page) -> None:
    await _write(phone, "Oi, bom dia!")
    await _hears(phone, "Como posso ajudar?")
    await expect(phone.locator(".message--customer").first.get_by_role("img", name="Lida")).to_be_visible(
        timeout=PATIENCE
    )
    await _tap(phone, "Fazer pedido")
    await _hears(phone, "Quantos pães franceses você quer?")
    await _write(phone, "muitos")
    await _hears(phone, "Me manda só o número")
    await _write(phone, "12")
    await _hears(phone, "Perfeito, 12 pães!")


async def _write(phone: Page, text: str) -> None:
    await phone.get_by_role("textbox", name="Mensagem").fill(text)
    await phone.keyboard.press("Enter")


async def _tap(phone: Page, title: str) -> None:
    await phone.get_by_role("button", name=title, exact=True).last.click()


async def _hears(phone: Page, text: str) -> None:
    await expect(phone.locator(".thread").get_by_text(text).last).to_be_visible(timeout=PATIENCE)


def _thread(inbox: Page) -> Locator:
    return inbox.get_by_role("region", name="Maria Souza")


async def _sign_in(context: BrowserContext, pytake: dict[str, Any]) -> Page:
    page = await context.new_page()
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill(pytake["password"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Conversas").first).to_be_visible(timeout=PATIENCE)
    return page


def _complaints(context: BrowserContext) -> list[str]:
    """Errors of any page, and of the content security policy."""
    found: list[str] = []
    context.on("weberror", lambda error: found.append(str(error.error)))
    context.on("console", lambda line: found.append(line.text) if line.type == "error" else None)
    return found


async def _take_picture(page: Page, name: str) -> None:
    if folder := pictures():
        await page.screenshot(path=Path(folder) / name)
