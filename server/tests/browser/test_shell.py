"""Around every page: places, the command palette, what one likes to see, and a phone's navigation."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import SCHEMES, SIZES, fits, look, paint

pytestmark = pytest.mark.timeout(300)

PATIENCE = 20_000
BARELY = 0.02
"""A layout shift that nobody sees; a tenth is what is called good."""


@pytest.fixture
async def page(browser: Browser, pytake: dict[str, Any]) -> AsyncIterator[Page]:
    """Somebody has just signed in."""
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    yield await sign_in(context, pytake["url"], pytake["email"], pytake["password"])
    await context.close()


async def sign_in(context: BrowserContext, url: str, email: str, password: str) -> Page:
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    await page.goto(url)
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Senha", exact=True).fill(password)
    await page.keyboard.press("Enter")
    await expect(_inbox(page)).to_be_visible(timeout=PATIENCE)
    return page


def _inbox(page: Page) -> Locator:
    return page.get_by_role("heading", level=1, name="Conversas")


async def test_the_palette_by_keyboard_alone(page: Page) -> None:
    await page.keyboard.press("Control+k")
    palette = page.get_by_role("combobox", name="Buscar")
    await expect(palette).to_be_focused()
    await look(page, "palette")
    first = page.get_by_role("option").first
    await expect(first).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowDown")
    await expect(first).to_have_attribute("aria-selected", "false")
    await page.keyboard.press("ArrowUp")
    await expect(palette).to_have_attribute("aria-activedescendant", await first.get_attribute("id") or "")

    await page.keyboard.type("tema escúro")
    await expect(page.get_by_role("option")).to_have_text(["Usar tema escuro"])
    await page.keyboard.press("Enter")

    await expect(palette).to_be_hidden()
    await expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    await page.keyboard.press("Control+k")
    await expect(palette).to_be_focused()
    await page.keyboard.type("nada disto existe")
    await expect(page.get_by_text("Nada encontrado para “nada disto existe”.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(palette).to_be_hidden()


async def test_the_palette_goes_to_a_place(page: Page, pytake: dict[str, Any]) -> None:
    await page.goto(f"{pytake['url']}/platform/organizations")
    await expect(page.get_by_text("Você não tem acesso a esta página")).to_be_visible()
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Buscar")).to_be_focused()
    await page.keyboard.type("conv")
    await page.keyboard.press("Enter")
    await expect(_inbox(page)).to_be_visible()


async def test_the_question_mark_lists_the_keys_but_can_be_written(page: Page) -> None:
    await page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Atalhos do teclado")
    await expect(keys).to_be_visible()
    await look(page, "shortcuts")
    await page.keyboard.press("Escape")
    await expect(keys).to_be_hidden()
    await page.keyboard.press("/")
    await page.keyboard.type("oi?")
    await expect(page.get_by_label("Buscar nas conversas")).to_have_value("oi?")
    await expect(keys).to_be_hidden()


async def test_theme_and_language_outlive_a_reload(page: Page) -> None:
    account = page.get_by_role("button", name="Clara Aurora")
    await account.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Tema")).to_be_visible()
    await look(page, "account-menu")
    await page.get_by_role("menuitem", name="Tema").hover()
    await page.get_by_role("menuitemradio", name="Escuro").click()
    await page.get_by_role("menuitem", name="Idioma").hover()
    await page.get_by_role("menuitemradio", name="Español").click()
    await expect(page.get_by_role("menuitem", name="Salir")).to_be_visible()

    await page.reload()

    await expect(page.get_by_role("heading", level=1, name="Conversaciones")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    await page.wait_for_function("document.documentElement.lang === 'es'")


async def test_a_phone_has_its_main_places_below_and_the_rest_behind_more(page: Page) -> None:
    await page.set_viewport_size(SIZES["phone"])
    bar = page.get_by_role("contentinfo")
    await expect(bar.get_by_role("link", name="Conversas")).to_have_attribute("aria-current", "page")
    await bar.get_by_role("button", name="Mais").click()
    sheet = page.get_by_role("dialog", name="Mais")
    await expect(sheet.get_by_text("Padaria Aurora")).to_be_visible()
    await look(page, "more")
    await page.set_viewport_size(SIZES["phone"])
    assert await fits(page)
    await sheet.get_by_text("Escuro").click()
    await expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    await sheet.get_by_role("button", name="Buscar").click()
    await expect(page.get_by_role("combobox", name="Buscar")).to_be_focused()
    await page.keyboard.type("english")
    await page.keyboard.press("Enter")
    await expect(bar.get_by_role("button", name="More")).to_be_visible()


@pytest.mark.parametrize("size", list(SIZES))
async def test_the_shell_is_accessible_light_and_dark(page: Page, size: str) -> None:
    await page.set_viewport_size(SIZES[size])
    for scheme in SCHEMES:
        await paint(page, scheme)
        await assert_accessible(page)
        for key, name in (("Control+k", "Buscar"), ("?", "Atalhos do teclado")):
            await page.keyboard.press(key)
            await expect(page.get_by_role("dialog", name=name)).to_be_visible()
            await assert_accessible(page)
            await page.keyboard.press("Escape")
            await expect(page.get_by_role("dialog", name=name)).to_be_hidden()
        await _open_account(page, size)
        await assert_accessible(page)
        await page.keyboard.press("Escape")
        await expect(page.get_by_text("padaria-aurora.example")).to_be_hidden()


async def _open_account(page: Page, size: str) -> None:
    await page.get_by_role("button", name="Mais" if size == "phone" else "Clara Aurora").click()
    await expect(page.get_by_text("padaria-aurora.example")).to_be_visible()


async def test_nothing_jumps_while_the_shell_comes_up(page: Page) -> None:
    """What is shown before the server has answered leaves room for what comes."""
    watch = """new PerformanceObserver((list) => { for (const shift of list.getEntries())
        if (!shift.hadRecentInput) window.shifted = (window.shifted ?? 0) + shift.value })
        .observe({type: 'layout-shift', buffered: true})"""
    await page.add_init_script(watch)
    await page.reload()
    await expect(_inbox(page)).to_be_visible()
    await expect(page.get_by_text("Em tempo real")).to_be_visible()
    assert await page.evaluate("window.shifted ?? 0") < BARELY
