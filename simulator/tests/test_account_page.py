"""The business account's page in a real browser; run as the phone's."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from simulator.accounts import Number
from simulator.templates import Template
from simulator.testing import ACCESS_TOKEN, PHONE_NUMBER_ID, WABA_ID, RunningSimulator
from tests.business import Business, Graph
from tests.test_phone_page import CHROMIUM, FLAGS, PATIENCE

pytestmark = pytest.mark.browser

BODY = {"type": "BODY", "text": "Seu pedido saiu para entrega."}
SIZES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


@pytest.fixture(params=list(SIZES))
async def page(request: pytest.FixtureRequest, sim: RunningSimulator) -> AsyncIterator[Page]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context(locale="pt-BR", **SIZES[request.param])
        page = await context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        await page.goto(f"{sim.base_url}/account")
        await expect(page.get_by_role("heading", name="Conta comercial")).to_be_visible()
        yield page
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        await browser.close()
    assert complaints == []


def _number(page: Page) -> Locator:
    return page.get_by_role("listitem", name="+55 11 3000-0100")


def _standing(sim: RunningSimulator) -> Number:
    return sim.simulator.world.accounts.numbers[PHONE_NUMBER_ID]


async def _told(sim: RunningSimulator, business: Business, field: str) -> dict[str, Any]:
    """The first webhook of that field."""

    def found() -> list[dict[str, Any]]:
        changes = [
            change for body in business.payloads for entry in body["entry"] for change in entry["changes"]
        ]
        return [change["value"] for change in changes if change["field"] == field]

    await sim.wait_for(lambda _record: bool(found()))
    return found()[0]


async def test_a_template_is_approved_and_rejected_with_a_reason(
    page: Page, sim: RunningSimulator, business: Business
) -> None:
    await expect(page.get_by_text("Nenhum modelo ainda.")).to_be_visible()
    sim.config.template_review = "by_hand"
    template = Template(WABA_ID, "pedido_enviado", "pt_BR", "UTILITY", [BODY], status="PENDING")
    sim.simulator.reviewing.begin(template)
    card = page.get_by_role("listitem", name="pedido_enviado")
    await expect(card.get_by_text("PENDING")).to_be_visible()
    await expect(card).to_contain_text(BODY["text"])

    await card.get_by_role("button", name="Aprovar").click()
    await expect(card.get_by_text("APPROVED")).to_be_visible()
    approved = await _told(sim, business, "message_template_status_update")
    assert (approved["event"], approved["message_template_name"]) == ("APPROVED", "pedido_enviado")

    await card.get_by_label("Motivo").select_option("SCAM")
    await card.get_by_label("Explicação").fill("Pede dados do cartão.")
    await card.get_by_role("button", name="Rejeitar").click()
    await expect(card.get_by_text("REJECTED")).to_be_visible()
    await card.get_by_label("Qualidade").select_option("RED")
    quality = await _told(sim, business, "message_template_quality_update")
    assert quality["new_quality_score"] == "RED"
    rejected = [value for value in business.values if value.get("event") == "REJECTED"]
    assert rejected[0]["reason"] == "SCAM"
    assert rejected[0]["rejection_info"]["reason"] == "Pede dados do cartão."


async def test_how_a_number_stands_is_changed_and_told(
    page: Page, sim: RunningSimulator, business: Business
) -> None:
    card = _number(page)
    await expect(card.get_by_text("CONNECTED")).to_be_visible()

    await card.get_by_label("Nota de qualidade").select_option("RED")
    await card.get_by_label("Limite de pessoas").select_option("TIER_10K")
    assert await _told(sim, business, "business_capability_update") == {
        "max_daily_conversations_per_business": "TIER_10K"
    }
    await card.get_by_label("Velocidade").select_option("HIGH")
    upgraded = await _told(sim, business, "phone_number_quality_update")
    assert upgraded["event"] == "THROUGHPUT_UPGRADE"
    await card.get_by_label("Nome de exibição").select_option("DECLINED")
    name = await _told(sim, business, "phone_number_name_update")
    assert (name["decision"], name["rejection_reason"]) == ("REJECTED", "NAME_FORMAT_UNACCEPTABLE")
    await card.get_by_role("button", name="Sinalizar").click()
    await expect(card.get_by_text("FLAGGED")).to_be_visible()
    await card.get_by_role("button", name="Deixar conectado").click()
    await expect(card.get_by_text("CONNECTED")).to_be_visible()
    await card.get_by_role("button", name="Desconectar").click()
    await expect(card.get_by_text("DISCONNECTED")).to_be_visible()

    stands = _standing(sim)
    assert (stands.quality_rating, stands.messaging_limit, stands.throughput) == ("RED", "TIER_10K", "HIGH")
    assert (stands.status, stands.name_status) == ("DISCONNECTED", "DECLINED")
    flags = [value["event"] for value in business.values if "FLAGGED" in str(value.get("event"))]
    assert flags == ["FLAGGED", "UNFLAGGED"]


async def test_a_token_expires_and_the_new_one_is_told_once(
    page: Page, sim: RunningSimulator, graph: Graph
) -> None:
    card = _number(page)
    await card.get_by_role("button", name="Expirar o token").click()
    told = card.get_by_role("status")
    await expect(told).to_contain_text("EAA")

    status, answer = await graph.get(PHONE_NUMBER_ID)
    assert (status, answer["error"]["code"]) == (401, 190)
    graph.token = await told.locator("code").inner_text()
    assert graph.token != ACCESS_TOKEN
    assert (await graph.get(PHONE_NUMBER_ID))[0] == 200
    await page.reload()
    await expect(card.get_by_text("CONNECTED")).to_be_visible()
    await expect(page.get_by_text(graph.token)).to_have_count(0)


async def test_what_meta_is_told_is_seen_at_once(page: Page, sim: RunningSimulator, graph: Graph) -> None:
    await graph.post(f"{PHONE_NUMBER_ID}/deregister", {"messaging_product": "whatsapp"})

    await expect(_number(page).get_by_text("DISCONNECTED")).to_be_visible()
