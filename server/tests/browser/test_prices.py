"""An advertisement that is answered, what that costs, and why a message failed: as a person sees it."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.browser.axe import assert_accessible
from tests.browser.looks import SIZES, fits, look

pytestmark = pytest.mark.timeout(300)

PATIENCE = 30_000


async def test_free_hours_prices_and_reasons_are_told(browser: Browser, pytake: dict[str, Any]) -> None:
    wa_id = f"55119{uuid4().int % 10**8:08d}"
    name = f"Lia {wa_id[-4:]}"
    async with httpx.AsyncClient(base_url=pytake["phone"]) as simulator:

        async def tell(path: str, **body: Any) -> None:
            (await simulator.post(f"/_simulator/{path}", json=body)).raise_for_status()

        await tell("customers", wa_id=wa_id, name=name)
        said = f"customers/{wa_id}/messages"
        await tell(said, do="advertisement", text="Vi o anúncio", headline="Pão de queijo em dobro")

        context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        await page.goto(pytake["url"])
        await page.get_by_label("E-mail").fill(pytake["email"])
        await page.get_by_label("Senha", exact=True).fill(pytake["password"])
        await page.keyboard.press("Enter")
        await page.get_by_text(name).first.click()
        thread = page.get_by_role("region", name=name)
        await expect(thread.get_by_text("Pão de queijo em dobro")).to_be_visible()
        if await page.get_by_role("button", name="Mostrar detalhes").is_visible():
            await page.get_by_role("button", name="Mostrar detalhes").click()
        await expect(page.get_by_text("Conversa gratuita")).to_be_visible(timeout=PATIENCE)
        await expect(page.get_by_text(re.compile("Faltam 71 h 5[0-9] min"))).to_be_visible(timeout=PATIENCE)

        await tell("faults", side="status", action="failed", code=131049, to=wa_id, times=1)
        await tell(said, text="Ainda tem?")
        await expect(thread.get_by_text("Espere pelo menos 24 horas")).to_be_visible(timeout=PATIENCE)
        form = {"name": "flow", "body": "Sent", "response_json": '{"sabor": "queijo"}'}
        await tell(said, do="raw", type="interactive", content={"type": "nfm_reply", "nfm_reply": form})
        await expect(thread.get_by_text("Formulário respondido")).to_be_visible(timeout=PATIENCE)
        await tell(
            said,
            do="raw",
            type="document",
            content={"id": "1", "filename": f"{'orcamento_final_' * 14}.pdf", "mime_type": "application/pdf"},
        )
        await expect(thread.get_by_text("orcamento_final_").first).to_be_visible(timeout=PATIENCE)
        await look(page, "prices-thread")
        await page.set_viewport_size(SIZES["phone"])
        assert await fits(page)
        await page.set_viewport_size(SIZES["wide"])

        await page.goto(f"{pytake['url']}/settings/organization")
        table = page.get_by_role("table", name="O que o WhatsApp cobra")
        await expect(table.get_by_text("Vindas de anúncio")).to_be_visible(timeout=PATIENCE)
        async with page.expect_download() as download:
            await page.get_by_role("button", name="Baixar CSV").click()
        assert (await download.value).suggested_filename == "cobrancas.csv"
        await page.get_by_role("heading", name="O que o WhatsApp cobra").scroll_into_view_if_needed()
        await look(page, "prices-organization")
        await assert_accessible(page)
        await context.close()
