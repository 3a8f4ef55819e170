"""The meter: every message counted once, in its organization's own month, at no cost to the message."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from pytake.analytics import meter
from pytake.analytics import tasks as analytics
from pytake.chatbots import repository as chatbots
from pytake.entrypoints.bootstrap import BuiltRuntime
from tests.factories import a_conversation, a_message, an_organization, until_readable


@pytest.fixture
async def organization_id(runtime: BuiltRuntime) -> UUID:
    return await an_organization(runtime)


async def _talk(runtime: BuiltRuntime, organization_id: UUID, *said: tuple[str, datetime | None]) -> None:
    async with runtime.work(organization_id) as work:
        talk = await a_conversation(work)
        for direction, at in said:
            await a_message(work, talk, direction=direction, created_at=at)
    await until_readable(runtime, organization_id)


async def _date_back(owner: asyncpg.Connection) -> None:
    """The facts to when their messages were written, as in life."""
    await owner.execute(
        "UPDATE events SET created_at = (payload ->> 'message_created_at')::timestamptz "
        "WHERE payload ? 'message_created_at'"
    )


async def _months(runtime: BuiltRuntime, organization_id: UUID) -> list[tuple[date, int, int]]:
    async with runtime.work(organization_id) as work:
        rows: list[Any] = await work.fetch("SELECT month, sent, received FROM message_usage ORDER BY month")
    return [tuple(row) for row in rows]


async def test_each_message_counts_once_in_the_month_its_organization_has(
    runtime: BuiltRuntime, organization_id: UUID, owner: asyncpg.Connection
) -> None:
    """At one in the night of UTC it is still the evening before in São Paulo."""
    night, day = datetime(2026, 3, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, 4, tzinfo=UTC)
    await _talk(runtime, organization_id, ("outbound", night), ("inbound", night), ("outbound", day))

    await _date_back(owner)
    await asyncio.gather(*(meter.count(runtime, organization_id) for _ in range(5)))
    first = await _months(runtime, organization_id)
    await _talk(runtime, organization_id, ("inbound", day))
    await _date_back(owner)
    await meter.count(runtime, organization_id)

    assert first == [(date(2026, 2, 1), 1, 1), (date(2026, 3, 1), 1, 0)]
    assert await _months(runtime, organization_id) == [(date(2026, 2, 1), 1, 1), (date(2026, 3, 1), 1, 1)]


async def test_a_crash_between_two_steps_counts_nothing_twice(
    runtime: BuiltRuntime, organization_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _talk(runtime, organization_id, *[("outbound", None)] * 7)

    async def crash(*_: Any) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patched:
        patched.setattr("pytake.kit.journal.move_cursor", crash)
        with pytest.raises(ConnectionResetError):
            await meter.count(runtime, organization_id)
    assert await _months(runtime, organization_id) == []
    await meter.count(runtime, organization_id)

    ((_, sent, received),) = await _months(runtime, organization_id)
    assert (sent, received) == (7, 0)


async def test_batches_add_up(
    runtime: BuiltRuntime, organization_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meter, "BATCH", 3)
    await _talk(runtime, organization_id, *[("inbound", None)] * 10)

    await meter.count(runtime, organization_id)

    ((_, sent, received),) = await _months(runtime, organization_id)
    assert (sent, received) == (0, 10)


async def test_bots_fall_silent_when_the_month_is_used_up_and_speak_again_when_it_is_not(
    runtime: BuiltRuntime, organization_id: UUID
) -> None:
    async def may_speak() -> bool:
        async with runtime.work(organization_id) as work:
            return (await chatbots.cast(work)).may_speak

    async with runtime.work(organization_id) as work:
        await work.execute("UPDATE organizations SET monthly_message_limit = 5")
    await _talk(runtime, organization_id, *[("outbound", None)] * 4)
    await meter.count(runtime, organization_id)
    assert await may_speak()

    await _talk(runtime, organization_id, ("outbound", None), ("inbound", None))
    await meter.count(runtime, organization_id)

    assert not await may_speak()
    async with runtime.work(organization_id) as work:
        (row,) = await work.fetch(
            """
            SELECT messages_paused_until AT TIME ZONE 'America/Sao_Paulo' = date_trunc(
                       'month', now() AT TIME ZONE 'America/Sao_Paulo') + interval '1 month' AS is_right,
                   (SELECT payload FROM events WHERE type = 'organization.limit_reached') AS told
            FROM organizations
            """
        )
        await work.execute("UPDATE organizations SET messages_paused_until = now()")
    assert row["is_right"]
    assert row["told"] == {"limit": "monthly_message_limit", "allowed": 5, "used": 5}
    assert await may_speak(), "the month is over"


@pytest.mark.parametrize("change", ["is_active = false", "deleted_at = now()"])
async def test_bots_of_an_organization_that_is_switched_off_are_silent(
    runtime: BuiltRuntime, organization_id: UUID, change: str
) -> None:
    async with runtime.work(organization_id) as work:
        await work.execute(f"UPDATE organizations SET {change}")  # noqa: S608 - written in the parameters
        assert not (await chatbots.cast(work)).may_speak


async def test_organizations_that_lag_behind_are_found(runtime: BuiltRuntime, organization_id: UUID) -> None:
    await _talk(runtime, organization_id, ("inbound", None))

    assert [nudge.arguments for nudge in await analytics.unmetered(runtime)] == [(organization_id,)]
    await analytics.count_messages(runtime, organization_id)
    await until_readable(runtime, organization_id)
    assert await analytics.unmetered(runtime) == []
