from typing import Any

import aiohttp

from simulator.testing import PHONE_NUMBER_ID, RunningSimulator, fast_config
from tests.business import MARIA, Business, Graph

JANE = "12025550143"


async def test_statuses_carry_what_the_reference_promises(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    await sim.customer(MARIA, "Maria Andrade", user_id="BR.1").says("oi")
    wamid = await graph.says("olá", biz_opaque_callback_data="message-7")
    await sim.wait_for_status(wamid, "delivered")

    sent, delivered = business.statuses
    common = {
        "id": wamid,
        "recipient_id": MARIA,
        "recipient_user_id": "BR.1",
        "biz_opaque_callback_data": "message-7",
        "pricing": {
            "billable": False,
            "pricing_model": "PMP",
            "type": "free_customer_service",
            "category": "service",
        },
    }
    assert sent == {**common, "status": "sent", "timestamp": sent["timestamp"]}
    assert delivered == {**common, "status": "delivered", "timestamp": delivered["timestamp"]}
    assert isinstance(sent["timestamp"], str)
    assert business.values[-1]["contacts"] == [
        {"profile": {"name": "Maria Andrade"}, "wa_id": MARIA, "user_id": "BR.1"}
    ]


async def test_a_message_is_read_when_the_customer_looks(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    maria = sim.customer(MARIA)
    await maria.says("oi")
    wamid = await graph.says("olá")
    await sim.wait_for_status(wamid, "delivered")
    maria.looks()
    await sim.wait_for_status(wamid, "read")
    assert "pricing" not in business.statuses[-1]


async def test_without_read_receipts_nothing_is_read(sim: RunningSimulator, graph: Graph) -> None:
    maria = sim.customer(MARIA, read_receipts=False)
    await maria.says("oi")
    wamid = await graph.says("olá")
    await sim.wait_for_status(wamid, "delivered")
    maria.looks()
    marker = await maria.says("depois")
    await sim.wait_for_kind("webhook.delivered", updates=[{"message": marker, "type": "text"}])
    assert not [record for record in sim.log if {"id": wamid, "status": "read"} in record.get("updates", [])]


async def test_a_reaction_is_only_sent(sim: RunningSimulator, business: Business, graph: Graph) -> None:
    wamid = await sim.customer(MARIA).says("oi")
    reaction: dict[str, Any] = {"type": "reaction", "reaction": {"message_id": wamid, "emoji": "👍"}}
    _, answer = await graph.send(**reaction)
    later = await graph.says("fim")
    await sim.wait_for_status(later, "delivered")

    mine = [status for status in business.statuses if status["id"] == answer["messages"][0]["id"]]
    assert [status["status"] for status in mine] == ["sent"]
    assert "pricing" not in mine[0]
    target = sim.simulator.world.chats.find_message(wamid)
    assert target is not None
    assert target.reactions == {"business": "👍"}


async def test_a_person_behind_a_username_is_never_named_by_phone(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    jane = sim.customer(JANE, "Jane Roe", user_id="US.1", username="jane.roe", hides_phone=True)
    await jane.says("Hi")
    body: dict[str, Any] = {"messaging_product": "whatsapp", "recipient": "US.1", "text": {"body": "Hi Jane"}}
    status, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", body)
    assert (status, answer["contacts"]) == (200, [{"input": "US.1", "user_id": "US.1"}])
    await sim.wait_for_status(answer["messages"][0]["id"], "delivered")

    assert business.messages[0].keys() == {"from_user_id", "id", "timestamp", "type", "text"}
    assert [status.get("recipient_id") for status in business.statuses] == [None, None]
    assert business.values[-1]["contacts"] == [
        {"profile": {"name": "Jane Roe", "username": "jane.roe"}, "user_id": "US.1"}
    ]
    assert "username" not in business.values[1]["contacts"][0]["profile"]


async def test_service_messages_cost_after_the_free_ones(
    business: Business, session: aiohttp.ClientSession
) -> None:
    async with RunningSimulator(fast_config(free_service_messages=1)) as sim:
        await sim.register(callback_url=business.url)
        await sim.customer(MARIA).says("oi")
        graph = Graph(session, sim.graph_url)
        for text in ("um", "dois"):
            await sim.wait_for_status(await graph.says(text), "delivered")
        kinds = {status["id"]: status["pricing"]["type"] for status in business.statuses}
        assert list(kinds.values()) == ["free_customer_service", "regular"]


async def test_a_voice_message_can_be_played(sim: RunningSimulator, business: Business, graph: Graph) -> None:
    maria = sim.customer(MARIA)
    await maria.says("oi")
    _, answer = await graph.send(type="audio", audio={"id": await graph.uploaded("audio/ogg"), "voice": True})
    wamid = answer["messages"][0]["id"]
    await sim.wait_for_status(wamid, "delivered")
    message = sim.simulator.world.chats.find_message(wamid)
    assert message is not None
    sim.simulator.customers.plays(message, maria.person)
    await sim.wait_for_status(wamid, "played")


async def test_every_message_can_be_read_at_once(business: Business, session: aiohttp.ClientSession) -> None:
    async with RunningSimulator(fast_config(reads="always")) as sim:
        await sim.register(callback_url=business.url)
        await sim.customer(MARIA).says("oi")
        wamid = await Graph(session, sim.graph_url).says("olá")
        await sim.wait_for_status(wamid, "read")
        assert [status["status"] for status in business.statuses] == ["sent", "delivered", "read"]
