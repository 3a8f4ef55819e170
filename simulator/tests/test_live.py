import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import ClientWebSocketResponse

from simulator.testing import PHONE_NUMBER_ID, RunningSimulator, fast_config
from tests.business import MARIA, Business, Graph

Json = dict[str, Any]


@pytest.fixture
async def socket(
    sim: RunningSimulator, session: aiohttp.ClientSession
) -> AsyncIterator[ClientWebSocketResponse]:
    sim.customer(MARIA, "Maria")
    async with session.ws_connect(sim.base_url + "/_simulator/live") as socket:
        yield socket


async def _until(socket: ClientWebSocketResponse, kind: str, **facts: Any) -> Json:
    while True:
        event: Json = await socket.receive_json(timeout=10)
        inner = event.get("message", event) if kind == "message" else event
        if event["type"] == kind and all(inner.get(key) == value for key, value in facts.items()):
            return event


async def _open(socket: ClientWebSocketResponse, **more: Any) -> Json:
    await socket.send_json({"type": "open", "customer": MARIA, "phone_number_id": PHONE_NUMBER_ID, **more})
    return await _until(socket, "chat")


async def test_it_begins_with_the_world(socket: ClientWebSocketResponse) -> None:
    hello = await _until(socket, "hello")
    assert [number["verified_name"] for number in hello["state"]["numbers"]] == ["Padaria Aurora"]
    assert [record["kind"] for record in hello["log"]] == ["app.registered"]


async def test_an_open_chat_reads_what_arrives(
    sim: RunningSimulator, socket: ClientWebSocketResponse, graph: Graph
) -> None:
    await sim.customer(MARIA).says("oi")
    chat = await _open(socket)
    assert [message["type"] for message in chat["messages"]] == ["text"]

    wamid = await graph.says("olá")
    await _until(socket, "message", id=wamid, status="delivered")
    await sim.wait_for_status(wamid, "read")


async def test_a_chat_behind_another_window_is_not_read_until_looked_at(
    sim: RunningSimulator, socket: ClientWebSocketResponse, graph: Graph
) -> None:
    await sim.customer(MARIA).says("oi")
    await _open(socket, looking=False)
    wamid = await graph.says("olá")
    await sim.wait_for_status(wamid, "delivered")
    assert not [record for record in sim.log if {"id": wamid, "status": "read"} in record.get("updates", [])]
    await socket.send_json({"type": "look", "looking": True})
    await sim.wait_for_status(wamid, "read")


async def test_leaving_closes_the_chat(
    sim: RunningSimulator, socket: ClientWebSocketResponse, graph: Graph
) -> None:
    await sim.customer(MARIA).says("oi")
    await _open(socket)
    await socket.close()
    while sim.simulator.world.live:
        await asyncio.sleep(0)
    assert not sim.simulator.world.chats.get(PHONE_NUMBER_ID, MARIA).is_open


async def test_typing_and_ticks_are_told(
    sim: RunningSimulator, socket: ClientWebSocketResponse, graph: Graph
) -> None:
    await _open(socket)
    wamid = await sim.customer(MARIA).says("oi")
    await _until(socket, "message", id=wamid, status="delivered")
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    await graph.post(f"{PHONE_NUMBER_ID}/messages", {**body, "typing_indicator": {"type": "text"}})
    await _until(socket, "message", id=wamid, status="read")
    assert (await _until(socket, "typing"))["until"] > sim.simulator.world.clock.now()
    await graph.says("olá")
    assert (await _until(socket, "typing"))["until"] == 0


async def test_deleting_and_new_people_are_told(
    sim: RunningSimulator, socket: ClientWebSocketResponse, session: aiohttp.ClientSession
) -> None:
    await _open(socket)
    async with session.delete(f"{sim.base_url}/_simulator/customers/{MARIA}/chat") as response:
        assert response.status == 200
    await _until(socket, "cleared")
    async with session.post(
        f"{sim.base_url}/_simulator/customers", json={"wa_id": "5511900000012"}
    ) as response:
        assert response.status == 201
    assert len((await _until(socket, "people"))["people"]) == 2


async def test_the_name_the_page_gave_comes_back(
    sim: RunningSimulator, socket: ClientWebSocketResponse, session: aiohttp.ClientSession
) -> None:
    await _open(socket)
    url = f"{sim.base_url}/_simulator/customers/{MARIA}/messages"
    async with session.post(url, json={"text": "oi", "ref": "draft-1"}) as response:
        wamid = (await response.json())["wamid"]
    assert (await _until(socket, "message", id=wamid))["message"]["ref"] == "draft-1"


async def test_a_chat_that_does_not_exist_is_gone(socket: ClientWebSocketResponse) -> None:
    await socket.send_json({"type": "open", "customer": "999", "phone_number_id": PHONE_NUMBER_ID})
    await _until(socket, "gone")


async def test_a_voice_message_is_played_from_the_page(
    sim: RunningSimulator, socket: ClientWebSocketResponse, graph: Graph
) -> None:
    await sim.customer(MARIA).says("oi")
    await _open(socket)
    _, answer = await graph.send(type="audio", audio={"id": await graph.uploaded("audio/ogg"), "voice": True})
    wamid = answer["messages"][0]["id"]
    await sim.wait_for_status(wamid, "read")
    await socket.send_json({"type": "played", "wamid": wamid})
    await sim.wait_for_status(wamid, "played")


async def test_other_origins_may_not_watch(sim: RunningSimulator, session: aiohttp.ClientSession) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(sim.base_url + "/_simulator/live", origin="http://evil.example")
    assert refused.value.status == 403


async def test_the_line_closes_with_the_simulator(session: aiohttp.ClientSession, business: Business) -> None:
    async with RunningSimulator(fast_config()) as sim:
        socket = await session.ws_connect(sim.base_url + "/_simulator/live")
        await _until(socket, "hello")
    message = await socket.receive(timeout=10)
    while message.type is aiohttp.WSMsgType.TEXT:
        message = await socket.receive(timeout=10)
    assert message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED}
