"""What a batch writes while it is still being played."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import pytest

from pytake.inbound import sheets
from pytake.inbound.sheets import Pen, in_sheets
from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.echo import ECHO
from tests.pipeline.office import Office


def test_all_of_one_person_are_on_one_sheet_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "SHEET", 2)
    one, two, three = (UUID(int=number) for number in (1, 2, 3))

    assert in_sheets([three, one, three, two, one]) == [[1, 4, 3], [0, 2]]
    assert in_sheets([]) == []


async def test_one_thing_is_written_at_a_time_while_its_owner_goes_on() -> None:
    told: list[str] = []

    async def writing(name: str) -> None:
        told.append(f"{name} begins")
        await asyncio.sleep(0)
        told.append(f"{name} ends")

    async with Pen() as pen:
        await pen.write(writing("one"))
        told.append("playing")
        await pen.write(writing("two"))

    assert told == ["playing", "one begins", "one ends", "two begins", "two ends"]


async def test_what_goes_wrong_in_a_writing_is_heard_by_the_owner() -> None:
    begun = []

    async def next_one() -> None:
        begun.append(True)

    with pytest.raises(ZeroDivisionError):
        await _write(_failing())
    with pytest.raises(ZeroDivisionError):
        await _write(_failing(), next_one())
    assert not begun


async def test_an_owner_that_fails_calls_its_writing_off() -> None:
    writing = asyncio.create_task(asyncio.Event().wait())
    with pytest.raises(ZeroDivisionError):
        await _fail_while(writing)
    assert writing.cancelled()


async def _failing() -> None:
    raise ZeroDivisionError


async def _write(*writings: Coroutine[Any, Any, None]) -> None:
    async with Pen() as pen:
        for writing in writings:
            await pen.write(writing)


async def _fail_while(task: "asyncio.Task[bool]") -> None:
    async with Pen() as pen:
        await pen.write(_as_long_as(task))
        await asyncio.sleep(0)
        await _failing()


async def _as_long_as(task: "asyncio.Task[bool]") -> None:
    await task


async def test_a_batch_of_many_sheets_is_answered_like_any_other(
    office: Office, sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SHEET", 3)
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, ECHO)
    await office.owner.execute("UPDATE whatsapp_numbers SET throughput_per_second = 1000")
    people = [f"55119000003{place:02d}" for place in range(20)]
    messages = [meta.text(person, f"{person} {turn}") for turn in range(3) for person in people]
    customers = [sim.customer(person) for person in people]
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=messages)))

    for customer, person in zip(customers, people, strict=True):
        heard = [(await customer.hears())["body"]["text"]["body"] for _ in range(3)]
        assert heard == [f"eco: {person} {turn}" for turn in range(3)]
    await office.settled()
    counted = await office.rows("SELECT DISTINCT total_messages FROM contacts WHERE total_messages > 0")
    assert [row["total_messages"] for row in counted] == [6]
    assert await office.count("SELECT count(*) FROM flow_runs WHERE status = 'completed'") == len(messages)
