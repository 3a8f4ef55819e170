"""A number's life in the browser: connected, proven, guarded, shown, disconnected and connected again."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import SIZES, look
from tests.browser.numbers import (
    APP_ID,
    DEMO_NUMBER_ID,
    PATIENCE,
    SECRETS,
    TOKEN,
    WABA_ID,
    Meta,
    a_page,
    at_meta,
    button,
    connected,
    says,
)
from tests.browser.test_profile import PHOTO

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def meta(pytake: dict[str, Any]) -> AsyncIterator[Meta]:
    async with at_meta(pytake) as meta:
        yield meta


@pytest.fixture
async def page(browser: Browser, pytake: dict[str, Any]) -> AsyncIterator[Page]:
    async with a_page(browser, pytake) as page:
        yield page


async def test_it_is_connected_disconnected_and_finds_its_history_again(
    page: Page, meta: Meta, pytake: dict[str, Any]
) -> None:
    await page.goto(f"{pytake['url']}/numbers/connect")
    await _make_app(page)
    await _paste_at_meta(page, meta)
    await _choose_number(page)
    await _prove_and_register(page)
    await look(page, "numbers-test")
    await meta.nina_says("oi, vocês abrem domingo?")
    await expect(page.get_by_text("Chegou! O número está funcionando.")).to_be_visible(timeout=PATIENCE)
    await look(page, "numbers-done")

    await page.get_by_role("button", name="Ir para os números").click()
    await look(page, "numbers-list")
    await page.get_by_role("link", name="Loja do Centro").click()
    health = page.get_by_role("region", name="Como ele está")
    await expect(health.get_by_text("Conectado", exact=True)).to_be_visible(timeout=PATIENCE)
    await expect(health.get_by_text("2.000 pessoas em 24 horas")).to_be_visible()
    await look(page, "number")
    await assert_accessible(page)

    await page.get_by_role("button", name="Desconectar").click()
    question = page.get_by_role("dialog", name="Desconectar Loja do Centro?")
    await look(page, "number-disconnect")
    await question.get_by_role("button", name="Desconectar").click()
    await expect(page.get_by_text("Loja do Centro foi desconectado.")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_role("link", name="Loja do Centro")).to_have_count(0)
    await _see_thread(page, "oi, vocês abrem domingo?")

    await page.goto(f"{pytake['url']}/numbers/connect")
    await page.get_by_role("radio", name="App do Centro").check()
    await button(page, "Continuar").click()
    await expect(page.get_by_text("Webhook verificado")).to_be_visible(timeout=PATIENCE)
    await button(page, "Continuar").click()
    await _choose_number(page)
    await meta.nina_says("e feriado?")
    await expect(page.get_by_text("Chegou! O número está funcionando.")).to_be_visible(timeout=PATIENCE)
    await _see_thread(page, "oi, vocês abrem domingo?", "e feriado?")


async def test_what_guards_it_is_changed_and_meta_s_refusals_are_said_in_words(
    page: Page, meta: Meta, pytake: dict[str, Any]
) -> None:
    await connected(page, meta, pytake)
    address = page.url
    registering = page.get_by_role("region", name="Registro na Meta")
    await _guess_wrongly(page, registering, meta)
    await _change_pin(page, registering)

    app = page.get_by_role("region", name="App da Meta")
    await app.get_by_role("button", name="Trocar a chave secreta").click()
    await app.get_by_label("Nova chave secreta", exact=True).fill(SECRETS[1])
    await look(page, "number-secret")
    await app.get_by_role("button", name="Trocar a chave secreta").click()
    question = page.get_by_role("dialog", name="Trocar a chave secreta de")
    await question.get_by_role("button", name="Trocar a chave secreta").click()
    await expect(app.get_by_text("Ainda vale até")).to_be_visible()
    await expect(page.get_by_text(SECRETS[1])).to_have_count(0)
    await meta.nina_says("ainda com a chave anterior")
    await says(page, "Nina Prado", "ainda com a chave anterior")
    await meta.app(SECRETS[1])
    await page.goto(address)
    await app.get_by_role("button", name="Esquecer já").click()
    question = page.get_by_role("dialog", name="Esquecer a chave anterior?")
    await question.get_by_role("button", name="Esquecer já").click()
    await expect(app.get_by_text("Ainda vale até")).to_be_hidden()
    await meta.nina_says("já com a nova")
    await says(page, "Nina Prado", "já com a nova")


async def test_its_picture_is_chosen_framed_and_seen(
    page: Page, meta: Meta, pytake: dict[str, Any], tmp_path: Path
) -> None:
    await connected(page, meta, pytake)
    profile = page.get_by_role("region", name="O que os clientes veem")
    await expect(profile.get_by_role("button", name="Escolher foto")).to_be_visible()
    saved: list[str] = []
    page.on("request", lambda request: saved.append(request.url) if request.method == "PATCH" else None)
    photo = tmp_path / "photo.png"
    photo.write_bytes(base64.b64decode(await page.evaluate(PHOTO)))

    await profile.locator("input[type=file]").set_input_files(photo)
    dialog = page.get_by_role("dialog", name="Enquadre a foto do perfil")
    await look(page, "number-crop")
    await dialog.get_by_role("button", name="Usar esta foto").click()

    await expect(page.get_by_text("Foto enviada ao WhatsApp.")).to_be_visible()
    shown = profile.get_by_role("img", name="Foto do perfil")
    await expect(shown).to_have_count(2)
    await expect(shown.first).to_have_js_property("naturalWidth", 640)
    await expect(profile.get_by_role("button", name="Trocar foto")).to_be_visible()
    await profile.get_by_label("Recado").scroll_into_view_if_needed()
    await look(page, "number-picture")
    assert saved == [], "the dialog is no part of the profile's form"
    await assert_accessible(page)
    await page.reload()
    await expect(shown).to_have_count(2, timeout=PATIENCE)


@pytest.mark.parametrize("size", list(SIZES))
async def test_an_alert_covers_neither_the_thread_nor_a_page_s_end(
    page: Page, meta: Meta, pytake: dict[str, Any], size: str
) -> None:
    await page.set_viewport_size(SIZES[size])
    customer = {"wa_id": "5511900000778", "name": "Otávio Reis"}
    await meta.client.post("/_simulator/customers", json=customer)
    said = {"do": "text", "text": f"oi de {size}", "phone_number_id": DEMO_NUMBER_ID}
    await meta.ask("POST", f"customers/{customer['wa_id']}/messages", **said)
    standing = f"numbers/{DEMO_NUMBER_ID}/standing"
    await meta.ask("PATCH", standing, quality_rating="RED", messaging_limit="TIER_10K")
    try:
        await says(page, "Otávio Reis", f"oi de {size}")
        alert = page.get_by_role("status").filter(has_text="a qualidade caiu")
        await expect(alert).to_be_visible(timeout=PATIENCE)
        await look(page, "alert-thread")
        await page.set_viewport_size(SIZES[size])
        thread = page.get_by_role("region", name="Mensagens de Otávio Reis")
        await _side_by_side(page, alert, thread)
        await _side_by_side(page, alert, page.get_by_role("main"))
        if size == "phone":
            await page.goto(f"{pytake['url']}/templates")
            await expect(alert).to_be_visible(timeout=PATIENCE)
            await _side_by_side(page, alert, page.get_by_role("contentinfo"))
            await _side_by_side(page, alert, page.get_by_role("main"))
    finally:
        await meta.ask("PATCH", standing, quality_rating="GREEN", messaging_limit="TIER_2K")
    await expect(alert).to_be_hidden(timeout=PATIENCE)


async def _side_by_side(page: Page, one: Locator, other: Locator) -> None:
    """Both are seen whole, and neither covers the other."""
    first, second = await _box(one), await _box(other)
    apart = (
        first["y"] >= _end(second) or second["y"] >= _end(first),
        first["x"] >= second["x"] + second["width"] or second["x"] >= first["x"] + first["width"],
    )
    assert any(apart), (first, second)
    height = await page.evaluate("window.innerHeight")
    assert max(_end(first), _end(second)) <= height


async def _box(of: Locator) -> FloatRect:
    box = await of.bounding_box()
    assert box
    assert box["height"]
    return box


def _end(box: FloatRect) -> float:
    return box["y"] + box["height"]


# --- the wizard ------------------------------------------------------------------------------------------


async def _make_app(page: Page) -> None:
    await page.get_by_role("radio", name="Novo app").check()
    await page.get_by_label("Nome", exact=True).fill("App do Centro")
    await page.get_by_label("ID do app", exact=True).fill(APP_ID)
    await page.get_by_label("Chave secreta do app", exact=True).fill(SECRETS[0])
    await look(page, "numbers-app")
    await assert_accessible(page)
    await button(page, "Continuar").click()


async def _paste_at_meta(page: Page, meta: Meta) -> None:
    """Copied by the buttons, as somebody does it."""
    await expect(page.get_by_text("Esperando a Meta…")).to_be_visible()
    pasted = []
    for what in ("URL de callback", "Token de verificação"):
        await button(page, f"Copiar: {what}").click()
        pasted.append(await page.evaluate("navigator.clipboard.readText()"))
    await look(page, "numbers-webhook")
    await assert_accessible(page)
    meta.address = {"callback_url": pasted[0], "verify_token": pasted[1]}
    await meta.app(SECRETS[0])
    await expect(page.get_by_text("Webhook verificado")).to_be_visible(timeout=PATIENCE)
    await button(page, "Continuar").click()


async def _choose_number(page: Page) -> None:
    await page.get_by_label("ID da conta do WhatsApp Business").fill(WABA_ID)
    await page.get_by_label("Token de acesso", exact=True).fill(TOKEN)
    await button(page, "Buscar os números").click()
    await expect(page.get_by_role("radio", name="Loja do Centro")).to_be_checked()
    await look(page, "numbers-choose")
    await assert_accessible(page)
    await button(page, "Conectar este número").click()
    await expect(page.get_by_text("Esperando a sua mensagem…")).to_be_visible(timeout=PATIENCE)


async def _prove_and_register(page: Page) -> None:
    await expect(button(page, "Confirmar o código")).to_be_visible()
    await button(page, "Registrar").click()
    await page.get_by_label("PIN de 6 dígitos", exact=True).fill("212834")
    await button(page, "Registrar na Meta").click()
    await expect(page.get_by_text("O número ainda não foi verificado.")).to_be_visible()
    await button(page, "Verificar o número").click()
    await page.get_by_role("radio", name="Por ligação").check()
    await button(page, "Pedir o código").click()
    await expect(page.get_by_text("A Meta está ligando para o número.")).to_be_visible()
    code = page.get_by_label("Código de 6 dígitos")
    await code.fill("000000")
    await button(page, "Confirmar o código").click()
    await expect(page.get_by_text("O código está errado ou venceu.")).to_be_visible()
    await look(page, "numbers-code")
    await assert_accessible(page)
    await code.fill("123-456")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Número verificado.")).to_be_visible()
    await page.get_by_label("PIN de 6 dígitos", exact=True).fill("212834")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Número registrado.")).to_be_visible()


# --- once it is here -------------------------------------------------------------------------------------


async def _guess_wrongly(page: Page, registering: Locator, meta: Meta) -> None:
    await button(registering, "Registrar").click()
    pin = registering.get_by_label("PIN de 6 dígitos", exact=True)
    await pin.fill("111111")
    await page.keyboard.press("Enter")
    await expect(registering.get_by_role("alert")).to_contain_text("O PIN não é o da verificação")
    await look(page, "number-pin-wrong")
    fault = {"side": "graph", "action": "error", "endpoint": "register", "code": 133008, "times": 1}
    await meta.ask("POST", "faults", **fault)
    await page.keyboard.press("Enter")
    await expect(registering.get_by_role("alert")).to_contain_text("Foram PINs errados demais")
    await expect(registering.get_by_role("alert")).to_contain_text("(133008)")
    await pin.fill("212834")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Número registrado.")).to_be_visible()
    await expect(pin).to_be_hidden()


async def _change_pin(page: Page, registering: Locator) -> None:
    await button(registering, "Definir ou trocar o PIN").click()
    await registering.get_by_label("Novo PIN de 6 dígitos", exact=True).fill("445566")
    await registering.get_by_label("O PIN de novo", exact=True).fill("445567")
    await button(registering, "Definir o PIN").click()
    await expect(registering.get_by_text("Os dois PINs são diferentes.")).to_be_visible()
    await registering.get_by_label("O PIN de novo", exact=True).fill("445566")
    await button(registering, "Definir o PIN").click()
    question = page.get_by_role("dialog", name="Definir este PIN?")
    await look(page, "number-pin")
    await question.get_by_role("button", name="Definir o PIN").click()
    await expect(page.get_by_text("O PIN é este agora.")).to_be_visible()


async def _see_thread(page: Page, *texts: str) -> None:
    for text in texts:
        await says(page, "Nina Prado", text)
