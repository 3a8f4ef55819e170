"""Oneself: a face, a name, an address, a password, a second factor, devices, a language and a theme."""

import base64
import re
import time
from pathlib import Path
from typing import Any

import pyotp
import pytest
from httpx import AsyncClient
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import look
from tests.browser.newcomers import PATIENCE, Newcomer, a_newcomer, enter, fill_in, letter_to

pytestmark = pytest.mark.timeout(300)

PHOTO = """() => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 900, height: 600})
    const pen = canvas.getContext('2d')
    const sky = pen.createLinearGradient(0, 0, 900, 600)
    sky.addColorStop(0, '#f5b95a'); sky.addColorStop(1, '#7b4bd8')
    pen.fillStyle = sky; pen.fillRect(0, 0, 900, 600)
    pen.fillStyle = '#3a2a1a'; pen.beginPath(); pen.arc(450, 260, 130, 0, 7); pen.fill()
    pen.beginPath(); pen.ellipse(450, 600, 240, 210, 0, 0, 7); pen.fill()
    return canvas.toDataURL('image/png').split(',')[1]
}"""
FRESH = "vento azul sobre a mesa 7"


async def _context(browser: Browser) -> BrowserContext:
    return await browser.new_context(locale="pt-BR", timezone_id="America/Sao_Paulo")


def _complaints(page: Page) -> list[str]:
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda line: found.append(line.text) if "Content Security Policy" in line.text else None,
    )
    return found


async def _toast(page: Page, text: str) -> None:
    await expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)


async def test_a_face_and_a_name(browser: Browser, pytake: dict[str, Any], tmp_path: Path) -> None:
    who = await a_newcomer(pytake)
    context = await _context(browser)
    page = await enter(context, pytake, who, "/profile")
    complaints = _complaints(page)
    await expect(page.get_by_role("heading", level=1, name="Meu perfil")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)

    photo = tmp_path / "photo.png"
    photo.write_bytes(base64.b64decode(await page.evaluate(PHOTO)))
    hostile = tmp_path / "photo.svg"
    hostile.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    chooser = page.locator("input[type=file]")
    await chooser.set_input_files(hostile)
    await expect(page.get_by_role("alert")).to_contain_text("Não foi possível abrir")
    await chooser.set_input_files(photo)
    dialog = page.get_by_role("dialog", name="Enquadre a sua foto")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("application").focus()
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("+")
    await assert_accessible(page)
    await look(page, "profile-crop")
    await dialog.get_by_role("button", name="Usar esta foto").click()
    await _toast(page, "Foto atualizada.")

    shown = page.locator("img[src^='/api/v1/avatars/']")
    await expect(shown).to_have_count(2)
    assert await shown.first.evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 320
    await page.get_by_label("Nome", exact=True).fill("Marina Duarte Lima")
    await page.get_by_label("Telefone").fill("ligue já")
    await page.get_by_role("button", name="Salvar").click()
    await expect(page.get_by_text("Use só números")).to_be_visible()
    await page.get_by_label("Telefone").fill("+55 11 98765-4321")
    await page.keyboard.press("Enter")
    await _toast(page, "Perfil salvo.")
    await expect(page.get_by_role("button", name=re.compile("Marina Duarte Lima"))).to_be_visible()
    await look(page, "profile-you")

    await page.reload()
    await expect(shown).to_have_count(2, timeout=PATIENCE)
    await page.get_by_role("button", name="Remover foto").click()
    await _toast(page, "Foto removida.")
    await expect(shown).to_have_count(0)
    assert complaints == []
    await context.close()


async def test_a_new_address_is_confirmed_by_its_letter(browser: Browser, pytake: dict[str, Any]) -> None:
    who = await a_newcomer(pytake)
    fresh = f"nova-{who.email}"
    context = await _context(browser)
    page = await enter(context, pytake, who, "/profile")
    await page.get_by_role("button", name="Trocar e-mail").click()
    dialog = page.get_by_role("dialog", name="Trocar o seu e-mail")
    await dialog.get_by_label("Novo e-mail").fill(fresh)
    await dialog.get_by_label("Sua senha").fill("não é esta")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("Esta não é a sua senha atual.")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await dialog.get_by_label("Sua senha").fill(who.password)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(f"Falta confirmar {fresh}")).to_be_visible(timeout=PATIENCE)
    await look(page, "profile-email-waiting")

    async with AsyncClient(base_url=pytake["url"]) as client:
        letter = await letter_to(client, fresh)
        notice = await letter_to(client, who.email)
    assert fresh in notice
    link = re.search(r"https?://\S+(/change-email#\S+)", letter)
    assert link is not None, letter
    mailbox = await context.new_page()
    await mailbox.goto(f"{pytake['url']}{link[1]}")
    await expect(mailbox.get_by_text(f"Usar {fresh}")).to_be_visible(timeout=PATIENCE)
    assert "#" not in mailbox.url
    await assert_accessible(mailbox)
    await look(mailbox, "change-email")
    await mailbox.get_by_role("button", name="Confirmar novo e-mail").click()
    await expect(mailbox.get_by_text("E-mail trocado")).to_be_visible(timeout=PATIENCE)
    await mailbox.get_by_role("link", name="Ir para o meu perfil").click()
    await expect(mailbox.get_by_text(fresh, exact=True).first).to_be_visible(timeout=PATIENCE)
    await expect(mailbox.get_by_text("Confirmado", exact=True)).to_be_visible()
    again = await context.new_page()
    await again.goto(f"{pytake['url']}{link[1]}")
    await expect(again.get_by_text("Este link não serve mais")).to_be_visible(timeout=PATIENCE)
    await context.close()


async def test_a_second_factor_and_the_way_back(
    browser: Browser, pytake: dict[str, Any], tmp_path: Path
) -> None:
    who = await a_newcomer(pytake)
    context = await _context(browser)
    page = await enter(context, pytake, who, "/profile/security")
    complaints = _complaints(page)
    await page.get_by_role("button", name="Ativar", exact=True).click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Sua senha").fill(who.password)
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("img", name="Código QR")).to_be_visible(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "profile-two-factor")
    app = pyotp.TOTP((await dialog.locator("code").inner_text()).replace(" ", ""))
    await dialog.get_by_label("Código de 6 dígitos").fill("000 000")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("Código errado ou já usado")).to_be_visible(timeout=PATIENCE)
    await dialog.get_by_label("Código de 6 dígitos").fill(app.now())
    await page.keyboard.press("Enter")

    codes = dialog.get_by_role("list", name="Códigos de recuperação").get_by_role("listitem")
    await expect(codes).to_have_count(10, timeout=PATIENCE)
    await page.keyboard.press("Escape")
    await expect(codes).to_have_count(10)
    recovery = await codes.all_inner_texts()
    async with page.expect_download() as download:
        await dialog.get_by_role("button", name="Baixar").click()
    await (await download.value).save_as(tmp_path / "codes.txt")
    assert all(code in (tmp_path / "codes.txt").read_text() for code in recovery)
    await assert_accessible(page)
    await look(page, "profile-recovery-codes")
    await expect(dialog.get_by_role("button", name="Concluir")).to_be_disabled()
    await dialog.get_by_label("Guardei os códigos").check()
    await dialog.get_by_role("button", name="Concluir").click()
    await expect(page.get_by_text("Restam 10 códigos de recuperação.")).to_be_visible(timeout=PATIENCE)

    await _sign_in_with(pytake, who, [app.at(int(time.time()) + 30), *recovery[:8]])
    await page.reload()
    await expect(page.get_by_text("Restam 2 códigos de recuperação.")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("Gere novos códigos antes que acabem")).to_be_visible()
    await look(page, "profile-security-few-codes")
    await page.get_by_role("button", name="Desativar").click()
    await dialog.get_by_label("Sua senha").fill(who.password)
    await dialog.get_by_label("Código do aplicativo ou de recuperação").fill(recovery[8])
    await assert_accessible(page)
    await page.keyboard.press("Enter")
    await _toast(page, "Verificação em duas etapas desativada.")
    await expect(page.get_by_role("button", name="Ativar", exact=True)).to_be_visible()
    assert complaints == []
    await context.close()


async def _sign_in_with(pytake: dict[str, Any], who: Newcomer, codes: list[str]) -> None:
    """With each of them once. The app's code of before is used up; the next half minute's is good already."""
    body = {"email": who.email, "password": who.password}
    async with AsyncClient(base_url=pytake["url"]) as client:
        asked = await client.post("/api/v1/auth/login", json=body)
        assert asked.json()["error"]["code"] == "second_factor_needed"
        for code in codes:
            entered = await client.post("/api/v1/auth/login", json=body | {"code": code})
            assert entered.status_code == 200, entered.text


async def test_devices_and_a_new_password(browser: Browser, pytake: dict[str, Any]) -> None:
    who = await a_newcomer(pytake)
    here, there = (
        await _context(browser),
        await browser.new_context(
            locale="pt-BR",
            user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
        ),
    )
    page, phone = await enter(here, pytake, who, "/profile/devices"), await enter(there, pytake, who)
    await expect(phone.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)
    await page.reload()
    devices = page.get_by_role("list", name="Aparelhos conectados").get_by_role("listitem")
    await expect(devices).to_have_count(2, timeout=PATIENCE)
    await expect(devices.first).to_contain_text("Este aparelho")
    await expect(devices.last).to_contain_text("Safari no iOS")
    await assert_accessible(page)
    await look(page, "profile-devices")
    await page.get_by_role("button", name="Desconectar Safari no iOS").click()
    question = page.get_by_role("dialog", name="Desconectar Safari no iOS?")
    await question.get_by_role("button", name="Desconectar").click()
    await _toast(page, "Safari no iOS foi desconectado.")
    await expect(devices).to_have_count(1)
    await phone.reload()
    await expect(phone.get_by_role("heading", name="Entre na sua conta")).to_be_visible(timeout=PATIENCE)

    await fill_in(phone, who)
    await expect(phone.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("link", name="Senha e acesso").click()
    await page.get_by_label("Senha atual").fill("não é esta")
    await page.get_by_label("Nova senha").fill(FRESH)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Esta não é a sua senha atual.")).to_be_visible(timeout=PATIENCE)
    await page.get_by_label("Senha atual").fill(who.password)
    await assert_accessible(page)
    await look(page, "profile-security")
    await page.keyboard.press("Enter")
    await _toast(page, "Senha trocada.")
    await phone.reload()
    await expect(phone.get_by_role("heading", name="Entre na sua conta")).to_be_visible(timeout=PATIENCE)

    await page.get_by_role("link", name="Aparelhos").click()
    await page.get_by_role("button", name="Sair de todos").click()
    await page.get_by_role("dialog").get_by_role("button", name="Sair de todos").click()
    await expect(page.get_by_role("heading", name="Entre na sua conta")).to_be_visible(timeout=PATIENCE)
    await here.close()
    await there.close()


async def test_language_and_theme_follow_to_another_browser(browser: Browser, pytake: dict[str, Any]) -> None:
    who = await a_newcomer(pytake)
    here, there = await _context(browser), await _context(browser)
    page = await enter(here, pytake, who, "/profile/appearance")
    await expect(page.get_by_role("radio", name="Português")).to_be_checked(timeout=PATIENCE)
    await assert_accessible(page)
    await look(page, "profile-appearance")
    await page.get_by_role("radio", name="Escuro").click()
    await expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    async with page.expect_response(lambda answer: answer.url.endswith("/api/v1/profile")):
        await page.get_by_role("radio", name="Español").click()
    await expect(page.get_by_role("heading", level=1, name="Mi perfil")).to_be_visible()
    await assert_accessible(page)

    other = await enter(there, pytake, who, "/profile")
    await expect(other.get_by_role("heading", level=1, name="Mi perfil")).to_be_visible(timeout=PATIENCE)
    await expect(other.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    await expect(other.locator("html")).to_have_attribute("lang", "es")
    await here.close()
    await there.close()
