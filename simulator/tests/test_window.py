from typing import Any

import aiohttp

from simulator.testing import RunningSimulator, fast_config
from tests.business import MARIA, Business, Graph

HOUR = 3600
TEMPLATE: dict[str, Any] = {"type": "template", "template": {"name": "aviso", "language": {"code": "pt_BR"}}}


async def test_outside_the_window_a_text_is_accepted_and_then_fails(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    await sim.customer(MARIA, "Maria").says("oi")
    sim.shift_clock(24 * HOUR + 1)

    wamid = await graph.says("Ainda aí?", biz_opaque_callback_data="row-1")
    await sim.wait_for_status(wamid, "failed")

    (status,) = business.statuses
    assert status["recipient_id"] == MARIA
    assert "recipient_user_id" not in status
    assert status["biz_opaque_callback_data"] == "row-1"
    assert [error["code"] for error in status["errors"]] == [131047]
    assert "contacts" not in business.values[-1]


async def test_inside_the_window_and_by_template_it_arrives(sim: RunningSimulator, graph: Graph) -> None:
    await sim.customer(MARIA).says("oi")
    sim.shift_clock(24 * HOUR - 5)
    await sim.wait_for_status(await graph.says("oi"), "delivered")
    sim.shift_clock(48 * HOUR)
    _, answer = await graph.send(**TEMPLATE)
    await sim.wait_for_status(answer["messages"][0]["id"], "delivered")


async def test_the_refusal_can_come_at_once(business: Business, session: aiohttp.ClientSession) -> None:
    async with RunningSimulator(fast_config(window_refusal="answer")) as sim:
        await sim.register(callback_url=business.url)
        sim.customer(MARIA)
        status, answer = await Graph(session, sim.graph_url).send(type="text", text={"body": "oi"})
        assert (status, answer["error"]["code"]) == (400, 131047)


async def test_somebody_without_whatsapp_is_undeliverable(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    wamid = await graph.says("oi", to="5511999999999")
    await sim.wait_for_status(wamid, "failed")
    assert business.statuses[0]["errors"][0]["code"] == 131026


async def test_unknown_people_can_be_made_on_the_fly(
    business: Business, session: aiohttp.ClientSession
) -> None:
    async with RunningSimulator(fast_config(unknown_recipients="create")) as sim:
        await sim.register(callback_url=business.url)
        _, answer = await Graph(session, sim.graph_url).send(to="5511988887777", **TEMPLATE)
        await sim.wait_for_status(answer["messages"][0]["id"], "delivered")
