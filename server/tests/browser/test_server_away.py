"""The server does not answer: nobody is signed out, nothing typed is lost, and all goes on by itself."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, WebSocketRoute, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import look
from tests.browser.newcomers import PATIENCE, Newcomer
from tests.browser.test_first_visit import WIDE

pytestmark = pytest.mark.timeout(300)


class Line:
    """Between a browser and the server; it can be cut."""

    def __init__(self) -> None:
        self.is_cut = False
        self._sockets: list[WebSocketRoute] = []

    async def lay(self, context: BrowserContext) -> None:
        await context.route("**/api/**", self._pass)
        await context.route_web_socket(re.compile("/ws"), self._connect)

    async def cut(self) -> None:
        self.is_cut = True
        while self._sockets:
            await self._sockets.pop().close()

    async def _pass(self, route: Route) -> None:
        await (route.abort() if self.is_cut else route.continue_())

    def _connect(self, socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        self._sockets.append(socket)


@pytest.fixture
async def line() -> Line:
    return Line()


async def test_a_page_that_is_loaded_meanwhile_goes_on_where_it_was(
    browser: Browser, pytake: dict[str, Any], operator: Newcomer, line: Line
) -> None:
    page = await _signed_in(browser, pytake, operator, line)
    await page.goto(f"{pytake['url']}/team?sort=name")
    await expect(page.get_by_role("heading", name="Equipe")).to_be_visible(timeout=PATIENCE)

    await line.cut()
    await page.reload()
    await expect(page.get_by_role("heading", name="O servidor não responde")).to_be_visible(timeout=PATIENCE)
    await look(page, "server-away")
    await assert_accessible(page)
    await page.get_by_role("button", name="Tentar de novo").click()
    await expect(page.get_by_role("heading", name="O servidor não responde")).to_be_visible()
    line.is_cut = False

    await expect(page.get_by_role("heading", name="Equipe")).to_be_visible(timeout=PATIENCE)
    assert page.url.endswith("/team?sort=name")
    await page.context.close()


async def test_what_was_typed_stays_and_a_page_is_asked_for_again(
    browser: Browser, pytake: dict[str, Any], operator: Newcomer, line: Line
) -> None:
    page = await _signed_in(browser, pytake, operator, line)
    await page.goto(f"{pytake['url']}/profile")
    name = page.get_by_role("textbox", name="Nome")
    await name.fill("Rita Alves Prado")

    await line.cut()
    await page.get_by_role("button", name="Salvar").click()
    await expect(page.get_by_text("Não foi possível falar com o servidor").first).to_be_visible(
        timeout=PATIENCE
    )
    await expect(name).to_have_value("Rita Alves Prado")
    banner = page.get_by_role("status").filter(has_text="O servidor não responde. Tentando de novo…")
    await expect(banner).to_be_visible(timeout=PATIENCE)
    await look(page, "server-away-form")
    line.is_cut = False
    await page.get_by_role("button", name="Salvar").click()
    await expect(page.get_by_text("Rita Alves Prado").first).to_be_visible(timeout=PATIENCE)

    await line.cut()
    await page.get_by_role("link", name="Auditoria").click()
    await expect(page.get_by_text("Não deu certo").first).to_be_visible(timeout=PATIENCE)
    await look(page, "server-away-page")
    line.is_cut = False
    await page.get_by_role("button", name="Tentar de novo").last.click()
    await expect(page.get_by_text("alterou o próprio perfil").first).to_be_visible(timeout=PATIENCE)
    await expect(banner).to_be_hidden(timeout=PATIENCE)
    await page.context.close()


async def _signed_in(browser: Browser, pytake: dict[str, Any], who: Newcomer, line: Line) -> Page:
    context = await browser.new_context(viewport=WIDE, locale="pt-BR")
    await line.lay(context)
    page = await context.new_page()
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(who.email)
    await page.get_by_role("textbox", name="Senha").fill(who.password)
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile("/conversations"), timeout=PATIENCE)
    return page
