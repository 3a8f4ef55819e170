import pytest

from simulator.customers import NothingToTapError, NotWrittenError
from simulator.testing import PHONE_NUMBER_ID, RunningSimulator
from tests.business import MARIA, Business, Graph
from tests.test_refusals import a_list, buttons, rows, template


async def _offer(sim: RunningSimulator, graph: Graph, message: dict[str, object]) -> str:
    await sim.customer(MARIA).says("oi")
    body = {"messaging_product": "whatsapp", "to": f"+{MARIA}", **message}
    status, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", body)
    assert status == 200, answer
    wamid: str = answer["messages"][0]["id"]
    return wamid


async def _told(sim: RunningSimulator, business: Business, wamid: str) -> dict[str, object]:
    await sim.wait_for(lambda record: any(each.get("message") == wamid for each in record.get("updates", ())))
    (message,) = [each for each in business.messages if each["id"] == wamid]
    return message


async def test_tapping_a_button(sim: RunningSimulator, business: Business, graph: Graph) -> None:
    offered = await _offer(sim, graph, buttons(("sim", "Confirmar"), ("nao", "Cancelar")))
    message = await _told(sim, business, await sim.customer(MARIA).taps("nao"))
    assert message["type"] == "interactive"
    assert message["interactive"] == {
        "type": "button_reply",
        "button_reply": {"id": "nao", "title": "Cancelar"},
    }
    assert message["context"] == {"from": "551130000100", "id": offered}


async def test_picking_a_row_by_its_title(sim: RunningSimulator, business: Business, graph: Graph) -> None:
    await _offer(sim, graph, a_list(rows(2)))
    message = await _told(sim, business, await sim.customer(MARIA).taps("Linha 1"))
    assert message["interactive"] == {"type": "list_reply", "list_reply": {"id": "r1", "title": "Linha 1"}}


async def test_a_template_s_quick_reply(sim: RunningSimulator, business: Business, graph: Graph) -> None:
    reply = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "0",
        "parameters": [{"type": "payload", "payload": "SIM|1"}],
    }
    await _offer(sim, graph, template(components=[reply]))
    message = await _told(sim, business, await sim.customer(MARIA).taps("SIM|1"))
    assert (message["type"], message["button"]) == ("button", {"payload": "SIM|1", "text": "SIM|1"})


async def test_what_nobody_offered_cannot_be_tapped(sim: RunningSimulator, graph: Graph) -> None:
    await _offer(sim, graph, buttons(("sim", "Confirmar")))
    with pytest.raises(NothingToTapError, match="talvez"):
        await sim.customer(MARIA).taps("talvez")


async def test_images_reactions_quotes_and_anything_raw(sim: RunningSimulator, business: Business) -> None:
    maria = sim.customer(MARIA)
    first = await maria.says("oi")
    image = await _told(sim, business, await maria.sends_image("olha"))
    reaction = await _told(sim, business, await maria.reacts(first, "❤️"))
    removed = await _told(sim, business, await maria.reacts(first, None))
    quote = await _told(sim, business, await maria.says("esta", quotes=first))
    raw = await _told(
        sim,
        business,
        await maria.sends(
            "location", {"latitude": 0, "longitude": 0}, extra={"referral": {"source_type": "ad"}}
        ),
    )
    assert image["image"] == {**image["image"], "caption": "olha", "mime_type": "image/jpeg"}  # type: ignore[dict-item]  # an object, as Meta sends it
    assert reaction["reaction"] == {"message_id": first, "emoji": "❤️"}
    assert removed["reaction"] == {"message_id": first}
    assert quote["context"] == {"from": "551130000100", "id": first}
    assert (raw["location"], raw["referral"]) == ({"latitude": 0, "longitude": 0}, {"source_type": "ad"})


async def test_cards_are_a_list_and_system_messages_have_no_contacts(
    sim: RunningSimulator, business: Business
) -> None:
    maria = sim.customer(MARIA)
    cards = [{"name": {"formatted_name": "Zé"}}]
    told = await _told(sim, business, await maria.sends("contacts", cards))
    assert told["contacts"] == cards
    await _told(sim, business, await maria.sends("system", {"type": "user_changed_number", "wa_id": "1"}))
    assert "contacts" not in business.values[-1]


async def test_ticks_go_grey_with_the_200_and_blue_with_mark_as_read(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    business.answer = lambda attempt: 500 if attempt == 1 else 200
    maria = sim.customer(MARIA)
    first = await maria.says("um")
    await sim.wait_for_kind("webhook.failed")
    message = sim.simulator.world.chats.find_message(first)
    assert message is not None
    assert message.status == "accepted"
    await sim.wait_for_kind("webhook.delivered")
    assert message.status == "delivered"

    second = await maria.says("dois")
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": second}
    assert (await graph.post(f"{PHONE_NUMBER_ID}/messages", read))[0] == 200
    assert message.status == "read"


async def test_brazil_s_ninth_digit_finds_the_same_person(sim: RunningSimulator, graph: Graph) -> None:
    joao = sim.customer("553190000012", "João")
    await joao.says("oi")
    _, answer = await graph.send(to="5531990000012", type="text", text={"body": "oi"})
    assert answer["contacts"] == [{"input": "+5531990000012", "wa_id": "553190000012"}]
    assert (await joao.hears())["body"]["text"]["body"] == "oi"


async def test_edits_and_deletes_what_they_wrote(sim: RunningSimulator, business: Business) -> None:
    maria = sim.customer(MARIA)
    said = await maria.says("Bolo de milho")
    edit = await _told(sim, business, await maria.edits(said, "Bolo de fubá"))
    chat = sim.simulator.world.chats.get(PHONE_NUMBER_ID, MARIA)
    assert edit["edit"] == {
        "original_message_id": said,
        "message": {"context": {"id": "M0"}, "type": "text", "text": {"body": "Bolo de fubá"}},
    }
    assert [(each.content, each.edited) for each in chat.messages] == [({"body": "Bolo de fubá"}, True)]

    revoke = await _told(sim, business, await maria.revokes(said))
    assert revoke["revoke"] == {"original_message_id": said}
    assert [each.type for each in chat.messages] == ["revoked"]
    with pytest.raises(NotWrittenError, match=r"wamid\.x"):
        await maria.revokes("wamid.x")


async def test_forwards(sim: RunningSimulator, business: Business) -> None:
    maria = sim.customer(MARIA)
    once = await _told(sim, business, await maria.forwards("Promoção"))
    often = await _told(sim, business, await maria.forwards("URGENTE", often=True))
    assert once["context"] == {"forwarded": True}
    assert often["context"] == {"forwarded": True, "frequently_forwarded": True}
