"""Every limit of a plan is kept where the thing is made, also by many at once, and says what it is about."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from httpx import AsyncClient

from pytake.chatbots.service.publish import create_bot
from pytake.departments import service as departments
from pytake.departments.schemas import DepartmentWrite
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity import limits
from pytake.identity import service as identity
from pytake.identity.errors import LimitReached, MessageLimitReached
from pytake.identity.types import OF_PLAN, Limit, PlanType, Role
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.whatsapp import service as whatsapp
from tests.factories import Somebody, a_user, an_organization, somebody

Make = Callable[[Work, BuiltRuntime], Awaitable[Any]]


async def _bot(work: Work, _: BuiltRuntime) -> None:
    await create_bot(work, f"Bot {new_id()}")


async def _number(work: Work, runtime: BuiltRuntime) -> None:
    channel, _ = await whatsapp.open_channel(
        work, runtime.ports.secrets, name=str(new_id()), app_secret="-", verify_token="-"
    )
    await whatsapp.connect_number(
        work,
        runtime.ports.secrets,
        channel_id=channel,
        phone_number_id=str(new_id()),
        phone_number=f"+55{new_id().int % 10**12}",
        display_name=None,
        business_account_id=None,
        access_token="-",
    )


async def _agent(work: Work, _: BuiltRuntime) -> None:
    await identity.create_user(
        work, full_name="Ana", email=f"{new_id()}@padaria.example", password_hash="-", role=Role.AGENT
    )


async def _department(work: Work, _: BuiltRuntime) -> None:
    await departments.create(work, DepartmentWrite(name=str(new_id())).model_dump())


MADE: list[tuple[Limit, Make]] = [
    (Limit.CHATBOTS, _bot),
    (Limit.NUMBERS, _number),
    (Limit.AGENTS, _agent),
    (Limit.DEPARTMENTS, _department),
]


async def _allow(runtime: BuiltRuntime, organization_id: Any, limit: Limit, allowed: int | None) -> None:
    async with runtime.work(organization_id) as work:
        await work.execute(f"UPDATE organizations SET {limit.value} = $1", allowed)  # noqa: S608 - Limit names columns


@pytest.mark.parametrize(("limit", "make"), MADE)
async def test_the_last_one_is_made_once_by_many_at_once(
    runtime: BuiltRuntime, limit: Limit, make: Make
) -> None:
    organization_id = await an_organization(runtime)
    await _allow(runtime, organization_id, limit, 3)

    async def one() -> LimitReached | None:
        try:
            async with runtime.work(organization_id) as work:
                await make(work, runtime)
        except LimitReached as refused:
            return refused
        return None

    refusals = [refused for refused in await asyncio.gather(*(one() for _ in range(20))) if refused]

    assert len(refusals) == 17
    assert refusals[0].details == {"limit": limit.value, "allowed": 3, "used": 3}
    async with runtime.work(organization_id) as work:
        assert (await limits.uses(work))[limit] == limits.Use(3, 3)
    await _allow(runtime, organization_id, limit, None)
    assert await one() is None
    await _allow(runtime, organization_id, limit, 0)
    assert await one() is not None


async def test_a_refusal_names_the_limit_and_the_use(client: AsyncClient, runtime: BuiltRuntime) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    await _allow(runtime, boss.organization_id, Limit.DEPARTMENTS, 0)

    answer = await client.post("/api/v1/departments", json={"name": "Vendas"}, headers=boss.headers)

    assert answer.status_code == 409
    assert answer.json()["error"] == {
        "code": "limit_reached",
        "message": "This organization may have 0 (max_departments) and has 0.",
        "details": {"limit": "max_departments", "allowed": 0, "used": 0},
    }


async def test_who_only_looks_is_no_agent_until_they_answer(
    client: AsyncClient, runtime: BuiltRuntime
) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    await _allow(runtime, boss.organization_id, Limit.AGENTS, 1)
    viewer_id, _ = await a_user(runtime, boss.organization_id, role=Role.VIEWER)

    promoted = await client.patch(f"/api/v1/people/{viewer_id}", json={"role": "agent"}, headers=boss.headers)
    renamed = await client.patch(
        f"/api/v1/people/{viewer_id}", json={"full_name": "Ana"}, headers=boss.headers
    )

    assert promoted.json()["error"]["details"] == {"limit": "max_agents", "allowed": 1, "used": 1}
    assert renamed.status_code == 200


async def test_a_plan_that_has_ended_leaves_the_free_one_s_limits(runtime: BuiltRuntime) -> None:
    organization_id = await an_organization(runtime)
    free = OF_PLAN[PlanType.FREE]
    async with runtime.work(organization_id) as work:
        await work.execute(
            "UPDATE organizations SET plan_expires_at = now() - interval '1 second', max_agents = 2"
        )
        uses = await limits.uses(work)

    expected = {**free, Limit.AGENTS: 2}
    assert {limit: use.allowed for limit, use in uses.items()} == expected


async def test_messages_that_people_and_machines_send_keep_to_the_month(runtime: BuiltRuntime) -> None:
    organization_id = await an_organization(runtime)
    async with runtime.work(organization_id) as work:
        await limits.make_room_for_messages(work, 10**9)
        await work.execute("UPDATE organizations SET monthly_message_limit = 10")
        await work.execute(
            """
            INSERT INTO message_usage (organization_id, month, sent)
            VALUES ($1, date_trunc('month', now() AT TIME ZONE 'America/Sao_Paulo'), 8)
            """,
            organization_id,
        )
        await limits.make_room_for_messages(work, 2)
        with pytest.raises(MessageLimitReached) as refused:
            await limits.make_room_for_messages(work, 3)
    assert refused.value.details == {"limit": "monthly_message_limit", "allowed": 10, "used": 8}


async def test_contacts_have_a_limit_of_their_own(runtime: BuiltRuntime) -> None:
    """Asked by whoever adds contacts by hand or by import; a customer who writes is always let in."""
    boss: Somebody = await somebody(runtime)
    await _allow(runtime, boss.organization_id, Limit.CONTACTS, 1)
    async with runtime.work(boss.organization_id) as work:
        await limits.make_room(work, Limit.CONTACTS)
        with pytest.raises(LimitReached):
            await limits.make_room(work, Limit.CONTACTS, 2)


async def test_a_million_is_not_counted(runtime: BuiltRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COUNTED", 2)
    organization_id = await an_organization(runtime)

    async def told(allowed: int | None) -> tuple[int, bool]:
        await _allow(runtime, organization_id, Limit.DEPARTMENTS, allowed)
        async with runtime.work(organization_id) as work:
            use = (await limits.uses(work))[Limit.DEPARTMENTS]
        return use.used, use.is_more

    for _ in range(3):
        async with runtime.work(organization_id) as work:
            await _department(work, runtime)

    assert await told(None) == (2, True)
    assert await told(5) == (3, False)
    assert await told(1) == (2, True)
