"""When customers see that their messages are read: behind the answers, once for all they wrote meanwhile."""

import asyncio

import pytest

from pytake.conversations.service import desk, send, ticks
from simulator.testing import RunningSimulator
from tests.pipeline.office import Office, Tenant

MARIA = "5511900000011"
OTHERS = [f"55119000001{place:02}" for place in range(desk.A_FEW + 2)]
UNDER_WAY = 5.0
"""Seconds that the others' answers take."""


@pytest.fixture
async def busy_desk(sim: RunningSimulator, tenant: Tenant) -> None:
    """More answers are under way than a few."""
    for other in OTHERS:
        sim.fault("graph", "slow", to=other, seconds=UNDER_WAY, type="text")
    await asyncio.gather(*(sim.customer(other).says("oi") for other in OTHERS))
    async with asyncio.timeout(20.0):
        while _calls() < len(OTHERS):
            await asyncio.sleep(0.01)


def _calls() -> int:
    return sum(len(each.calls) for each in send._desks.values())


def _reads(sim: RunningSimulator, wa_id: str) -> list[str]:
    return [record["wamid"] for record in sim.logged("graph.read") if record["wa_id"] == wa_id]


@pytest.mark.usefixtures("busy_desk")
async def test_ticks_give_way_to_answers_and_tell_of_the_newest_message_only(
    office: Office, sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticks, "PATIENCE", 60.0)
    maria = sim.customer(MARIA)
    wamids = []
    for text in ("um", "dois"):
        wamids.append(await maria.says(text))
        await maria.hears()
    newest = wamids[-1]
    assert _calls() > desk.A_FEW
    assert not _reads(sim, MARIA)

    await office.settled()
    await sim.wait_for(lambda record: record["kind"] == "graph.read" and record.get("wamid") == newest)

    assert _reads(sim, MARIA) == [newest]
    assert all(len(_reads(sim, other)) == 1 for other in OTHERS)


@pytest.mark.usefixtures("busy_desk")
async def test_ticks_do_not_give_way_for_ever(sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "PATIENCE", 0.0)
    first = await sim.customer(MARIA).says("oi")

    await sim.wait_for(lambda record: record["kind"] == "graph.read" and record.get("wamid") == first)

    assert _calls() > desk.A_FEW


@pytest.mark.usefixtures("tenant")
async def test_a_tick_that_comes_too_late_is_dropped(
    office: Office, sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticks, "WORTHLESS", 0.0)
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()
    await office.settled()
    async with asyncio.timeout(20.0):
        while send._desks:
            await asyncio.sleep(0.01)

    assert not sim.logged("graph.read")
