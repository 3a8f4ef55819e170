"""A customer sends a photo, a voice and a document; somebody looks, listens, and tries again."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from simulator.samples import SAMPLES
from tests.browser.axe import assert_accessible
from tests.browser.looks import SIZES, look

pytestmark = pytest.mark.timeout(300)

PATIENCE = 20_000


async def test_files_are_seen_heard_and_tried_again(browser: Browser, pytake: dict[str, Any]) -> None:
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    phone = await context.new_page()
    await phone.goto(pytake["phone"])
    await _new_customer(phone)
    await _send(phone, "Foto", "photo")
    await _attach(phone, "Mensagem de voz")
    await _send(phone, "Documento", "document")

    inbox = await context.new_page()
    inbox.set_default_timeout(PATIENCE)
    await inbox.goto(pytake["url"])
    await inbox.get_by_label("E-mail").fill(pytake["email"])
    await inbox.get_by_label("Senha", exact=True).fill(pytake["password"])
    await inbox.keyboard.press("Enter")
    await inbox.get_by_text("Clara Lima").first.click()
    thread = inbox.get_by_role("region", name="Clara Lima")
    await expect(thread.get_by_role("img", name="Foto")).to_have_js_property("naturalWidth", 480)

    await thread.get_by_role("button", name="Ampliar: Foto").press("Enter")
    large = inbox.get_by_role("dialog", name="Foto")
    await expect(large.get_by_role("img", name="Foto")).to_have_js_property("naturalWidth", 960)
    await look(inbox, "files-lightbox")
    await inbox.keyboard.press("Escape")
    await expect(large).to_be_hidden()
    await expect(thread.get_by_role("button", name="Ampliar: Foto")).to_be_focused()

    voice = thread.get_by_role("group", name="Mensagem de voz")
    await expect(voice.get_by_text("0:00 / 0:04")).to_be_visible()
    await voice.get_by_role("button", name="Ouvir").click()
    await expect(voice.get_by_role("button", name="Pausar")).to_be_visible()
    await expect(voice.get_by_text("0:01 / 0:04")).to_be_visible()
    await voice.get_by_role("button", name="Velocidade: 1×").click()
    await expect(voice.get_by_role("button", name="Velocidade: 1.5×")).to_be_visible()
    async with inbox.expect_download() as download:
        await thread.get_by_role("link", name="Baixar document.pdf").click()
    assert (await download.value).suggested_filename == "document.pdf"

    await _meta_forgets_one(pytake)
    await _send(phone, "Foto", "photo")
    await expect(thread.get_by_text("guarda arquivos por 7 dias")).to_be_visible(timeout=PATIENCE)
    await look(inbox, "files")
    await assert_accessible(inbox)
    await thread.get_by_role("button", name="Tentar de novo").click()
    await expect(thread.get_by_role("img", name="Foto")).to_have_count(2, timeout=PATIENCE)
    await expect(thread.get_by_text("guarda arquivos por 7 dias")).to_be_hidden()
    assert complaints == []
    await context.close()


async def _new_customer(phone: Page) -> None:
    await phone.get_by_placeholder("Nome de uma nova pessoa").fill("Clara Lima")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_role("textbox", name="Mensagem")).to_be_enabled()


async def _attach(phone: Page, what: str) -> None:
    await phone.get_by_role("button", name="Anexar").click()
    await phone.get_by_role("button", name=what, exact=True).click()


async def _send(phone: Page, what: str, name: str) -> None:
    sample = SAMPLES[name]
    async with phone.expect_file_chooser() as chooser:
        await _attach(phone, what)
    await (await chooser.value).set_files(
        {"name": sample.file, "mimeType": sample.mime_type, "buffer": sample.read()}
    )


async def _meta_forgets_one(pytake: dict[str, Any]) -> None:
    fault = {"side": "graph", "action": "error", "endpoint": "media", "code": 100, "times": 1}
    async with httpx.AsyncClient(base_url=pytake["phone"]) as simulator:
        (await simulator.post("/_simulator/faults", json=fault)).raise_for_status()
