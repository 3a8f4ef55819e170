"""A template's life in the browser: written, submitted, decided about at Meta, seen at once."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import look

pytestmark = pytest.mark.timeout(300)

PATIENCE = 30_000
PAGE = 60


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


async def test_a_long_list_goes_on_where_it_ended(context: BrowserContext, pytake: dict[str, Any]) -> None:
    async with httpx.AsyncClient(base_url=f"{pytake['url']}/api/v1", timeout=30) as client:
        made = await _many_drafts(client, pytake, PAGE + 3)
        page = await _sign_in(context, pytake)
        await page.goto(f"{pytake['url']}/templates?q=lista_longa_")
        shown = page.get_by_role("list", name="Modelos de mensagem").get_by_role("listitem")
        await expect(shown).to_have_count(PAGE, timeout=PATIENCE)
        more = page.get_by_role("button", name="Carregar mais")
        await more.scroll_into_view_if_needed()
        await look(page, "templates-more")

        await more.press("Enter")

        await expect(shown).to_have_count(PAGE + 3, timeout=PATIENCE)
        await expect(more).to_have_count(0)
        links = await shown.get_by_role("link").evaluate_all("links => links.map(link => link.pathname)")
        assert sorted(links) == sorted(f"/templates/{template_id}" for template_id in made)
        for template_id in made:
            (await client.delete(f"/templates/{template_id}")).raise_for_status()
    await context.close()


async def _many_drafts(client: httpx.AsyncClient, pytake: dict[str, Any], count: int) -> list[str]:
    login = {"email": pytake["email"], "password": pytake["password"]}
    entered = (await client.post("/auth/login", json=login)).raise_for_status()
    client.headers["authorization"] = f"Bearer {entered.json()['access_token']}"
    numbers = (await client.get("/whatsapp-numbers")).raise_for_status().json()["items"]
    (number,) = [each["id"] for each in numbers if each["is_default"]]
    draft = {"whatsapp_number_id": number, "category": "UTILITY", "content": {"body_text": "Bom dia."}}
    made = [
        (await client.post("/templates", json={**draft, "name": f"lista_longa_{place}"})).raise_for_status()
        for place in range(count)
    ]
    return [answer.json()["id"] for answer in made]


async def test_a_code_that_an_app_fills_in_is_written_and_submitted(
    context: BrowserContext, pytake: dict[str, Any]
) -> None:
    page = await _sign_in(context, pytake)
    await page.goto(f"{pytake['url']}/templates?new=true")
    form = page.get_by_role("dialog")
    await form.get_by_label("Nome").fill("codigo do app")
    await form.get_by_role("combobox", name="Categoria").click()
    await page.get_by_role("option", name="Autenticação").click()
    await form.get_by_role("button", name="Criar e escrever").click()

    phone = page.get_by_role("figure", name="Prévia")
    await expect(phone).to_contain_text("Copiar código")
    await page.get_by_role("combobox", name="Como o código chega").click()
    await page.get_by_role("option", name="Preenchido sozinho").click()
    await expect(phone).to_contain_text("Preencher automaticamente")
    await page.get_by_label("Pacote do aplicativo Android").fill("app")
    await page.get_by_label("Assinatura (11 caracteres)").fill("K8a/AINcGX")
    for problem in (
        "Escreva o nome do pacote, como com.exemplo.app.",
        "São os 11 caracteres da assinatura do aplicativo.",
        "É preciso aceitar os termos da Meta.",
    ):
        await expect(page.get_by_text(problem)).to_be_visible(timeout=PATIENCE)
    await look(page, "template-code-wrong")
    await page.get_by_label("Pacote do aplicativo Android").fill("com.example.app")
    await page.get_by_label("Assinatura (11 caracteres)").fill("K8a/AINcGX7")
    await page.get_by_label("Aceito os termos da Meta").check()
    await page.get_by_label("Texto do botão que preenche").fill("Usar código")
    await expect(phone).to_contain_text("Usar código")
    await expect(page.get_by_text("É preciso aceitar os termos da Meta.")).to_be_hidden(timeout=PATIENCE)
    await look(page, "template-code")
    await assert_accessible(page)
    await page.get_by_role("button", name="Enviar para aprovação").click()
    await expect(page.get_by_text("Em análise").first).to_be_visible(timeout=PATIENCE)

    button = (await _at_meta(pytake, "codigo_do_app"))["components"][-1]["buttons"][0]
    assert button == {
        "type": "OTP",
        "otp_type": "ZERO_TAP",
        "autofill_text": "Usar código",
        "supported_apps": [{"package_name": "com.example.app", "signature_hash": "K8a/AINcGX7"}],
        "zero_tap_terms_accepted": True,
    }
    await context.close()


async def _at_meta(pytake: dict[str, Any], name: str) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=pytake["phone"]) as meta:
        items: list[dict[str, Any]] = (await meta.get("/_simulator/templates")).json()["items"]
    (template,) = [each for each in items if each["name"] == name]
    return template


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
    template = await _at_meta(pytake, "lembrete_de_agenda")
    async with httpx.AsyncClient(base_url=pytake["phone"]) as meta:
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
