"""The sample of a template's header is chosen in the editor, and Meta has it before the template."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from simulator.samples import SAMPLES
from tests.browser.axe import assert_accessible
from tests.browser.looks import SIZES, look

pytestmark = pytest.mark.timeout(300)

PATIENCE = 30_000


async def test_a_header_s_picture_is_chosen_and_goes_to_meta(
    browser: Browser, pytake: dict[str, Any]
) -> None:
    """To the app of the number, which is not the only one there."""
    async with httpx.AsyncClient(base_url=pytake["phone"]) as meta:
        other = {"app_secret": "9" * 32, "verify_token": "", "callback_url": None}
        (await meta.put("/_simulator/apps/780011223344999", json=other)).raise_for_status()
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    page = await context.new_page()
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill(pytake["password"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)
    await page.goto(f"{pytake['url']}/templates?new=true")
    form = page.get_by_role("dialog")
    await form.get_by_label("Nome").fill("vitrine")
    await form.get_by_role("button", name="Criar e escrever").click()
    await page.get_by_label("Texto da mensagem").fill("Veja a nossa vitrine.")
    await page.get_by_role("combobox", name="Cabeçalho").click()
    await page.get_by_role("option", name="Imagem").click()
    await expect(page.get_by_text("Falta o arquivo de amostra.")).to_be_visible()

    await _choose(page, "Escolher arquivo", "nota.pdf", "application/pdf", b"%PDF-1.7")
    await expect(page.get_by_text("O WhatsApp não aceita este arquivo aqui.")).to_be_visible()
    photo = SAMPLES["photo"]
    await _choose(page, "Escolher arquivo", "vitrine.jpg", photo.mime_type, photo.read())
    await expect(page.get_by_text("vitrine.jpg")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("Falta o arquivo de amostra.")).to_be_hidden()
    await look(page, "template-header")
    await assert_accessible(page)

    await page.get_by_role("button", name="Enviar para aprovação").click()
    await expect(page.get_by_text("Em análise").first).to_be_visible(timeout=PATIENCE)
    await page.reload()
    await expect(page.get_by_text("A Meta já tem uma amostra.")).to_be_visible(timeout=PATIENCE)
    await context.close()


async def _choose(page: Page, button: str, name: str, mime_type: str, content: bytes) -> None:
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name=button).click()
    await (await chooser.value).set_files({"name": name, "mimeType": mime_type, "buffer": content})
