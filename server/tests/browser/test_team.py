"""An administrator makes a team: invites, says who may do what, opens a department, shows somebody out."""

import re
from typing import Any

import pytest
from httpx import AsyncClient
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import fits, look
from tests.browser.test_first_visit import PATIENCE, SMALL, WIDE

pytestmark = pytest.mark.timeout(300)

PASSWORD = "três pães na chapa"
BIA = {"full_name": "Bia Lima", "email": "bia.lima@padaria-aurora.example"}
CAIO = {"full_name": "Caio Reis", "email": "caio.reis@padaria-aurora.example"}


async def test_an_administrator_makes_a_team(browser: Browser, pytake: dict[str, Any]) -> None:
    context = await browser.new_context(viewport=WIDE, locale="pt-BR", timezone_id="America/Sao_Paulo")
    complaints = _complaints(context)
    page = await _sign_in(context, pytake, pytake["email"], pytake["password"])

    await _invite_two(page, pytake)
    await _accept(pytake, BIA["email"])
    bias = await browser.new_context(viewport=WIDE, locale="pt-BR")
    theirs = await _sign_in(bias, pytake, BIA["email"], PASSWORD)
    await _look_at_people(page, pytake)
    await _change_what_bia_may_do(page)
    await expect(theirs.get_by_role("navigation", name="Navegação principal")).to_be_visible()
    await _open_a_department(page, pytake)
    await _add_bia(page)
    await _switch_bia_off(page, pytake)
    await expect(theirs.get_by_role("heading", name="Entre na sua conta")).to_be_visible(timeout=PATIENCE)
    await _remove_bia(page)
    await _delete_the_department(page, pytake)
    assert complaints == []
    await bias.close()
    await context.close()


async def test_the_team_fits_a_phone_and_goes_by_keyboard(browser: Browser, pytake: dict[str, Any]) -> None:
    context = await browser.new_context(viewport=SMALL, is_mobile=True, has_touch=True, locale="pt-BR")
    page = await _sign_in(context, pytake, pytake["email"], pytake["password"])
    for path in ("/team", "/team/invitations?all=true", "/team/departments"):
        await page.goto(pytake["url"] + path)
        await expect(page.get_by_role("navigation", name="Partes da equipe")).to_be_visible(timeout=PATIENCE)
        assert await fits(page), path
    await page.goto(pytake["url"] + "/team")
    opener = page.get_by_role("button", name=re.compile("Clara Aurora.*@"))
    await opener.focus()
    await page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Pessoa")
    await expect(drawer.get_by_text("Ninguém muda a própria função")).to_be_visible(timeout=PATIENCE)
    await expect(drawer.get_by_role("radio", name=re.compile("Administrador")).first).to_be_disabled()
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(opener).to_be_focused()
    await context.close()


# --- the steps ------------------------------------------------------------------------------------------


async def _invite_two(page: Page, pytake: dict[str, Any]) -> None:
    await page.goto(pytake["url"] + "/team")
    await page.get_by_role("link", name="Convidar pessoas").click()
    dialog = page.get_by_role("dialog", name="Convidar pessoas")
    await dialog.get_by_role("button", name="Enviar convite").click()
    await expect(dialog.get_by_text("Informe o nome.")).to_be_visible()
    await dialog.get_by_label("Nome").fill("Clara de novo")
    await dialog.get_by_label("E-mail").fill(pytake["email"])
    await dialog.get_by_role("button", name="Enviar convite").click()
    await expect(dialog.get_by_text("Já existe uma conta com este e-mail.")).to_be_visible()

    await dialog.get_by_label("Nome").fill(BIA["full_name"])
    await dialog.get_by_label("E-mail").fill(BIA["email"])
    await dialog.get_by_role("button", name="Adicionar outra pessoa").click()
    await dialog.get_by_label("Nome: Pessoa 2").fill(CAIO["full_name"])
    await dialog.get_by_label("E-mail: Pessoa 2").fill(CAIO["email"])
    await assert_accessible(page)
    await look(page, "team-invite")
    await dialog.get_by_role("button", name="Enviar 2 convites").click()
    await expect(page.get_by_text("2 convites enviados.")).to_be_visible(timeout=PATIENCE)
    await expect(dialog).to_be_hidden()

    listed = page.get_by_role("table", name="Convites enviados")
    await expect(listed.get_by_text(BIA["email"])).to_be_visible()
    await assert_accessible(page)
    await look(page, "team-invitations")
    await page.get_by_role("button", name=f"Enviar de novo para {CAIO['email']}").click()
    await expect(page.get_by_text("O anterior deixou de valer")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name=f"Cancelar o convite de {CAIO['email']}").click()
    await _agree(page, "Cancelar o convite de Caio Reis?", "Cancelar o convite")
    await expect(listed.get_by_text(CAIO["email"])).to_be_hidden()


async def _accept(pytake: dict[str, Any], email: str) -> None:
    """As the page behind the letter's link does it."""
    async with AsyncClient(base_url=pytake["url"]) as client:
        letters = (await client.get("/api/v1/outbox")).json()["items"]
        letter = next(each for each in letters if each["recipient"] == email)
        found = re.search(r"#(\S+)", letter["text"])
        assert found is not None
        body = {"token": found[1], "password": PASSWORD}
        answer = await client.post("/api/v1/invitations/accept", json=body)
        assert answer.status_code == 200, answer.text


async def _look_at_people(page: Page, pytake: dict[str, Any]) -> None:
    await page.goto(pytake["url"] + "/team")
    people = page.get_by_role("table", name="Pessoas da equipe")
    await expect(people.get_by_text(BIA["email"])).to_be_visible(timeout=PATIENCE)
    await expect(people.get_by_text("Online agora").first).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "team-people")

    await page.get_by_role("searchbox", name="Buscar por nome ou e-mail").fill("ninguém")
    await expect(page.get_by_text("Ninguém encontrado")).to_be_visible(timeout=PATIENCE)
    await expect(page).to_have_url(re.compile(r"\?q=ningu"))
    await look(page, "team-nobody")
    await page.get_by_role("button", name="Limpar os filtros").click()
    await expect(page.get_by_role("searchbox")).to_have_value("")
    await page.get_by_role("combobox", name="Função").click()
    await page.get_by_role("option", name="Atendente").click()
    await expect(people.get_by_text(pytake["email"])).to_be_hidden(timeout=PATIENCE)
    await expect(people.get_by_text(BIA["email"])).to_be_visible()
    await expect(page).to_have_url(re.compile("role=agent"))


async def _change_what_bia_may_do(page: Page) -> None:
    drawer = await _open_bia(page)
    await drawer.get_by_label("Telefone", exact=True).fill("me liga")
    await drawer.get_by_role("button", name="Salvar alterações").click()
    await expect(drawer.get_by_text("Use um telefone com DDD")).to_be_visible()
    await page.keyboard.press("Escape")
    await _stay(page)
    await drawer.get_by_label("Telefone", exact=True).fill("+55 11 91111-2222")
    await drawer.get_by_role("radio", name=re.compile("Atendente")).click()
    await drawer.get_by_role("switch", name="Supervisor").check(force=True)
    await drawer.get_by_role("button", name="Permissões além da função").click()
    given = drawer.get_by_role("checkbox", name="Ver todas as conversas da empresa")
    await expect(given).to_be_checked()
    await expect(given).to_be_disabled()
    await drawer.get_by_role("checkbox", name="Ver a auditoria").check()
    await assert_accessible(page)
    await look(page, "team-person")
    await drawer.get_by_role("button", name="Salvar alterações").click()
    await expect(page.get_by_text("Alterações salvas.")).to_be_visible(timeout=PATIENCE)
    await expect(drawer.get_by_role("button", name="Salvar alterações")).to_be_hidden()
    await page.keyboard.press("Escape")
    row = page.get_by_role("row").filter(has_text=BIA["email"])
    await expect(row.get_by_text("Supervisor")).to_be_visible(timeout=PATIENCE)
    await expect(row.get_by_text("+1 permissão")).to_be_visible()


async def _open_a_department(page: Page, pytake: dict[str, Any]) -> None:
    await page.goto(pytake["url"] + "/team/departments")
    await expect(page.get_by_role("heading", level=1, name="Departamentos")).to_be_visible(timeout=PATIENCE)
    await look(page, "team-departments-empty")
    await page.get_by_role("button", name="Novo departamento").first.click()
    dialog = page.get_by_role("dialog", name="Novo departamento")
    await dialog.get_by_label("Nome").fill("Encomendas")
    await dialog.get_by_role("radio", name="Verde").click()
    await assert_accessible(page)
    await look(page, "team-department-new")
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Novo departamento").click()
    await expect(page.get_by_role("heading", level=1, name="Encomendas")).to_be_visible(timeout=PATIENCE)

    await page.get_by_role("radio", name="Em horários definidos").check()
    await page.get_by_role("switch", name="Aberto: sábado").check(force=True)
    await page.get_by_label("segunda-feira, período 1: fecha").fill("12:00")
    await page.get_by_role("button", name="Adicionar um período: segunda-feira").click()
    await page.get_by_label("segunda-feira, período 2: abre").fill("11:00")
    await page.get_by_role("button", name="Salvar alterações").click()
    await expect(page.get_by_text("Os períodos se sobrepõem.")).to_be_visible()
    await page.get_by_label("segunda-feira, período 2: abre").fill("13:00")
    await page.get_by_label("segunda-feira, período 2: fecha").fill("18:00")
    await page.get_by_role(
        "button", name="Repetir o horário de segunda-feira nos outros dias abertos"
    ).click()
    await expect(page.get_by_label("sábado, período 2: abre")).to_have_value("13:00")
    await page.get_by_label("Tamanho máximo da fila").fill("30")
    await page.get_by_role("link", name="Equipe").click()
    await _stay(page)
    await look(page, "team-department")
    await page.locator("form").evaluate("(form) => form.scrollIntoView({ block: 'end' })")
    await assert_accessible(page)
    await page.get_by_role("button", name="Salvar alterações").click()
    await expect(page.get_by_text("Alterações salvas.")).to_be_visible(timeout=PATIENCE)
    await page.reload()
    await expect(page.get_by_label("sábado, período 1: fecha")).to_have_value("12:00", timeout=PATIENCE)
    await expect(page.get_by_label("Tamanho máximo da fila")).to_have_value("30")


async def _add_bia(page: Page) -> None:
    await page.get_by_role("button", name="Adicionar pessoa").click()
    dialog = page.get_by_role("dialog", name="Adicionar a Encomendas")
    await dialog.get_by_role("combobox", name="Quem?").fill("bia")
    await page.get_by_role("option", name=BIA["full_name"]).click()
    await dialog.get_by_role("switch", name="Departamento principal").check(force=True)
    await dialog.get_by_label("Conversas ao mesmo tempo").fill("8")
    await assert_accessible(page)
    await look(page, "team-member")
    await dialog.get_by_role("button", name="Adicionar pessoa").click()
    members = page.get_by_role("list", name="Pessoas do departamento")
    await expect(members.get_by_text("Principal · até 8 conversas · puxa da fila")).to_be_visible(
        timeout=PATIENCE
    )
    await page.get_by_role("button", name=f"Tirar {BIA['full_name']} do departamento").click()
    await page.get_by_role("button", name="Desfazer").click()
    await expect(members.get_by_text("até 8 conversas")).to_be_visible(timeout=PATIENCE)


async def _switch_bia_off(page: Page, pytake: dict[str, Any]) -> None:
    await page.goto(pytake["url"] + "/team")
    drawer = await _open_bia(page)
    await expect(drawer.get_by_role("link", name="Encomendas")).to_be_visible()
    await drawer.get_by_role("button", name="Desativar acesso").click()
    await expect(drawer.get_by_role("button", name="Reativar acesso")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "team-person-off")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("row").filter(has_text=BIA["email"])).to_contain_text("Sem acesso")


async def _remove_bia(page: Page) -> None:
    drawer = await _open_bia(page)
    await drawer.get_by_role("button", name="Remover da equipe").click()
    question = page.get_by_role("dialog", name=f"Remover {BIA['full_name']} da equipe?")
    await expect(question.get_by_text("voltam para a fila")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(question).to_be_hidden()
    await expect(drawer).to_be_visible()
    await drawer.get_by_role("button", name="Remover da equipe").click()
    await _agree(page, f"Remover {BIA['full_name']} da equipe?", "Remover da equipe")
    await expect(page.get_by_role("row").filter(has_text=BIA["email"])).to_be_hidden(timeout=PATIENCE)
    await expect(drawer).to_be_hidden()


async def _delete_the_department(page: Page, pytake: dict[str, Any]) -> None:
    await page.get_by_role("link", name="Departamentos").click()
    await expect(page.get_by_text("seg.–sáb. 09:00–12:00, 13:00–18:00")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "team-departments")
    await expect(page.get_by_role("cell", name="Ninguém ainda")).to_be_visible()
    await page.get_by_role("button", name="Encomendas").click()
    await page.get_by_role("button", name="Excluir departamento").click()
    question = page.get_by_role("dialog", name="Excluir o departamento Encomendas?")
    await question.get_by_role("textbox").fill("Encomendas")
    await _agree(page, "Excluir o departamento Encomendas?", "Excluir departamento")
    await expect(page.get_by_text("O departamento Encomendas foi excluído.")).to_be_visible(timeout=PATIENCE)
    await expect(page).to_have_url(f"{pytake['url']}/team/departments")


async def _open_bia(page: Page) -> Locator:
    await page.get_by_role("button", name=re.compile(BIA["email"])).click()
    drawer = page.get_by_role("dialog", name="Pessoa")
    await expect(drawer.get_by_role("heading", name=BIA["full_name"])).to_be_visible(timeout=PATIENCE)
    return drawer


async def _stay(page: Page) -> None:
    """Whoever leaves without saving is asked first, and may stay."""
    question = page.get_by_role("dialog", name="Sair sem salvar?")
    await question.get_by_role("button", name="Cancelar").click()
    await expect(question).to_be_hidden()


async def _agree(page: Page, question: str, button: str) -> None:
    dialog = page.get_by_role("dialog", name=question)
    await dialog.get_by_role("button", name=button, exact=True).click()
    await expect(dialog).to_be_hidden()


async def _sign_in(context: BrowserContext, pytake: dict[str, Any], email: str, password: str) -> Page:
    page = await context.new_page()
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Senha", exact=True).fill(password)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)
    return page


def _complaints(context: BrowserContext) -> list[str]:
    """Errors of the page, and of the content security policy; that the server refuses is no mistake."""
    found: list[str] = []
    context.on("weberror", lambda error: found.append(str(error.error)))
    context.on(
        "console",
        lambda line: (
            found.append(line.text)
            if line.type == "error" and "Failed to load resource" not in line.text
            else None
        ),
    )
    return found
