"""Every way in: in two steps, by letters, as somebody who was invited, and into an empty installation."""

import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import look
from tests.browser.test_first_visit import PATIENCE
from tests.supervisor.test_up import two_free_ports, up

pytestmark = pytest.mark.timeout(300)

PASSWORD = "pão de queijo quentinho"


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(locale="pt-BR", timezone_id="America/Sao_Paulo")
    yield context
    await context.close()


@pytest.fixture
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What `pytake up --no-demo` says of an installation that nobody has set up."""
    folder: Path = tmp_path_factory.mktemp("empty")
    with up(folder, two_free_ports(), "--no-demo") as running:
        answer = running.answer()
        assert "error" not in answer, answer
        yield answer


class Api:
    """Somebody signed in, without a browser."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self._client = httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30)
        self._login = {"email": email, "password": password}

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if "authorization" not in self._client.headers:
            login = await self._client.post("/auth/login", json=self._login)
            self._client.headers["authorization"] = f"Bearer {login.json()['access_token']}"
        answer = await self._client.post(path, json=body)
        assert answer.is_success, answer.text
        said: dict[str, Any] = answer.json()
        return said

    async def close(self) -> None:
        await self._client.aclose()


@pytest.fixture
async def clara(pytake: dict[str, Any]) -> AsyncIterator[Api]:
    """The demo's administrator."""
    api = Api(pytake["url"], pytake["email"], pytake["password"])
    yield api
    await api.close()


async def test_a_forgotten_password_by_letter(page: Page, pytake: dict[str, Any], clara: Api) -> None:
    bia = await _invited(clara, "Bia Ramos", "bia@padaria-aurora.example")
    await _open_letter(page, pytake, bia, "Convite para a equipe")
    await _choose(page, PASSWORD, "Criar conta e entrar")
    await _is_in(page)
    await _sign_out(page, "Bia Ramos")

    await page.get_by_role("link", name="Esqueci a senha").click()
    await expect(page.get_by_role("heading", name="Esqueceu a senha?")).to_be_visible()
    await expect(_email(page)).to_have_value(bia)
    await assert_accessible(page)
    await look(page, "forgot-password")
    await page.get_by_role("button", name="Enviar o link").click()
    await expect(page.get_by_role("heading", name="Confira o seu e-mail")).to_be_focused()
    await expect(page.get_by_text(bia)).to_be_visible()
    await assert_accessible(page)
    await look(page, "forgot-password-sent")

    await page.get_by_role("link", name="Abrir a caixa de saída").click()
    link = _letter(page, bia, "Crie uma nova senha").get_by_role("link")
    await expect(link).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "outbox")
    address = await link.get_attribute("href")
    assert address
    await link.click()
    await expect(page.get_by_role("heading", name="Escolha uma nova senha")).to_be_visible(timeout=PATIENCE)
    assert page.url == f"{pytake['url']}/reset-password", "the token is out of the address"
    await _new_password(page).fill("senha12345")
    await expect(page.get_by_text("Fraca")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("button", name="Salvar e entrar").click()
    await expect(page.get_by_text("Esta senha é fácil de adivinhar.")).to_be_visible(timeout=PATIENCE)
    await look(page, "reset-password-refused")
    await _choose(page, f"{PASSWORD} e café", "Salvar e entrar")
    await _is_in(page)

    await _sign_out(page, "Bia Ramos")
    await page.goto(address)
    await expect(page.get_by_role("heading", name="Este link não vale mais")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "reset-password-used")
    await page.get_by_role("link", name="Pedir um novo link").click()
    await expect(page.get_by_role("heading", name="Esqueceu a senha?")).to_be_visible()
    await page.goto(f"{pytake['url']}/reset-password")
    await expect(page.get_by_role("heading", name="Falta uma parte do endereço")).to_be_visible()


async def test_an_invitation_becomes_an_account(page: Page, pytake: dict[str, Any], clara: Api) -> None:
    caio = await _invited(clara, "Caio Lima", "caio@padaria-aurora.example")
    await _open_letter(page, pytake, caio, "Convite para a equipe")
    await expect(page.get_by_role("heading", name="Entre para a equipe de Padaria Aurora")).to_be_visible(
        timeout=PATIENCE
    )
    await expect(page.get_by_text("Clara Aurora convidou você como Atendente")).to_be_visible()
    assert page.url == f"{pytake['url']}/invitation"
    await page.get_by_label("Seu nome completo").fill("")
    await page.get_by_role("button", name="Criar conta e entrar").click()
    await expect(page.get_by_text("Informe o seu nome.")).to_be_visible()
    await expect(page.get_by_label("Seu nome completo")).to_be_focused()
    await page.get_by_label("Seu nome completo").fill("Caio Lima Neto")
    await _new_password(page).fill(PASSWORD)
    await assert_accessible(page)
    await look(page, "invitation")
    await page.keyboard.press("Enter")
    await _is_in(page)
    await expect(page.get_by_role("button", name="Caio Lima Neto").first).to_be_visible()


async def test_an_address_is_proven_with_a_click(page: Page, pytake: dict[str, Any], clara: Api) -> None:
    await clara.post("/auth/email/verification", {})
    await _open_letter(page, pytake, pytake["email"], "Confirme o seu e-mail")
    await expect(page.get_by_role("heading", name="Confirme o seu e-mail")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "verify-email")
    await page.get_by_role("button", name="Confirmar").click()
    await expect(page.get_by_role("heading", name="E-mail confirmado")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)


async def test_signing_in_takes_a_second_step(page: Page, pytake: dict[str, Any], clara: Api) -> None:
    dora = await _invited(clara, "Dora Melo", "dora@padaria-aurora.example")
    await _open_letter(page, pytake, dora, "Convite para a equipe")
    await _choose(page, PASSWORD, "Criar conta e entrar")
    await _is_in(page)
    await _sign_out(page, "Dora Melo")
    herself = Api(pytake["url"], dora, PASSWORD)
    secret = (await herself.post("/auth/two-factor/setup", {"password": PASSWORD}))["secret"]
    app = pyotp.TOTP(secret)
    codes = await herself.post("/auth/two-factor/confirm", {"code": app.now()})
    await herself.close()

    await page.reload()
    await assert_accessible(page)
    await look(page, "sign-in")
    await _enter(page, dora, PASSWORD)
    await expect(page.get_by_role("heading", name="Verificação em duas etapas")).to_be_visible(
        timeout=PATIENCE
    )
    code = page.get_by_label("Código", exact=True)
    await expect(code).to_be_focused()
    await code.press_sequentially("000000")
    await expect(page.get_by_text("Código errado ou já usado.")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "second-step")
    await page.get_by_role("button", name="Usar um código de recuperação").click()
    recovery = page.get_by_label("Código de recuperação", exact=True)
    await expect(recovery).to_be_focused()
    await recovery.fill(codes["recovery_codes"][0])
    await assert_accessible(page)
    await page.keyboard.press("Enter")
    await _is_in(page)

    await _sign_out(page, "Dora Melo")
    await expect(_email(page)).to_have_value(dora)
    await page.get_by_label("Senha", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await code.press_sequentially(app.at(int(time.time()) + 30))
    await _is_in(page)


async def test_too_many_guesses_say_how_long(page: Page, pytake: dict[str, Any]) -> None:
    nobody = "ninguem@padaria-aurora.example"
    async with httpx.AsyncClient(base_url=pytake["url"]) as client:
        for _ in range(10):
            await client.post("/api/v1/auth/login", json={"email": nobody, "password": "errada"})
    await page.goto(pytake["url"])
    await _enter(page, nobody, "errada de novo")
    await expect(page.get_by_role("alert")).to_have_text("Muitas tentativas erradas.", timeout=PATIENCE)
    await expect(page.get_by_role("timer")).to_contain_text("Tente de novo em 14:")
    await expect(page.get_by_role("button", name="Entrar")).to_be_disabled()
    await assert_accessible(page)
    await look(page, "locked")
    await _email(page).fill(pytake["email"])
    await expect(page.get_by_role("button", name="Entrar")).to_be_enabled()


async def test_an_empty_installation_is_set_up_by_who_has_the_link(page: Page, empty: dict[str, Any]) -> None:
    await page.goto(empty["url"])
    await expect(page.get_by_role("heading", name="Este PyTake ainda não foi configurado")).to_be_visible(
        timeout=PATIENCE
    )
    await assert_accessible(page)
    await look(page, "not-set-up")
    await page.goto(f"{empty['url']}/setup#invented")
    await expect(page.get_by_role("heading", name="Este link não vale mais")).to_be_visible(timeout=PATIENCE)

    await page.goto(empty["setup_url"])
    await expect(page.get_by_label("Nome da empresa")).to_be_visible(timeout=PATIENCE)
    assert page.url == f"{empty['url']}/setup"
    await page.get_by_label("Nome da empresa").fill("Café São João")
    await expect(page.get_by_label("Identificador")).to_have_value("cafe-sao-joao")
    await expect(page.get_by_role("combobox", name="Fuso horário")).to_have_value(
        "Brasília, São Paulo, Rio de Janeiro (GMT-3)"
    )
    await assert_accessible(page)
    await look(page, "setup-organization")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="E quem é você?")).to_be_focused()
    await page.get_by_role("button", name="Criar e entrar").click()
    await expect(page.get_by_label("Seu nome completo")).to_be_focused()
    await page.get_by_label("Seu nome completo").fill("João Prado")
    await _email(page).fill("joao@cafe.example")
    await _new_password(page).fill(PASSWORD)
    await assert_accessible(page)
    await look(page, "setup-owner")
    await page.get_by_role("button", name="Criar e entrar").click()
    await expect(page.get_by_role("heading", name="Tudo pronto: Café São João")).to_be_visible(
        timeout=PATIENCE
    )
    await assert_accessible(page)
    await look(page, "setup-done")
    await page.get_by_role("button", name="Ir para as conversas").click()
    await _is_in(page)
    await expect(page.get_by_text("Café São João").first).to_be_visible()

    await page.goto(empty["setup_url"])
    await expect(page.get_by_role("heading", name="Esta instalação já está pronta")).to_be_visible(
        timeout=PATIENCE
    )
    await assert_accessible(page)


# --- the steps ------------------------------------------------------------------------------------------


async def _invited(clara: Api, name: str, email: str) -> str:
    await clara.post("/invitations", {"email": email, "full_name": name, "role": "agent"})
    return email


async def _open_letter(page: Page, pytake: dict[str, Any], recipient: str, subject: str) -> None:
    await page.goto(f"{pytake['url']}/outbox")
    link = _letter(page, recipient, subject).get_by_role("link")
    await expect(link).to_be_visible(timeout=PATIENCE)
    await link.click()


def _letter(page: Page, recipient: str, subject: str) -> Locator:
    letters = page.get_by_role("article").filter(has_text=f"Para {recipient}")
    return letters.filter(has=page.get_by_role("heading", name=subject))


async def _choose(page: Page, password: str, button: str) -> None:
    await _new_password(page).fill(password)
    await page.get_by_role("button", name=button).click()


def _new_password(page: Page) -> Locator:
    return page.locator("input[autocomplete='new-password']")


def _email(page: Page) -> Locator:
    return page.get_by_label("E-mail", exact=True)


async def _enter(page: Page, email: str, password: str) -> None:
    await _email(page).fill(email)
    await page.get_by_label("Senha", exact=True).fill(password)
    await page.keyboard.press("Enter")


async def _is_in(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)


async def _sign_out(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).first.click()
    await page.get_by_role("menuitem", name="Sair").click()
    await expect(page.get_by_role("heading", name="Entre na sua conta")).to_be_visible(timeout=PATIENCE)
