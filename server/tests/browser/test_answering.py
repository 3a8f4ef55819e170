"""Somebody answers a customer: with words, to one message, with a file and with their own voice."""

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from playwright.async_api import (
    Browser,
    BrowserContext,
    FilePayload,
    Locator,
    Page,
    async_playwright,
    expect,
)

from simulator.samples import SAMPLES
from tests.browser.axe import assert_accessible
from tests.browser.chromium import FLAGS, chromium
from tests.browser.looks import SIZES, fits, look

pytestmark = pytest.mark.timeout(300)

PATIENCE = 30_000
NAME = "Bruna Teles"
ASKED = "Oi! Vocês fazem bolo de aniversário para sábado?"
_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
"""A microphone that beeps, and somebody who allows it."""


def _a_webp() -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", (64, 48), (240, 163, 26, 128)).save(written, "webp")
    return written.getvalue()


class Phone:
    """The customer's, through the simulator."""

    def __init__(self, meta: httpx.AsyncClient, name: str = NAME) -> None:
        self.meta = meta
        self.name = name
        self.wa_id = f"55119{uuid4().int % 10**8:08d}"

    async def says(self, text: str) -> None:
        customer = {"wa_id": self.wa_id, "name": self.name}
        (await self.meta.post("/_simulator/customers", json=customer)).raise_for_status()
        said = await self.meta.post(f"/_simulator/customers/{self.wa_id}/messages", json={"text": text})
        said.raise_for_status()

    async def chat(self) -> list[dict[str, Any]]:
        answer = (await self.meta.get(f"/_simulator/customers/{self.wa_id}/chat")).raise_for_status()
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    async def last(self, type_: str) -> dict[str, Any]:
        ours = [each for each in await self.chat() if each["author"] == "business"]
        return [each for each in ours if each["type"] == type_][-1]

    async def file(self, media_id: str) -> bytes:
        return (await self.meta.get(f"/_simulator/files/{media_id}")).raise_for_status().content


@pytest.fixture
async def phone(pytake: dict[str, Any]) -> AsyncIterator[Phone]:
    async with httpx.AsyncClient(base_url=pytake["phone"], timeout=30) as meta:
        phone = Phone(meta)
        await phone.says(ASKED)
        yield phone


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        flags = [*FLAGS, *_MICROPHONE]
        browser = await playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield browser
        await browser.close()


async def _open(context: BrowserContext, pytake: dict[str, Any]) -> Page:
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill(pytake["password"])
    await page.keyboard.press("Enter")
    await page.get_by_label("Buscar nas conversas").fill(NAME)
    await page.get_by_role("listitem").get_by_text(NAME).first.click()
    return page


async def test_a_customer_is_answered_with_words_a_file_and_a_voice(
    browser: Browser, pytake: dict[str, Any], phone: Phone
) -> None:
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page = await _open(context, pytake)
    thread = page.get_by_role("region", name=f"Mensagens de {NAME}")
    await expect(thread.get_by_text("Como posso ajudar?")).to_be_visible()

    await _words(page, thread, phone)
    await _reply(page, thread, phone)
    await _file(page, thread, phone)
    await _voice(page, thread, phone)
    await _reaction(page, thread, phone)
    await page.set_viewport_size(SIZES["phone"])
    assert await fits(page)
    assert complaints == []
    await context.close()


async def _words(page: Page, thread: Locator, phone: Phone) -> None:
    """From here to the end there is no mouse, but for choosing a file."""
    box = page.get_by_role("textbox", name=f"Mensagem para {NAME}")
    await expect(box).to_be_focused()
    await page.keyboard.type("Fazemos sim, Bruna!")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("Para quantas pessoas?")
    await look(page, "answer-writing")
    await assert_accessible(page)
    await page.keyboard.press("Enter")
    await page.keyboard.type("Temos de *brigadeiro*, ninho e morango.")
    await page.keyboard.press("Enter")

    await expect(thread.get_by_text("Para quantas pessoas?")).to_have_count(1)
    await expect(box).to_have_value("")
    ours = thread.locator("[id^=message-]").filter(has_text="brigadeiro")
    await expect(ours.get_by_role("img", name="Entregue")).to_be_visible(timeout=PATIENCE)
    said = [each["content"]["body"] for each in await phone.chat() if each["type"] == "text"]
    assert said[-2:] == [
        "Fazemos sim, Bruna!\nPara quantas pessoas?",
        "Temos de *brigadeiro*, ninho e morango.",
    ]


async def _reply(page: Page, thread: Locator, phone: Phone) -> None:
    form = page.get_by_role("form", name="Responder")
    for _ in range(20):
        await page.keyboard.press("Alt+ArrowUp")
        if await form.get_by_text(ASKED).is_visible():
            break
    await expect(form.get_by_text(NAME)).to_be_visible()
    await page.keyboard.type("Para sábado ainda dá tempo.")
    await look(page, "answer-reply")
    await assert_accessible(page)
    await page.keyboard.press("Enter")
    await expect(form.get_by_text(NAME)).to_be_hidden()
    ours = thread.locator("[id^=message-]").filter(has_text="Para sábado ainda dá tempo.")
    await expect(ours.get_by_title("Ir para a mensagem citada")).to_contain_text(ASKED)
    await expect(ours.get_by_role("img", name="Entregue")).to_be_visible(timeout=PATIENCE)
    asked = next(each for each in await phone.chat() if each["content"].get("body") == ASKED)
    assert (await phone.last("text"))["quotes"] == asked["id"]


async def _file(page: Page, thread: Locator, phone: Phone) -> None:
    attach = page.get_by_role("button", name="Anexar arquivos")
    await page.keyboard.press("Shift+Tab")
    await expect(attach).to_be_focused()
    async with page.expect_file_chooser() as chooser:
        await attach.click()
    photo = SAMPLES["photo"]
    files: list[FilePayload] = [
        {"name": "bolo-brigadeiro.jpg", "mimeType": photo.mime_type, "buffer": photo.read()},
        {"name": "tudo.zip", "mimeType": "application/zip", "buffer": b"PK"},
        {"name": "vitrine.webp", "mimeType": "image/webp", "buffer": _a_webp()},
    ]
    await (await chooser.value).set_files(files)
    await expect(page.get_by_role("alert")).to_contain_text("“tudo.zip”: o WhatsApp não aceita")
    await expect(page.get_by_role("list", name="Arquivos a enviar")).to_contain_text("bolo-brigadeiro.jpg")
    redrawn = page.get_by_role("button", name="Tirar vitrine.jpg")
    await redrawn.press("Enter")
    await expect(redrawn).to_be_hidden()
    await page.get_by_role("textbox", name=f"Mensagem para {NAME}").focus()
    await page.keyboard.type("Este é o de brigadeiro")
    await look(page, "answer-file")
    await assert_accessible(page)
    await page.keyboard.press("Enter")

    ours = thread.locator("[id^=message-]").filter(has_text="Este é o de brigadeiro")
    await expect(ours.get_by_role("img", name="Entregue")).to_be_visible(timeout=PATIENCE)
    await expect(ours.get_by_role("img", name="Este é o de brigadeiro")).to_have_js_property(
        "naturalWidth", 480
    )
    heard = await phone.last("image")
    assert heard["content"]["caption"] == "Este é o de brigadeiro"
    assert await phone.file(heard["content"]["id"])


async def _voice(page: Page, thread: Locator, phone: Phone) -> None:
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Gravar mensagem de voz")).to_be_focused()
    await page.keyboard.press("Enter")
    note = page.get_by_role("group", name="Gravação de voz")
    await expect(note.get_by_text(re.compile("0:0[2-9]"))).to_be_visible(timeout=PATIENCE)
    await expect(note.get_by_role("button", name="Enviar gravação")).to_be_focused()
    await note.get_by_role("button", name="Pausar a gravação").press("Enter")
    await expect(note.get_by_text("Em pausa")).to_be_visible()
    await note.get_by_role("button", name="Continuar a gravar").press("Enter")
    await look(page, "answer-recording")
    await assert_accessible(page)
    await note.get_by_role("button", name="Parar e ouvir").press("Enter")
    await expect(note.get_by_role("button", name="Ouvir")).to_be_visible()
    await look(page, "answer-recorded")
    await assert_accessible(page)
    await page.keyboard.press("Enter")

    voice = thread.get_by_role("group", name="Mensagem de voz").last
    ours = thread.locator("[id^=message-]").filter(has=page.get_by_role("group", name="Mensagem de voz"))
    await expect(ours.get_by_role("img", name="Entregue")).to_be_visible(timeout=PATIENCE)
    heard = await phone.last("audio")
    assert heard["content"]["voice"] is True
    sound = await phone.file(heard["content"]["id"])
    assert (sound[:4], sound[28:36]) == (b"OggS", b"OpusHead")
    await voice.get_by_role("button", name="Ouvir").press("Enter")
    await expect(voice.get_by_role("button", name="Pausar")).to_be_visible()
    await look(page, "answer-voice")
    await assert_accessible(page)


async def _reaction(page: Page, thread: Locator, phone: Phone) -> None:
    form = page.get_by_role("form", name="Responder")
    await page.get_by_role("textbox", name=f"Mensagem para {NAME}").focus()
    for _ in range(20):
        await page.keyboard.press("Alt+ArrowUp")
        if await form.get_by_text(ASKED).is_visible():
            break
    await form.get_by_role("button", name="Reagir").press("Enter")
    await look(page, "answer-reaction")
    await assert_accessible(page)
    await page.get_by_role("button", name="Reagir com ❤️").press("Enter")
    asked = thread.locator("[id^=message-]").filter(has_text=ASKED).first
    await expect(asked.get_by_title("Reações")).to_have_text("❤️", timeout=PATIENCE)
    await expect(form.get_by_text(ASKED)).to_be_hidden()
    said = next(each for each in await phone.chat() if each["content"].get("body") == ASKED)
    assert said["reactions"] == {"business": "❤️"}

    await asked.hover()
    await look(page, "answer-hover")
    await asked.get_by_role("button", name="Reagir").click()
    await page.get_by_role("button", name="Retirar ❤️").click()
    await expect(asked.get_by_title("Reações")).to_be_hidden(timeout=PATIENCE)


async def test_a_microphone_is_let_go_and_a_refusal_is_told(
    browser: Browser, pytake: dict[str, Any], phone: Phone
) -> None:
    await Phone(phone.meta, "Otávio Reis").says("Bom dia!")
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    await context.add_init_script(path=Path(__file__).with_name("microphones.js"))
    page = await _open(context, pytake)
    record = page.get_by_role("button", name="Gravar mensagem de voz")
    note = page.get_by_role("group", name="Gravação de voz")

    await record.click()
    await expect(note.get_by_text(re.compile("0:0[1-9]"))).to_be_visible(timeout=PATIENCE)
    await page.wait_for_function("microphones.live() === 1")
    await page.keyboard.press("Escape")
    await expect(note).to_be_hidden()
    await page.wait_for_function("microphones.live() === 0")

    await record.click()
    await expect(note.get_by_text(re.compile("0:0[1-9]"))).to_be_visible(timeout=PATIENCE)
    await page.get_by_label("Buscar nas conversas").fill("Otávio Reis")
    await page.get_by_role("listitem").get_by_text("Otávio Reis").first.click()
    await expect(note).to_be_hidden()
    await page.wait_for_function("microphones.live() === 0")

    await page.evaluate("microphones.refuse()")
    await record.click()
    await expect(page.get_by_role("alert")).to_contain_text("Permita o microfone no cadeado")
    await look(page, "answer-refused")
    await assert_accessible(page)
    assert [each["type"] for each in await phone.chat() if each["type"] == "audio"] == []
    await context.close()


async def test_a_window_that_has_closed_says_what_can_be_done(
    browser: Browser, pytake: dict[str, Any], phone: Phone
) -> None:
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    await context.clock.install()
    page = await _open(context, pytake)
    box = page.get_by_role("textbox", name=f"Mensagem para {NAME}")
    await box.fill("Já separei o seu")
    await context.clock.fast_forward("24:00:30")
    await expect(page.get_by_text("A janela de 24 horas fechou")).to_be_visible()
    await expect(page.get_by_text("O que você já escreveu fica guardado.")).to_be_visible()
    await expect(box).to_be_hidden()
    await look(page, "answer-closed")
    await assert_accessible(page)
    await context.close()
