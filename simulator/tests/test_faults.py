import asyncio

import aiohttp
import pytest

from simulator.faults import Fault, FaultError, Faults
from simulator.testing import PHONE_NUMBER_ID, RunningSimulator
from tests.business import MARIA, Business, Graph

TEXT = {"messaging_product": "whatsapp", "to": f"+{MARIA}", "type": "text", "text": {"body": "oi"}}


@pytest.fixture(autouse=True)
async def maria(sim: RunningSimulator, business: Business) -> None:
    await sim.customer(MARIA, "Maria").says("oi")
    await sim.wait_for_kind("webhook.delivered")
    business.bodies.clear()
    business.headers.clear()


async def test_the_next_two_fail_and_the_third_is_accepted(sim: RunningSimulator, graph: Graph) -> None:
    sim.fault("graph", "error", code=130429, times=2)
    codes = [(await graph.send(type="text", text={"body": "oi"}))[0] for _ in range(3)]
    assert codes == [429, 429, 200]
    assert len(sim.logged("graph.accepted")) == 1


async def test_a_status_of_one_s_own_choice(sim: RunningSimulator, graph: Graph) -> None:
    sim.fault("graph", "error", code=131000, http_status=503, times=1)
    assert (await graph.send(text={"body": "oi"}))[0] == 503


async def test_a_lost_answer_was_accepted(sim: RunningSimulator, graph: Graph) -> None:
    sim.fault("graph", "lost", times=1)
    with pytest.raises(aiohttp.ClientError):
        await graph.send(text={"body": "oi"})
    (accepted,) = sim.logged("graph.accepted")
    assert accepted["answer"] == "lost"
    await sim.wait_for_status(accepted["wamid"], "delivered")


async def test_a_cut_connection_accepted_nothing(sim: RunningSimulator, graph: Graph) -> None:
    sim.fault("graph", "cut", times=1)
    with pytest.raises(aiohttp.ClientError):
        await graph.send(text={"body": "oi"})
    assert not sim.logged("graph.accepted")
    assert sim.logged("graph.mishap", action="cut")


async def test_a_502_page_may_hide_an_accepted_message(sim: RunningSimulator, graph: Graph) -> None:
    sim.fault("graph", "html", accepts=True, times=1)
    async with graph.session.post(
        f"{graph.url}/{PHONE_NUMBER_ID}/messages",
        json=TEXT,
        headers={"Authorization": f"Bearer {graph.token}"},
    ) as response:
        assert (response.status, response.content_type) == (502, "text/html")
    assert len(sim.logged("graph.accepted")) == 1


async def test_an_answer_that_never_comes(sim: RunningSimulator, graph: Graph) -> None:
    sim.fault("graph", "hang", times=1)
    asking = asyncio.create_task(graph.send(text={"body": "oi"}))
    await sim.wait_for_kind("graph.accepted")
    assert not asking.done()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_a_hanging_call_does_not_hold_up_the_end(
    business: Business, session: aiohttp.ClientSession
) -> None:
    async with RunningSimulator() as sim:
        await sim.register(callback_url=business.url)
        await sim.customer(MARIA).says("oi")
        sim.fault("graph", "hang")
        asking = asyncio.create_task(Graph(session, sim.graph_url).send(text={"body": "oi"}))
        await sim.wait_for_kind("graph.accepted")
    with pytest.raises(aiohttp.ClientError):
        await asking


async def test_a_slow_answer_comes_after_the_statuses(sim: RunningSimulator, graph: Graph) -> None:
    sim.fault("graph", "slow", seconds=0.3, times=1)
    asking = asyncio.create_task(graph.send(text={"body": "oi"}))
    accepted = await sim.wait_for_kind("graph.accepted")
    await sim.wait_for_status(accepted["wamid"], "delivered")
    assert not asking.done()
    status, answer = await asking
    assert (status, answer["messages"][0]["id"]) == (200, accepted["wamid"])


async def test_only_whom_it_names(sim: RunningSimulator, graph: Graph) -> None:
    await sim.customer("5511900000012").says("oi")
    sim.fault("graph", "error", code=131026, to="5511900000012")
    assert (await graph.send(text={"body": "oi"}))[0] == 200
    assert (await graph.send(to="5511900000012", text={"body": "oi"}))[0] == 400


async def test_other_endpoints_fail_too(sim: RunningSimulator, graph: Graph) -> None:
    sim.fault("graph", "error", code=80007, endpoint="node", times=1)
    assert (await graph.get(PHONE_NUMBER_ID))[1]["error"]["code"] == 80007
    assert (await graph.get(PHONE_NUMBER_ID))[0] == 200


async def test_statuses_swapped(sim: RunningSimulator, business: Business, graph: Graph) -> None:
    sim.fault("status", "swapped", times=1)
    wamid = await graph.says("oi")
    await sim.wait_for_status(wamid, "sent")
    assert [status["status"] for status in business.statuses] == ["delivered", "sent"]


async def test_statuses_duplicated_late_and_dropped(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    sim.fault("status", "duplicated", copies=3, statuses=["delivered"], times=1)
    first = await graph.says("um")
    await sim.wait_for_status(first, "delivered")
    sim.fault("status", "dropped", statuses=["sent"], times=1)
    sim.fault("status", "late", seconds=0.05, statuses=["delivered"], times=1)
    second = await graph.says("dois")
    await sim.wait_for_status(second, "delivered")
    await sim.wait_for(lambda _record: business.statuses.count(business.statuses[1]) == 3)

    told = [(status["id"] == first, status["status"]) for status in business.statuses]
    assert told.count((True, "delivered")) == 3
    assert (False, "sent") not in told
    assert sim.logged("status.dropped", id=second, status="sent")


async def test_an_accepted_message_that_fails_later(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    sim.fault("status", "failed", code=131049, times=1)
    wamid = await graph.says("oi")
    await sim.wait_for_status(wamid, "failed")
    assert business.statuses[0]["errors"][0]["code"] == 131049


async def test_webhooks_told_twice_at_the_same_moment(sim: RunningSimulator, business: Business) -> None:
    sim.fault("webhook", "duplicated", copies=5, type="message")
    await sim.customer(MARIA).says("uma vez")
    await sim.wait_for(lambda _record: len(sim.logged("webhook.delivered")) == 1 + 5)
    assert len(business.bodies) == 5
    assert len(set(business.bodies)) == 1


async def test_webhooks_unsigned_or_badly_signed(sim: RunningSimulator, business: Business) -> None:
    sim.fault("webhook", "badly_signed", times=1)
    sim.fault("webhook", "unsigned", times=2)
    for text in ("um", "dois", "três"):
        wamid = await sim.customer(MARIA).says(text)
        await sim.wait_for_kind("webhook.delivered", updates=[{"message": wamid, "type": "text"}])
    assert "X-Hub-Signature-256" not in business.headers[0]
    assert [business.signature_is_good(index) for index in range(3)] == [False, False, True]


async def test_delayed_webhooks_overtake_each_other(sim: RunningSimulator, business: Business) -> None:
    sim.fault("webhook", "delayed", seconds=0.1, times=1)
    await sim.customer(MARIA).says("primeira")
    await sim.customer(MARIA).says("segunda")
    await sim.wait_for(lambda _record: len(business.messages) == 2)
    assert [message["text"]["body"] for message in business.messages] == ["segunda", "primeira"]


def test_chance_is_repeatable() -> None:
    def story(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add(Fault("graph", "error", probability=0.3))
        return [faults.on_call("messages") is not None for _ in range(200)]

    assert story(7) == story(7)
    assert story(7) != story(8)
    assert 30 <= sum(story(7)) <= 90


def test_a_rule_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(FaultError, match="side"):
        Fault("weather", "rain")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(FaultError, match="action of status"):
        Fault("status", "html")
