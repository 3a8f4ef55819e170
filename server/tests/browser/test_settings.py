"""What an administrator keeps in order: the organization, its API keys, and what everybody did."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from pytake.identity.types import Limit
from tests.browser.axe import assert_accessible
from tests.browser.looks import look

pytestmark = pytest.mark.timeout(300)

PATIENCE = 20_000
MONTHS = [
    (f"2026-{month:02}-01", sent, received)
    for month, sent, received in ((11, 9_400, 12_010), (10, 8_100, 11_400), (9, 3_000, 2_800), (6, 410, 600))
]


@pytest.fixture
async def context(browser: Browser) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="pt-BR", timezone_id="America/Sao_Paulo"
    )


async def test_what_is_changed_and_what_a_key_did_is_found_again(
    context: BrowserContext, pytake: dict[str, Any]
) -> None:
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    page = await _sign_in(context, pytake)

    await _rename_the_organization(page, pytake)
    key = await _create_a_key(page, pytake)
    url, headers = f"{pytake['url']}/api/v1/conversations", {"authorization": f"Bearer {key}"}
    called = await context.request.get(url, headers=headers)
    assert called.status == 200

    await _revoke_it(page)
    refused = await context.request.get(url, headers=headers)
    assert refused.status == 401

    await _find_it_all_in_the_audit_log(page, pytake)
    assert complaints == []
    await context.close()


async def test_the_end_of_the_organization_is_meant(context: BrowserContext, pytake: dict[str, Any]) -> None:
    page = await _sign_in(context, pytake)
    await page.goto(f"{pytake['url']}/settings/organization")
    slug = await page.get_by_label("Identificador").input_value()

    await page.get_by_role("button", name="Excluir a empresa…").click()
    question = page.get_by_role("dialog")
    await expect(question.get_by_role("button", name="Excluir a empresa")).to_be_disabled()
    await question.get_by_role("textbox").fill(slug)
    await expect(question.get_by_role("button", name="Excluir a empresa")).to_be_enabled()
    await look(page, "organization-delete")
    await page.keyboard.press("Escape")
    await expect(question).to_be_hidden()
    await expect(page.get_by_role("heading", level=1, name="Empresa")).to_be_visible()
    await context.close()


async def test_what_a_plan_allows_is_shown_as_meters(context: BrowserContext, pytake: dict[str, Any]) -> None:
    page = await _sign_in(context, pytake)
    uses = [(20, 3), (1, 1), (100_000, 81_234), (3, 4), (5, 0), (10_000, 9_400)]
    usage = {
        "limits": {
            limit.value: {"allowed": allowed, "used": used, "is_more": False}
            for limit, (allowed, used) in zip(Limit, uses, strict=True)
        },
        "months": [{"month": month, "sent": sent, "received": received} for month, sent, received in MONTHS],
    }
    await page.route("**/api/v1/organization/usage", lambda route: route.fulfill(json=usage))
    await page.goto(f"{pytake['url']}/settings/organization")

    contacts = page.get_by_role("meter", name="Contatos")
    await expect(contacts).to_have_attribute("aria-valuetext", "81.234 de 100.000", timeout=PATIENCE)
    await expect(page.get_by_text("81% do limite. Restam 18.766.")).to_be_visible()
    await expect(page.get_by_text("Limite atingido")).to_be_visible()
    await expect(page.get_by_text("Acima do limite")).to_be_visible()
    await page.get_by_role("list", name="Mensagens por mês").scroll_into_view_if_needed()
    await assert_accessible(page)
    await look(page, "organization-limits")
    await context.close()


# --- the steps ------------------------------------------------------------------------------------------


async def _rename_the_organization(page: Page, pytake: dict[str, Any]) -> None:
    await page.goto(f"{pytake['url']}/settings/organization")
    await expect(page.get_by_text("Pessoas que atendem")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "organization")

    slug = page.get_by_label("Identificador")
    await slug.fill("Com Espaço")
    await page.get_by_role("button", name="Salvar alterações").click()
    await expect(page.get_by_text("Use letras minúsculas sem acento")).to_be_visible()
    await page.get_by_role("button", name="Descartar").click()

    await page.get_by_label("Nome", exact=True).fill("Padaria Aurora da Vila")
    zone = page.get_by_role("combobox", name="Fuso horário")
    await zone.click()
    await zone.fill("cuiaba")
    await page.get_by_role("option", name="Cuiabá").click()
    await page.get_by_role("button", name="Salvar alterações").click()
    await expect(page.get_by_text("Dados da empresa salvos.")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("Padaria Aurora da Vila").first).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Nome", exact=True)).to_have_value(
        "Padaria Aurora da Vila", timeout=PATIENCE
    )
    await expect(zone).to_have_value("Cuiabá (GMT-4)")


async def _create_a_key(page: Page, pytake: dict[str, Any]) -> str:
    await page.goto(f"{pytake['url']}/settings/api-keys")
    await expect(page.get_by_text("Nenhuma chave ainda")).to_be_visible(timeout=PATIENCE)
    await look(page, "api-keys-empty")
    await page.get_by_role("button", name="Criar chave").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Criar chave").click()
    await expect(dialog.get_by_text("Escolha pelo menos uma permissão.")).to_be_visible()

    await dialog.get_by_label("Nome").fill("Loja virtual")
    await dialog.get_by_role("button", name="Atendimento").click()
    await expect(dialog.get_by_label("Ver todas as conversas")).to_be_checked()
    await assert_accessible(page)
    await look(page, "api-keys-new")
    await dialog.get_by_role("button", name="Criar chave").click()

    made = page.get_by_role("dialog", name="Guarde esta chave agora")
    key = await made.get_by_label("Chave", exact=True).inner_text(timeout=PATIENCE)
    assert key in await made.get_by_label("Experimente no terminal").inner_text()
    await assert_accessible(page)
    await look(page, "api-keys-made")
    await made.get_by_role("button", name="Já guardei a chave").click()
    await expect(page.get_by_text(key)).to_be_hidden()
    await look(page, "api-keys")
    await assert_accessible(page)
    return key


async def _revoke_it(page: Page) -> None:
    await page.get_by_role("button", name="Loja virtual").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Nome").fill("Loja antiga")
    await dialog.get_by_role("button", name="Salvar").click()
    await expect(page.get_by_text("Nome da chave salvo.")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "api-keys-one")
    await dialog.get_by_role("button", name="Revogar").click()
    await page.get_by_role("button", name="Revogar a chave").click()
    await expect(page.get_by_text("A chave Loja antiga foi revogada.")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_role("heading", name="1 chave encerrada")).to_be_visible(timeout=PATIENCE)
    await look(page, "api-keys-ended")


async def _find_it_all_in_the_audit_log(page: Page, pytake: dict[str, Any]) -> None:
    await page.goto(f"{pytake['url']}/settings/audit")
    await expect(page.get_by_text("revogou a chave de API Loja antiga")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("mudou o nome de Loja virtual para Loja antiga")).to_be_visible()
    await page.get_by_role("button", name="Verificar agora").click()
    await expect(page.get_by_text("Íntegra:")).to_be_visible(timeout=PATIENCE)

    changed = page.get_by_role("button", name="alterou os dados da empresa: nome e fuso horário")
    await changed.click()
    row = page.get_by_role("row", name="fuso horário")
    await expect(row).to_contain_text("America/Sao_Paulo")
    await expect(row).to_contain_text("America/Cuiaba")
    await expect(page.get_by_text("Chrome no Linux")).to_be_visible()
    await assert_accessible(page)
    await look(page, "audit")

    await page.get_by_role("combobox", name="Sobre").click()
    await page.get_by_role("option", name="Chaves de API").click()
    await expect(changed).to_be_hidden(timeout=PATIENCE)
    assert "about=api_key" in page.url
    await page.reload()
    await expect(page.get_by_text("criou a chave de API Loja virtual")).to_be_visible(timeout=PATIENCE)
    await expect(changed).to_be_hidden()

    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Exportar CSV").click()
    file = _text(await (await waiting.value).path())
    assert [line[5] for line in csv.reader(io.StringIO(file), delimiter=";")] == [
        "action",
        "api_key.revoked",
        "api_key.updated",
        "api_key.created",
    ]


def _text(path: Path) -> str:
    return path.read_text("utf-8-sig")


async def _sign_in(context: BrowserContext, pytake: dict[str, Any]) -> Page:
    page = await context.new_page()
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill(pytake["password"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)
    return page
