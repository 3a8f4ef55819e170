"""An implementation of somebody else as the judge: pywa reads what we send, and sends what we accept."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import aiohttp
import httpx
import pytest
from pywa.client import WhatsApp
from pywa.errors import TooManyMessages, WhatsAppError
from pywa.types.callback import (
    Button,
    CallbackButton,
    CallPermissionRequestButton,
    ImageCarouselCard,
    Section,
    SectionList,
    SectionRow,
    URLButton,
    VoiceCallButton,
)
from pywa.types.calls import CallPermissionUpdate
from pywa.types.message import Message
from pywa.types.message_status import MessageStatus, MessageStatusType
from pywa.types.others import ProductsSection
from pywa.types.system import PhoneNumberChange
from pywa.types.user_preferences import UserMarketingPreferences
from typing_extensions import override

from simulator.testing import ACCESS_TOKEN, APP_SECRET, PHONE_NUMBER_ID, WABA_ID, RunningSimulator
from tests.business import MARIA, Business, Graph
from tests.test_refusals import buttons, card, deck, offer, replies


class Redirected(httpx.HTTPTransport):
    """Meta's address, answered by the simulator."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self.base = httpx.URL(base_url)

    @override
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host=self.base.host, port=self.base.port)
        request.headers["Host"] = f"{self.base.host}:{self.base.port}"
        return super().handle_request(request)


@pytest.fixture
def wa(sim: RunningSimulator) -> Iterator[WhatsApp]:
    with httpx.Client(transport=Redirected(sim.base_url)) as client:
        yield WhatsApp(
            phone_id=PHONE_NUMBER_ID,
            token=ACCESS_TOKEN,
            session=client,
            server=None,
            app_secret=APP_SECRET,
            verify_token="pytake-verify",
        )


@pytest.fixture
def judged(wa: WhatsApp, caplog: pytest.LogCaptureFixture) -> Iterator[list[Any]]:
    """Everything pywa understood; it must not complain about anything."""
    understood: list[Any] = []
    listening: Any = wa  # its decorators are typed for classes
    for kind in (
        "message",
        "callback_button",
        "callback_selection",
        "call_permission_update",
        "message_status",
        "phone_number_change",
        "user_marketing_preferences",
    ):
        getattr(listening, f"on_{kind}")(lambda _client, update: understood.append(update))
    with caplog.at_level(logging.WARNING, logger="pywa"):
        yield understood
    assert not [record for record in caplog.records if record.name.startswith("pywa")]


def _read(wa: WhatsApp, business: Business) -> None:
    for body, headers in zip(business.bodies, business.headers, strict=True):
        assert wa.webhook_update_validator(body, headers["X-Hub-Signature-256"]) is None
        assert wa.webhook_update_handler(body) == ("ok", 200)


async def test_pywa_reads_what_a_customer_sends(
    sim: RunningSimulator, business: Business, graph: Graph, wa: WhatsApp, judged: list[Any]
) -> None:
    maria = sim.customer(MARIA, "Maria Andrade", user_id="BR.70216655483901277421")
    first = await maria.says("Oi! Vocês entregam? 🍞")
    offer = await graph.send(**buttons(("sim", "Confirmar")))
    await maria.taps("sim")
    await maria.sends_image("olha")
    await maria.reacts(first, "👍")
    await maria.sends("location", {"latitude": -23.5, "longitude": -46.6})
    await maria.says("esta", quotes=offer[1]["messages"][0]["id"])
    await sim.wait_for(lambda _record: len(business.messages) == 6)
    _read(wa, business)

    messages = {each.id: each for each in judged if isinstance(each, Message)}
    assert messages[first].text == "Oi! Vocês entregam? 🍞"
    assert messages[first].from_user.name == "Maria Andrade"
    assert messages[first].from_user.wa_id == MARIA
    kinds = {each.type.value for each in messages.values()}
    assert kinds == {"text", "image", "reaction", "location"}
    (tapped,) = [each for each in judged if isinstance(each, CallbackButton)]
    assert (tapped.data, tapped.title) == ("sim", "Confirmar")
    (quoting,) = [each for each in messages.values() if each.text == "esta"]
    assert quoting.reply_to_message is not None
    assert quoting.reply_to_message.id == offer[1]["messages"][0]["id"]


async def test_pywa_reads_the_statuses(
    sim: RunningSimulator, business: Business, graph: Graph, wa: WhatsApp, judged: list[Any]
) -> None:
    maria = sim.customer(MARIA, "Maria Andrade")
    await maria.says("oi")
    wamid = await graph.says("olá", biz_opaque_callback_data="row-7")
    await sim.wait_for_status(wamid, "delivered")
    maria.looks()
    await sim.wait_for_status(wamid, "read")
    _read(wa, business)

    statuses = [each for each in judged if isinstance(each, MessageStatus)]
    assert [each.status for each in statuses] == [
        MessageStatusType.SENT,
        MessageStatusType.DELIVERED,
        MessageStatusType.READ,
    ]
    assert {(each.id, each.tracker, each.from_user.wa_id) for each in statuses} == {(wamid, "row-7", MARIA)}
    assert statuses[0].pricing is not None


async def test_pywa_reads_who_somebody_has_become_and_what_they_want(
    sim: RunningSimulator, business: Business, wa: WhatsApp, judged: list[Any]
) -> None:
    """All but the field `user_id_update`, which it does not know."""
    maria = sim.customer(MARIA, "Maria Andrade", user_id="BR.7")
    await maria.says("oi")
    await maria.changes_number("5511900000077", keeps_user_id=True)
    await maria.changes_user_id("BR.9", told_by="message")
    await maria.takes_username("maria.andrade", hides_phone=True)
    await maria.says("só pelo código")
    await maria.stops_marketing()
    await maria.resumes_marketing()
    await sim.wait_for(lambda _record: len(business.bodies) == 6)
    _read(wa, business)

    number, user_id = [each for each in judged if isinstance(each, PhoneNumberChange)]
    assert (number.old_wa_id, number.new_wa_id, number.new_user_id) == (MARIA, "5511900000077", None)
    assert (user_id.old_wa_id, user_id.new_user_id) == ("5511900000077", "BR.9")
    said = [each for each in judged if isinstance(each, Message)][-1].from_user
    assert (said.wa_id, said.bsuid, said.username) == (None, "BR.9", "maria.andrade")
    wishes = [each for each in judged if isinstance(each, UserMarketingPreferences)]
    assert [(each.value.value, each.from_user.bsuid) for each in wishes] == [
        ("stop", "BR.9"),
        ("resume", "BR.9"),
    ]


async def test_pywa_s_own_messages_are_accepted(sim: RunningSimulator, wa: WhatsApp) -> None:
    incoming = await sim.customer(MARIA, "Maria").says("oi")
    to = f"+{MARIA}"
    sections = [Section(title="Setor", rows=[SectionRow(title="Linha", callback_data="r1")])]

    def everything() -> list[Any]:
        return [
            wa.send_message(to, "Olá *Maria*"),
            wa.send_message(to, "Confirma?", buttons=[Button("Sim", callback_data="sim")], footer="rodapé"),
            wa.send_message(to, "Escolha", buttons=SectionList("Ver", sections=sections)),
            wa.send_location(to, latitude=-23.5, longitude=-46.6, name="Padaria", address="Rua"),
            wa.send_reaction(to, "👍", message_id=incoming),
            wa.request_location(to, "Onde você está?"),
            wa.send_carousel(to, body="Hoje", cards=[_card(URLButton("Ver", "https://a.example/1"))] * 2),
            wa.send_carousel(to, body="Hoje", cards=[_card([Button("Quero", callback_data="q")])] * 2),
            wa.send_product(to, catalog_id="19", sku="PAO-1", body="Este?"),
            wa.send_products(
                to,
                catalog_id="19",
                title="Padaria",
                body="Veja",
                product_sections=[ProductsSection(title="Pães", skus=["PAO-1", "PAO-2"])],
            ),
            wa.send_catalog(to, body="Tudo", thumbnail_product_sku="PAO-1"),
            wa.send_message(to, "Ligue", buttons=VoiceCallButton(title="Ligar", ttl_minutes=100)),
            wa.send_message(to, "Podemos ligar?", buttons=CallPermissionRequestButton()),
            wa.mark_message_as_read(incoming),
            wa.indicate_typing(incoming),
        ]

    sent = await asyncio.to_thread(everything)

    accepted = sim.logged("graph.accepted")
    assert [record["wamid"] for record in accepted] == [each.id for each in sent[:13]]
    assert [record["type"] for record in accepted] == [
        "text",
        "interactive",
        "interactive",
        "location",
        "reaction",
        *["interactive"] * 8,
    ]
    assert len(sim.logged("graph.read")) == 2


def _card(buttons: Any) -> ImageCarouselCard:
    return ImageCarouselCard(image="https://a.example/a.jpg", body="Bolo", buttons=buttons)


async def test_pywa_reads_what_is_tapped_on_a_card_and_whether_we_may_call(
    sim: RunningSimulator, business: Business, graph: Graph, wa: WhatsApp, judged: list[Any]
) -> None:
    maria = sim.customer(MARIA, "Maria Andrade")
    await maria.says("oi")
    await graph.send(**deck(*(card(at, action=replies(f"Quero {at}")) for at in range(2))))
    await maria.taps("Quero 1")
    asks = {"name": "call_permission_request"}
    await graph.send(**offer("call_permission_request", asks, body={"text": "Podemos ligar?"}))
    await maria.taps("accept")
    await sim.wait_for(lambda _record: len(business.messages) == 3)
    _read(wa, business)

    (tapped,) = [each for each in judged if isinstance(each, CallbackButton)]
    assert (tapped.data, tapped.title) == ("Quero 1", "Quero 1")
    (permitted,) = [each for each in judged if isinstance(each, CallPermissionUpdate)]
    assert permitted.response.value == "accept"


async def test_pywa_knows_our_refusals_by_name(sim: RunningSimulator, wa: WhatsApp) -> None:
    await sim.customer(MARIA).says("oi")
    sim.fault("graph", "error", code=131056, times=1)
    with pytest.raises(WhatsAppError) as refused:
        await asyncio.to_thread(wa.send_message, f"+{MARIA}", "oi")
    assert isinstance(refused.value, TooManyMessages)
    assert refused.value.code == 131056


async def test_pywa_lists_templates_and_reads_what_is_decided_about_them(
    sim: RunningSimulator, business: Business, wa: WhatsApp, session: aiohttp.ClientSession
) -> None:
    told: list[Any] = []
    listening: Any = wa
    for kind in ("status", "category", "quality", "components"):
        getattr(listening, f"on_template_{kind}_update")(lambda _client, update: told.append(update))
    body = {
        "waba_id": WABA_ID,
        "name": "confirma",
        "language": "pt_BR",
        "category": "UTILITY",
        "components": [
            {"type": "BODY", "text": "Oi {{1}}, confirma?", "example": {"body_text": [["Maria"]]}},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Sim"}]},
        ],
    }
    async with session.put(sim.base_url + "/_simulator/templates", json=body) as response:
        made = await response.json()

    listed = await asyncio.to_thread(lambda: list(wa.get_templates(waba_id=WABA_ID)))
    assert [(each.id, each.name, each.status.value) for each in listed] == [
        (made["id"], "confirma", "APPROVED")
    ]
    for decision in (
        {"do": "status", "status": "REJECTED", "reason": "SCAM"},
        {"do": "status", "status": "PAUSED"},
        {"do": "category", "category": "MARKETING"},
        {"do": "quality", "score": "YELLOW"},
        {"do": "body", "text": "Olá {{1}}, confirma?"},
    ):
        url = f"{sim.base_url}/_simulator/templates/{made['id']}"
        async with session.post(url, json=decision) as response:
            assert response.status == 200
    await sim.wait_for(lambda _record: len(business.bodies) == 5)
    _read(wa, business)

    assert [type(each).__name__ for each in told] == [
        "TemplateStatusUpdate",
        "TemplateStatusUpdate",
        "TemplateCategoryUpdate",
        "TemplateQualityUpdate",
        "TemplateComponentsUpdate",
    ]
    assert {(str(each.template_id), each.template_name) for each in told} == {(made["id"], "confirma")}
