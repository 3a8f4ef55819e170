"""A browser stays signed in over a reload and a second tab, and keeps nothing that a script could take."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.test_first_visit import PATIENCE

pytestmark = pytest.mark.timeout(300)


async def test_a_reload_and_a_second_tab_go_on_and_leaving_ends_both(
    browser: Browser, pytake: dict[str, Any]
) -> None:
    context = await browser.new_context(locale="pt-BR")
    page = await context.new_page()
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill(pytake["password"])
    await page.keyboard.press("Enter")
    await _is_in(page)

    stored = await page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert "eyJ" not in stored, "an access token is kept where every script can read it"
    assert await page.evaluate("document.cookie") == ""
    cookies = {cookie["name"]: cookie for cookie in await context.cookies()}
    assert cookies["pytake_refresh"]["httpOnly"]
    assert cookies["pytake_refresh"]["sameSite"] == "Strict"

    await page.reload()
    await _is_in(page)
    second = await context.new_page()
    await second.goto(pytake["url"])
    await _is_in(second)

    await page.get_by_role("button", name="Clara Aurora").click()
    await page.get_by_role("menuitem", name="Sair").click()
    await expect(page.get_by_role("heading", name="Entre na sua conta")).to_be_visible(timeout=PATIENCE)
    await second.reload()
    await expect(second.get_by_role("heading", name="Entre na sua conta")).to_be_visible(timeout=PATIENCE)
    assert "pytake_refresh" not in {cookie["name"] for cookie in await context.cookies()}
    await context.close()


async def _is_in(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)
