from collections import Counter
from collections.abc import AsyncIterator

import pytest

from simulator.config import Limits
from simulator.testing import PHONE_NUMBER_ID, RunningSimulator, fast_config
from tests.business import MARIA, Business, Graph


@pytest.fixture
async def sim(business: Business) -> AsyncIterator[RunningSimulator]:
    async with RunningSimulator(fast_config(limits=Limits())) as simulator:
        await simulator.register(callback_url=business.url)
        yield simulator


async def _try(graph: Graph, to: str, count: int) -> Counter[int]:
    codes: Counter[int] = Counter()
    for _ in range(count):
        status, answer = await graph.send(to=to, type="text", text={"body": "oi"})
        codes[200 if status == 200 else answer["error"]["code"]] += 1
    return codes


async def test_a_pair_may_borrow_forty_five_and_then_one_per_six_seconds(
    sim: RunningSimulator, graph: Graph
) -> None:
    await sim.customer(MARIA).says("oi")
    sim.simulator.world.accounts.numbers[PHONE_NUMBER_ID].per_second = 0

    assert await _try(graph, MARIA, 46) == {200: 45, 131056: 1}
    sim.shift_clock(6)
    assert await _try(graph, MARIA, 2) == {200: 1, 131056: 1}
    sim.shift_clock(45 * 6)
    assert await _try(graph, MARIA, 46) == {200: 45, 131056: 1}


async def test_other_people_do_not_wait_for_a_pair(sim: RunningSimulator, graph: Graph) -> None:
    sim.simulator.world.accounts.numbers[PHONE_NUMBER_ID].per_second = 0
    await sim.customer(MARIA).says("oi")
    await sim.customer("5511900000012").says("oi")
    await _try(graph, MARIA, 46)
    assert await _try(graph, "5511900000012", 3) == {200: 3}


async def test_a_number_sends_eighty_per_second(sim: RunningSimulator, graph: Graph) -> None:
    clock = sim.simulator.world.clock
    frozen = clock.now()
    clock.now = lambda: frozen  # type: ignore[method-assign]  # the burst of one instant, however long it takes
    people = [f"55119{index:08}" for index in range(9)]
    for wa_id in people:
        await sim.customer(wa_id).says("oi")

    total = Counter[int]()
    for wa_id in people:
        total += await _try(graph, wa_id, 10)

    assert total == {200: 80, 130429: 10}
