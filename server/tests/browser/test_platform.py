"""Whoever operates the installation: organizations made, limited, suspended, deleted and brought back."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import SCHEMES, SIZES, fits, look, paint
from tests.browser.newcomers import Newcomer
from tests.browser.test_shell import PATIENCE, sign_in

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def page(browser: Browser, pytake: dict[str, Any], operator: Newcomer) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    page = await sign_in(context, pytake["url"], operator.email, operator.password)
    await page.get_by_role("link", name="Empresas").click()
    await expect(_title(page, "Empresas")).to_be_visible()
    yield page
    await context.close()


def _title(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", level=1, name=name)


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


async def _create(page: Page, name: str, *, email: str = "") -> None:
    await page.get_by_role("link", name="Criar empresa").click()
    await page.get_by_label("Nome", exact=True).fill(name)
    if email:
        await page.get_by_label("Nome completo").fill("Lua Prado")
        await page.get_by_label("E-mail").fill(email)
    await _button(page, "Criar empresa").click()
    await expect(_title(page, name)).to_be_visible(timeout=PATIENCE)


async def test_from_its_making_to_its_deletion_and_back(page: Page) -> None:
    await look(page, "platform-list")
    await page.get_by_role("link", name="Criar empresa").click()
    await _button(page, "Criar empresa").click()
    await expect(page.get_by_text("Preencha este campo.")).to_be_visible()
    await expect(page.get_by_label("Nome", exact=True)).to_be_focused()
    await page.get_by_label("Nome", exact=True).fill("Padaria Aurora")
    await _button(page, "Criar empresa").click()
    await expect(page.get_by_text("Já existe uma empresa com este identificador.")).to_be_visible()
    await look(page, "platform-new")
    await page.get_by_label("Nome", exact=True).fill("Café do Sol")
    await expect(page.get_by_label("Identificador")).to_have_value("cafe-do-sol")
    await page.get_by_label("Nome completo").fill("Lua Prado")
    await page.get_by_label("E-mail").fill("lua@cafe-sol.example")
    await _button(page, "Criar empresa").click()

    await expect(_title(page, "Café do Sol")).to_be_visible()
    await expect(page.get_by_text("Café do Sol foi criada.")).to_be_visible()
    await expect(page.get_by_text("Convite válido até")).to_be_visible()
    await look(page, "platform-one")

    await _button(page, "Suspender").click()
    question = page.get_by_role("dialog", name="Suspender Café do Sol?")
    await look(page, "platform-suspend")
    await question.get_by_role("button", name="Suspender").click()
    await expect(page.get_by_text("Suspensa: ninguém entra e nenhum robô responde.")).to_be_visible()
    await _button(page, "Retomar").click()
    await expect(page.get_by_text("Café do Sol voltou a funcionar.")).to_be_visible()

    await _button(page, "Excluir empresa").click()
    question = page.get_by_role("dialog", name="Excluir Café do Sol?")
    delete = question.get_by_role("button", name="Excluir empresa")
    await expect(delete).to_be_disabled()
    await question.get_by_role("textbox").fill("cafe-do-sol")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Excluída: só você a vê.")).to_be_visible()
    await _button(page, "Restaurar").click()
    await expect(page.get_by_text("Café do Sol foi restaurada.")).to_be_visible()


async def test_limits_and_plan(page: Page) -> None:
    await _create(page, "Doceria Lua")
    limits = page.get_by_role("region", name="Limites")
    people = limits.get_by_label("Pessoas que atendem")
    await expect(people).to_have_value("3")
    await people.fill("12")
    await limits.get_by_label("Contatos").fill("")
    await limits.get_by_role("button", name="Salvar").click()
    await expect(page.get_by_text("Alterações salvas.").first).to_be_visible()
    uses = page.get_by_role("region", name="Uso")
    await expect(uses.get_by_text("0 de 12")).to_be_visible()

    plan = page.get_by_role("region", name="Plano")
    await plan.get_by_role("combobox", name="Plano").click()
    await page.get_by_role("option", name="Profissional").click()
    await plan.get_by_label("Último dia do plano").fill("2031-03-09")
    await plan.get_by_role("button", name="Salvar").click()
    await expect(people).to_have_value("50")
    await page.reload()
    await expect(plan.get_by_label("Último dia do plano")).to_have_value("2031-03-09")
    await expect(people).to_have_value("50")


async def test_what_is_searched_stays_in_the_address(page: Page) -> None:
    for name in ("Livraria Norte", "Livraria Sul"):
        await _create(page, name)
        await page.get_by_role("link", name="Empresas").first.click()
    await page.get_by_label("Buscar por nome ou identificador").fill("livraria")
    rows = page.get_by_role("table", name="Empresas").get_by_role("row")
    await expect(rows).to_have_count(3)
    await page.get_by_text("Suspensas").click()
    await expect(page.get_by_text("Nenhuma empresa encontrada")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Buscar por nome ou identificador")).to_have_value("livraria")
    await page.get_by_text("Ativas").click()
    await page.get_by_role("button", name="Livraria Sul").press("Enter")
    await expect(_title(page, "Livraria Sul")).to_be_visible()
    await page.go_back()
    await expect(rows).to_have_count(3)


async def test_the_palette_finds_people_and_organizations_by_name(page: Page) -> None:
    await page.keyboard.press("Control+k")
    await page.keyboard.type("clara")
    people = page.get_by_role("group", name="Equipe")
    await expect(people.get_by_role("option", name="Clara Aurora")).to_be_visible()
    await page.get_by_role("combobox", name="Buscar").fill("padaria")
    found = page.get_by_role("group", name="Empresas").get_by_role("option", name="Padaria Aurora")
    await found.click()
    await expect(_title(page, "Padaria Aurora")).to_be_visible()


async def test_nobody_suspends_where_they_work(page: Page) -> None:
    await page.get_by_role("button", name="Padaria Aurora padaria-aurora").click()
    await expect(page.get_by_text("Esta é a sua própria empresa")).to_be_visible()
    await expect(_button(page, "Suspender")).to_be_hidden()


@pytest.mark.parametrize("size", list(SIZES))
async def test_its_pages_are_accessible_light_and_dark(page: Page, pytake: dict[str, Any], size: str) -> None:
    await page.set_viewport_size(SIZES[size])
    await page.get_by_role("button", name="Padaria Aurora padaria-aurora").click()
    await expect(_title(page, "Padaria Aurora")).to_be_visible()
    one = page.url
    for address in (
        "/platform/organizations",
        "/platform/organizations/new",
        one.removeprefix(pytake["url"]),
    ):
        await page.goto(f"{pytake['url']}{address}")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await expect(page.get_by_text("Carregando…")).to_have_count(0)
        assert await fits(page)
        for scheme in SCHEMES:
            await paint(page, scheme)
            await assert_accessible(page)
