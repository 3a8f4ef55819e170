"""A number is taken off the air at Meta and comes back; whatever is lost on the way is done once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Request, Route, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import look
from tests.browser.numbers import NUMBER_ID, PATIENCE, Meta, a_page, at_meta, button, connected, says

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def meta(pytake: dict[str, Any]) -> AsyncIterator[Meta]:
    async with at_meta(pytake) as meta:
        yield meta


@pytest.fixture
async def page(browser: Browser, pytake: dict[str, Any]) -> AsyncIterator[Page]:
    async with a_page(browser, pytake) as page:
        yield page


async def test_it_is_deregistered_proven_and_registered_again(
    page: Page, meta: Meta, pytake: dict[str, Any]
) -> None:
    await connected(page, meta, pytake)
    registering = page.get_by_role("region", name="Registro na Meta")
    health = page.get_by_role("region", name="Como ele está")
    posts = _Posts(page)
    await meta.ask("PUT", f"numbers/{NUMBER_ID}", code_status="EXPIRED")
    await button(health, "Verificar agora").click()
    await expect(health.get_by_text("Verificação vencida", exact=True)).to_be_visible(timeout=PATIENCE)
    await look(page, "number-expired")

    await button(registering, "Encerrar o registro").click()
    question = page.get_by_role("dialog", name="Encerrar o registro de Loja do Centro?")
    await look(page, "number-deregister")
    await assert_accessible(page)
    await button(question, "Encerrar o registro").dblclick()
    await expect(page.get_by_text("O registro de Loja do Centro foi encerrado.")).to_be_visible()
    await expect(health.get_by_text("Desconectado", exact=True)).to_be_visible()
    await expect(health.get_by_text("Verifique o número antes de registrá-lo.")).to_be_visible()
    await expect(button(registering, "Encerrar o registro")).to_be_hidden()
    await look(page, "number-deregistered")
    assert len(posts.keys("deregister")) == 1

    since = (await meta.ask("GET", "log"))["last"]
    await _lose_the_answer(page, "**/code/request")
    await button(registering, "Pedir o código").click()
    await expect(registering.get_by_role("alert")).to_be_visible()
    await button(registering, "Pedir o código").click()
    await expect(page.get_by_text("A Meta está mandando o código por SMS.")).to_be_visible()
    first, again = posts.keys("code/request")
    assert first == again
    assert await _calls(meta, "request_code", since) == 1, "the second was answered as the first"
    await registering.get_by_label("Código de 6 dígitos").fill("123456")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Número verificado.")).to_be_visible()
    await registering.get_by_label("PIN de 6 dígitos", exact=True).fill("212834")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Número registrado.")).to_be_visible()
    await expect(health.get_by_text("Conectado", exact=True)).to_be_visible()
    await expect(health.get_by_text("Verificado", exact=True)).to_be_visible()
    await meta.nina_says("voltou?")
    await says(page, "Nina Prado", "voltou?")


class _Posts:
    """What the page sends that makes or sends something."""

    def __init__(self, page: Page) -> None:
        self._sent: list[Request] = []
        page.on("request", lambda request: self._sent.append(request) if request.method == "POST" else None)

    def keys(self, deed: str) -> list[str]:
        return [each.headers["idempotency-key"] for each in self._sent if each.url.endswith(f"/{deed}")]


async def _lose_the_answer(page: Page, address: str) -> None:
    """The server does what it is asked, and the network fails."""

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route(address, lose, times=1)


async def _calls(meta: Meta, call: str, since: int) -> int:
    """How often Meta was asked that."""
    records = (await meta.ask("GET", f"log?after={since}"))["records"]
    return sum(record["kind"] == "graph.call" and record["call"] == call for record in records)
