"""The phone page in a real browser: `PYTAKE_TEST_CHROMIUM=$(which chromium) pytest -m browser`."""

import os
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright, expect

from simulator.samples import SAMPLES
from simulator.testing import RunningSimulator
from tests.business import MARIA, Business, Graph
from tests.test_refusals import PRODUCT, a_list, buttons, card, deck, offer, replies, rows

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("PYTAKE_TEST_CHROMIUM")  # noqa: TID251 - a test is where its process begins
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000
"""Milliseconds that an expectation waits before it fails; a busy machine takes long."""
HOSTILE = "<img src=x onerror=\"document.title='broken'\"> <b>negrito?</b>"


async def _heard(sim: RunningSimulator, business: Business, count: int) -> None:
    await sim.wait_for(lambda _record: len(business.messages) == count)


@pytest.fixture(params=["wide", "phone"])
async def page(request: pytest.FixtureRequest, sim: RunningSimulator) -> AsyncIterator[Page]:
    sim.customer(MARIA, "Maria Andrade")
    sim.customer("5531998760002", "João Pé-de-Feijão")
    small: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    wide: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context(locale="pt-BR", **(wide if request.param == "wide" else small))
        page = await context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        await page.goto(sim.base_url)
        await expect(page.get_by_role("textbox", name="Mensagem")).to_be_enabled()
        yield page
        await browser.close()
    assert complaints == []


async def test_a_photo_a_voice_and_a_document_are_sent_and_shown(
    page: Page, sim: RunningSimulator, business: Business
) -> None:
    photo = SAMPLES["photo"]
    await page.get_by_role("button", name="Anexar").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Foto").click()
    await (await chooser.value).set_files(
        {"name": "pão.jpg", "mimeType": "image/jpeg", "buffer": photo.read()}
    )
    shown = page.get_by_role("img", name="Foto")
    await expect(shown).to_have_js_property("naturalWidth", 960)
    await page.get_by_role("button", name="Anexar").click()
    await page.get_by_role("button", name="Mensagem de voz").click()
    await _heard(sim, business, 2)
    async with page.expect_response(lambda answer: "/_simulator/files/" in answer.url) as fetched:
        await page.get_by_role("button", name="Ouvir").click()
    assert (await fetched.value).ok
    await page.get_by_role("button", name="Anexar").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Documento").click()
    await (await chooser.value).set_files(
        {"name": "nota.pdf", "mimeType": "application/pdf", "buffer": SAMPLES["document"].read()}
    )
    await _heard(sim, business, 3)

    assert [message["type"] for message in business.messages] == ["image", "audio", "document"]
    assert business.messages[2]["document"]["filename"] == "nota.pdf"
    await expect(page.get_by_role("link", name="nota.pdf")).to_be_visible()


async def test_writing_and_the_ticks(
    page: Page, sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    await page.get_by_role("textbox", name="Mensagem").fill("Oi! *Tudo bem?*")
    await page.keyboard.press("Enter")
    mine = page.locator(".message--customer")
    await expect(mine.locator("strong")).to_have_text("Tudo bem?")
    await expect(mine.get_by_role("img", name="Entregue")).to_be_visible()
    assert business.messages[0]["text"]["body"] == "Oi! *Tudo bem?*"

    body = {"messaging_product": "whatsapp", "status": "read", "message_id": business.messages[0]["id"]}
    typing = {**body, "typing_indicator": {"type": "text"}}
    await graph.post(f"{business.values[0]['metadata']['phone_number_id']}/messages", typing)
    await expect(mine.get_by_role("img", name="Lida")).to_be_visible()
    await expect(page.locator(".chatbar__state")).to_have_text("digitando…")
    wamid = await graph.says("Tudo ótimo!")
    await expect(page.locator(".thread").get_by_text("Tudo ótimo!")).to_be_visible()
    await expect(page.locator(".chatbar__state")).to_have_text("conta comercial · online")
    await sim.wait_for_status(wamid, "read")


async def test_tapping_a_button_and_picking_from_a_list(
    page: Page, sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    await sim.customer(MARIA).says("oi")
    await graph.send(**buttons(("sim", "Confirmar"), ("nao", "Cancelar")))
    await page.get_by_role("button", name="Confirmar").click()
    await expect(page.locator(".choice--taken")).to_have_text("Confirmar")
    await graph.send(**a_list(rows(3), button="Ver setores"))
    await page.get_by_role("button", name="Ver setores").click()
    sheet = page.get_by_role("dialog", name="Ver setores")
    await expect(sheet.get_by_role("button", name="Enviar")).to_be_disabled()
    await sheet.get_by_text("Linha 2").click()
    await sheet.get_by_role("button", name="Enviar").click()
    await expect(sheet).to_be_hidden()
    await _heard(sim, business, 3)
    replies = [message["interactive"] for message in business.messages[1:]]
    assert [reply[reply["type"]]["id"] for reply in replies] == ["sim", "r2"]


async def test_what_is_said_is_never_html(page: Page, sim: RunningSimulator, graph: Graph) -> None:
    await sim.customer(MARIA).says(HOSTILE)
    await graph.says(HOSTILE)
    await expect(page.locator(".message--business .bubble__text")).to_have_text(HOSTILE)
    assert await page.locator(".thread img, .thread b").count() == 0
    await expect(page).to_have_title(re.compile("PyTake"))


async def test_quoting_and_reacting_by_keyboard(
    page: Page, sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    await sim.customer(MARIA).says("oi")
    wamid = await graph.says("Qual o endereço?")
    options = page.locator(".message--business").get_by_role("button", name="Opções da mensagem")
    await options.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Reagir com 👍").press("Enter")
    await expect(page.locator(".reactions")).to_have_text("👍")
    await page.locator(".message--business").get_by_role("button", name="Opções da mensagem").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Responder").press("Enter")
    await page.keyboard.type("Rua das Flores, 120")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("São Paulo")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message--customer .quote__text")).to_have_text("Qual o endereço?")
    await _heard(sim, business, 3)
    last = business.messages[-1]
    assert (last["text"]["body"], last["context"]["id"]) == ("Rua das Flores, 120\nSão Paulo", wamid)


async def test_another_person_and_an_empty_chat(page: Page, sim: RunningSimulator) -> None:
    await sim.customer(MARIA).says("oi")
    await expect(page.locator(".thread").get_by_text("oi", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Apagar conversa").click()
    await page.get_by_role("dialog").get_by_role("button", name="Apagar conversa").click()
    await expect(page.locator(".message")).to_have_count(0)
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Trocar de pessoa").click()
    await page.get_by_role("dialog").get_by_role("button", name="João Pé-de-Feijão").click()
    await page.get_by_role("textbox", name="Mensagem").fill("Aqui é o João")
    await page.keyboard.press("Enter")
    record = await sim.wait_for_kind("customer.sent", wa_id="5531998760002")
    assert record["message"]["text"]["body"] == "Aqui é o João"


async def test_the_theme_is_remembered(page: Page) -> None:
    before = await page.locator("html").get_attribute("data-theme")
    await page.get_by_role("button", name="Tema escuro" if before == "light" else "Tema claro").click()
    await page.reload()
    assert await page.locator("html").get_attribute("data-theme") != before


async def test_another_number_a_username_and_no_marketing(
    page: Page, sim: RunningSimulator, business: Business
) -> None:
    await sim.customer(MARIA).says("oi")
    await expect(page.locator(".thread").get_by_text("oi", exact=True)).to_be_visible()

    async def identity() -> None:
        await page.get_by_role("button", name="Menu").click()
        await page.get_by_role("button", name="Identidade da pessoa").click()

    await identity()
    await page.get_by_role("textbox", name="Novo número").fill("5511900000077")
    await page.keyboard.press("Enter")
    await sim.wait_for_kind("customer.changed", what="number", wa_id="5511900000077")
    await expect(page.locator(".thread").get_by_text("oi", exact=True)).to_be_visible()
    await page.get_by_role("textbox", name="Mensagem").fill("sou eu")
    await page.keyboard.press("Enter")
    await _heard(sim, business, 3)
    assert business.messages[-1]["from"] == "5511900000077"

    await identity()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("+5511900000077")
    await dialog.get_by_role("textbox", name="Nome de usuário").fill("maria.andrade")
    await dialog.get_by_label("Esconder o telefone").check()
    await page.keyboard.press("Enter")
    await sim.wait_for_kind("customer.changed", what="username")
    await identity()
    await expect(dialog).to_contain_text("@maria.andrade")
    await dialog.get_by_role("button", name="Parar de receber promoções").click()
    await sim.wait_for_kind("customer.changed", what="marketing")
    await identity()
    await expect(dialog.get_by_role("button", name="Voltar a receber promoções")).to_be_visible()
    await dialog.get_by_role("button", name="Receber outro código").click()
    await sim.wait_for(
        lambda record: record.get("what") == "user_id" and len(sim.logged("customer.changed")) == 5
    )
    await page.get_by_role("textbox", name="Mensagem").fill("só pelo código")
    await page.keyboard.press("Enter")
    await _heard(sim, business, 4)
    assert "from" not in business.messages[-1]


async def test_cards_are_moved_through_and_tapped(
    page: Page, sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    await sim.customer(MARIA).says("oi")
    cakes = [card(at, body={"text": f"Bolo *{at}*"}, action=replies(f"Quero {at}")) for at in range(3)]
    await graph.send(**deck(*cakes))
    shown = page.get_by_role("list", name="Cartões")
    await expect(shown.get_by_role("listitem")).to_have_count(3)
    await shown.get_by_role("button", name="Quero 2").click()
    await expect(shown.locator(".choice--taken")).to_have_text("Quero 2")
    await graph.send(**offer("product", PRODUCT))
    await expect(page.get_by_role("img", name="Produto")).to_be_visible()
    asks = {"name": "call_permission_request"}
    await graph.send(**offer("call_permission_request", asks, body={"text": "Podemos ligar?"}))
    await page.get_by_role("button", name="Permitir ligações").click()

    await _heard(sim, business, 3)
    tapped, permitted = [message["interactive"] for message in business.messages[1:]]
    assert tapped["button_reply"]["id"] == "Quero 2"
    assert permitted["call_permission_reply"]["response"] == "accept"
