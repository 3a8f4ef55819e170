"""A template's life in the browser: written, submitted, decided about at Meta, seen at once."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import look

pytestmark = pytest.mark.timeout(300)

PATIENCE = 30_000


@pytest.fixture
async def context(browser: Browser) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="pt-BR", timezone_id="America/Sao_Paulo"
    )


async def test_a_template_is_written_submitted_approved_and_refused(
    context: BrowserContext, pytake: dict[str, Any]
) -> None:
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    page = await _sign_in(context, pytake)

    await _write_one(page, pytake)
    await page.get_by_role("button", name="Enviar para aprovação").click()
    await expect(page.get_by_text("Em análise").first).to_be_visible(timeout=PATIENCE)

    await _decide(pytake, status="APPROVED")
    await expect(page.get_by_text("Aprovado", exact=True).first).to_be_visible(timeout=PATIENCE)
    await look(page, "template-approved")
    await assert_accessible(page)

    await _decide(pytake, status="REJECTED", reason="SCAM", info={"reason": "Pede dados do cartão."})
    await expect(page.get_by_text("SCAM: Pede dados do cartão.").first).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("Situação: Rejeitado")).to_be_visible()
    await look(page, "template-rejected")

    await page.get_by_role("link", name="Modelos").first.click()
    await expect(page.get_by_role("link", name="lembrete_de_agenda")).to_be_visible(timeout=PATIENCE)
    await look(page, "templates")
    await assert_accessible(page)
    assert complaints == []
    await context.close()


async def _write_one(page: Page, pytake: dict[str, Any]) -> None:
    await page.goto(f"{pytake['url']}/templates?new=true")
    form = page.get_by_role("dialog")
    await form.get_by_label("Nome").fill("Lembrete de agenda")
    await expect(form.get_by_label("Nome")).to_have_value("lembrete_de_agenda")
    await form.get_by_role("button", name="Criar e escrever").click()

    body = page.get_by_label("Texto da mensagem")
    await body.fill("{{1}} olá")
    await expect(page.get_by_text("O texto não pode começar com uma variável.")).to_be_visible()
    await look(page, "template-wrong")
    await body.fill("Olá {{1}}, sua consulta é às {{2}} de amanhã.")
    await page.get_by_label("Amostra de {{1}}").fill("Maria")
    await page.get_by_label("Amostra de {{2}}").fill("9h")
    phone = page.get_by_role("figure", name="Prévia")
    await expect(phone).to_contain_text("Olá Maria, sua consulta é às 9h de amanhã.")

    await page.get_by_role("button", name="Adicionar botão").click()
    await page.get_by_role("menuitem", name="Resposta rápida").click()
    await page.get_by_label("Texto do botão").fill("Confirmar")
    await expect(phone).to_contain_text("Confirmar")
    await look(page, "template-editor")
    await assert_accessible(page)


async def _decide(pytake: dict[str, Any], **decision: Any) -> None:
    """As on the simulator's page of the business account."""
    async with httpx.AsyncClient(base_url=pytake["phone"]) as meta:
        items = (await meta.get("/_simulator/templates")).json()["items"]
        (template,) = [each for each in items if each["name"] == "lembrete_de_agenda"]
        answer = await meta.post(f"/_simulator/templates/{template['id']}", json={"do": "status", **decision})
        assert answer.status_code == 200, answer.text


async def _sign_in(context: BrowserContext, pytake: dict[str, Any]) -> Page:
    page = await context.new_page()
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill(pytake["password"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)
    return page
