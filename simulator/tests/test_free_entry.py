"""Seventy-two free hours: opened by an answer within a day to whoever came through an advertisement."""

from pathlib import Path

import aiohttp

from simulator.testing import RunningSimulator, fast_config
from tests.business import MARIA, Business, Graph
from tests.test_window import HOUR, TEMPLATE


async def _types(sim: RunningSimulator, business: Business, wamid: str) -> list[str]:
    await sim.wait_for_status(wamid, "delivered")
    return [status["pricing"]["type"] for status in business.statuses if status["id"] == wamid]


async def _template(graph: Graph) -> str:
    _, answer = await graph.send(**TEMPLATE)
    wamid: str = answer["messages"][0]["id"]
    return wamid


async def test_an_answered_advertisement_is_free_for_seventy_two_hours_templates_too(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    await sim.customer(MARIA).comes_by_advertisement("Quero a promoção", headline="Pão em dobro")
    sim.shift_clock(23 * HOUR)
    answer = await graph.says("Claro!")
    assert await _types(sim, business, answer) == ["free_entry_point"] * 2
    sim.shift_clock(71 * HOUR)
    assert await _types(sim, business, await _template(graph)) == ["free_entry_point"] * 2
    sim.shift_clock(2 * HOUR)
    assert await _types(sim, business, await _template(graph)) == ["regular"] * 2

    assert business.messages[0]["referral"]["headline"] == "Pão em dobro"
    sent, delivered = (status for status in business.statuses if status["id"] == answer)
    assert sent["conversation"]["origin"] == {"type": "referral_conversion"}
    assert int(sent["conversation"]["expiration_timestamp"]) == int(sent["timestamp"]) + 72 * HOUR
    assert "expiration_timestamp" not in delivered["conversation"]


async def test_it_opens_no_window(sim: RunningSimulator, business: Business, graph: Graph) -> None:
    await sim.customer(MARIA).comes_by_advertisement("Quero a promoção")
    await sim.wait_for_status(await graph.says("Claro!"), "delivered")
    sim.shift_clock(25 * HOUR)
    wamid = await graph.says("Ainda aí?")
    await sim.wait_for_status(wamid, "failed")
    (failed,) = [status for status in business.statuses if status["status"] == "failed"]
    assert [error["code"] for error in failed["errors"]] == [131047]


async def test_an_answer_after_a_day_opens_nothing(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    await sim.customer(MARIA).comes_by_advertisement("Quero a promoção")
    sim.shift_clock(24 * HOUR + 1)
    assert await _types(sim, business, await _template(graph)) == ["regular"] * 2


async def test_the_next_life_knows_it_too(
    business: Business, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    config = fast_config(data=tmp_path)
    async with RunningSimulator(config) as first:
        await first.register(callback_url=business.url)
        await first.customer(MARIA).comes_by_advertisement("Quero a promoção")
        wamid = await Graph(session, first.graph_url).says("Claro!")
        await first.wait_for_status(wamid, "delivered")
    async with RunningSimulator(config) as second:
        wamid = await _template(Graph(session, second.graph_url))
        assert await _types(second, business, wamid) == ["free_entry_point"] * 2


async def test_the_interface_for_people_who_test_sends_advertisements(
    sim: RunningSimulator, business: Business, session: aiohttp.ClientSession
) -> None:
    sim.customer(MARIA)
    said = {"do": "advertisement", "text": "Oi", "headline": "Bolo", "from_post": True}
    async with session.post(f"{sim.base_url}/_simulator/customers/{MARIA}/messages", json=said) as answer:
        assert answer.status == 201
    await sim.wait_for_kind("webhook.delivered")
    (message,) = business.messages
    assert message["text"] == {"body": "Oi"}
    assert (message["referral"]["source_type"], message["referral"]["headline"]) == ("post", "Bolo")
