"""A carousel and an offer, made in the editor, as Meta gets them; products of a catalog are only shown."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from pytake.entrypoints.demo.account import WABA_ID
from simulator.samples import SAMPLES
from tests.browser.axe import assert_accessible
from tests.browser.looks import SIZES, look

pytestmark = pytest.mark.timeout(300)

PATIENCE = 30_000
CAKES = ("cenoura", "fubá")


@pytest.fixture
async def page(browser: Browser, pytake: dict[str, Any]) -> Page:
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    page = await context.new_page()
    await page.goto(pytake["url"])
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill(pytake["password"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Conversas")).to_be_visible(timeout=PATIENCE)
    return page


async def _begin(page: Page, pytake: dict[str, Any], name: str, words: str) -> None:
    await page.goto(f"{pytake['url']}/templates?new=true")
    form = page.get_by_role("dialog")
    await form.get_by_label("Nome").fill(name)
    await form.get_by_role("combobox", name="Categoria").click()
    await page.get_by_role("option", name="Marketing").click()
    await form.get_by_role("button", name="Criar e escrever").click()
    await page.get_by_label("Texto da mensagem").fill(words)


async def _at_meta(pytake: dict[str, Any], name: str) -> list[dict[str, Any]]:
    async with httpx.AsyncClient(base_url=pytake["phone"]) as meta:
        items = (await meta.get("/_simulator/templates")).json()["items"]
    (components,) = [each["components"] for each in items if each["name"] == name]
    assert isinstance(components, list)
    return components


async def test_a_carousel_is_made_card_by_card(page: Page, pytake: dict[str, Any]) -> None:
    await _begin(page, pytake, "bolos_da_semana", "Os bolos desta semana:")
    await page.get_by_role("button", name="Adicionar cartão").click()
    await page.get_by_role("button", name="Botão em todos").click()
    await page.get_by_role("menuitem", name="Resposta rápida").click()
    cards = [page.get_by_role("listitem", name=f"Cartão {number}") for number in (1, 2)]
    await expect(cards[1].get_by_text("Falta o arquivo de amostra.")).to_be_visible(timeout=PATIENCE)
    await look(page, "carousel-begun")
    for card, cake in zip(cards, CAKES, strict=True):
        await _fill(page, card, cake)

    deck = page.get_by_role("figure", name="Prévia").get_by_role("region", name="Cartões")
    await expect(deck).to_contain_text("Bolo de fubá, feito agora", timeout=PATIENCE)
    await look(page, "carousel-made")
    await assert_accessible(page)
    await page.get_by_role("button", name="Enviar para aprovação").click()
    await expect(page.get_by_text("Em análise").first).to_be_visible(timeout=PATIENCE)

    body, carousel = await _at_meta(pytake, "bolos_da_semana")
    assert body == {"type": "BODY", "text": "Os bolos desta semana:"}
    for card_at_meta, cake in zip(carousel["cards"], CAKES, strict=True):
        header, words, buttons = card_at_meta["components"]
        assert header["format"] == "IMAGE"
        assert header["example"]["header_handle"][0].startswith("4::")
        assert words == {
            "type": "BODY",
            "text": "Bolo de {{1}}, feito agora",
            "example": {"body_text": [[cake]]},
        }
        assert buttons == {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": f"Quero {cake}"}]}
    await page.context.close()


async def _fill(page: Page, card: Locator, cake: str) -> None:
    photo = SAMPLES["photo"]
    async with page.expect_file_chooser() as chooser:
        await card.get_by_role("button", name="Escolher arquivo").click()
    await (await chooser.value).set_files(
        {"name": f"{cake}.jpg", "mimeType": photo.mime_type, "buffer": photo.read()}
    )
    await card.get_by_label("Texto do cartão").fill("Bolo de {{1}}, feito agora")
    await card.get_by_label("Amostra de {{1}}").fill(cake)
    await card.get_by_label("Texto do botão").fill(f"Quero {cake}")
    await expect(card.get_by_text(f"{cake}.jpg")).to_be_visible(timeout=PATIENCE)


async def test_an_offer_is_made_and_says_what_it_needs(page: Page, pytake: dict[str, Any]) -> None:
    await _begin(page, pytake, "oferta_relampago", "Bolo pela metade do preço, só para você.")
    await page.get_by_label("Oferta por tempo limitado").fill("Só hoje!")
    await page.get_by_label("Mostrar quanto tempo falta").check()
    missing = page.get_by_text("O botão que copia o código vem primeiro")
    await expect(missing).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Adicionar botão").click()
    await page.get_by_role("menuitem", name="Copiar código").click()
    await page.get_by_label("Código de exemplo").fill("BOLO50")
    await expect(missing).to_be_hidden(timeout=PATIENCE)
    await expect(page.get_by_role("figure", name="Prévia")).to_contain_text("Só hoje!")
    await look(page, "offer-made")
    await page.get_by_role("button", name="Enviar para aprovação").click()
    await expect(page.get_by_text("Em análise").first).to_be_visible(timeout=PATIENCE)

    offer, _, buttons = await _at_meta(pytake, "oferta_relampago")
    assert offer["limited_time_offer"] == {"text": "Só hoje!", "has_expiration": True}
    assert buttons["buttons"] == [{"type": "COPY_CODE", "example": "BOLO50"}]
    await page.context.close()


async def test_products_are_shown_and_said_to_be_chosen_at_meta(page: Page, pytake: dict[str, Any]) -> None:
    card = {
        "components": [
            {"type": "HEADER", "format": "PRODUCT"},
            {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "Ver"}]},
        ]
    }
    template = {
        "waba_id": WABA_ID,
        "name": "produtos_da_vitrine",
        "language": "pt_BR",
        "category": "MARKETING",
        "components": [
            {"type": "BODY", "text": "Da nossa vitrine:"},
            {"type": "CAROUSEL", "cards": [card, card]},
        ],
    }
    async with httpx.AsyncClient(base_url=pytake["phone"]) as meta:
        (await meta.put("/_simulator/templates", json=template)).raise_for_status()
    await page.goto(f"{pytake['url']}/templates")
    await page.get_by_role("button", name="Sincronizar").click()
    await page.get_by_role("link", name="produtos_da_vitrine").click(timeout=PATIENCE)

    await expect(page.get_by_text("Modelos com produto do catálogo são criados")).to_be_visible(
        timeout=PATIENCE
    )
    deck = page.get_by_role("figure", name="Prévia").get_by_role("region", name="Cartões")
    await expect(deck.get_by_text("Produto")).to_have_count(2)
    await expect(page.get_by_label("Texto da mensagem")).to_be_disabled()
    await look(page, "products-shown")
    await assert_accessible(page)
    await page.context.close()
