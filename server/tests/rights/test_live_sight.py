"""Live events reach whoever sees the conversation they speak of, and new rights reach sockets at once."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from pytake.identity.types import Role
from pytake.kit.work import Work
from pytake.realtime.rooms import Pace
from pytake.realtime.sight import Audiences
from pytake.realtime.types import Close
from pytake.runtime import Runtime
from tests.factories import a_conversation, a_department, a_message, hand_to, somebody, until_readable
from tests.realtime.stage import serving

BY_EVENTS_ONLY = Pace(poll=0.05, soonest=0.005, check=3600.0)
"""Guests are never asked about in passing."""


async def test_an_agent_hears_of_their_own_conversations_and_an_administrator_of_all(
    app: FastAPI, runtime: Runtime
) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    ana, beto = [await somebody(runtime, boss.organization_id) for _ in range(2)]
    async with runtime.work(boss.organization_id) as work:
        sales = await a_department(work, ana.id)
        hers, his, anybodys = [await a_conversation(work) for _ in range(3)]
        await hand_to(work, hers, department_id=sales)
        await hand_to(work, his, user_id=beto.id)
    async with serving(app, runtime) as live:
        browsers = {user.id: await live.browser(user) for user in (boss, ana, beto)}
        late = (await live.ticket(ana))["cursor"]
        async with runtime.work(boss.organization_id) as work:
            for talk in (hers, his, anybodys):
                await a_message(work, talk)
            work.publish("number.stopped", {"reason": "of no conversation"})
        heard = {}
        for user, count in ((boss, 4), (ana, 3), (beto, 3)):
            heard[user.id] = [
                event["payload"].get("conversation_id") for event in await browsers[user.id].events(count)
            ]
        again = await live.browser(ana, late)
        caught_up = [event["payload"].get("conversation_id") for event in await again.events(3)]

    assert heard[boss.id] == [str(hers), str(his), str(anybodys), None]
    assert heard[ana.id] == caught_up == [str(hers), str(anybodys), None]
    assert heard[beto.id] == [str(his), str(anybodys), None]


async def test_who_comes_in_while_news_is_read_misses_none_of_it(
    app: FastAPI, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the newcomer may see was not asked when the reading began."""
    ana = await somebody(runtime)
    beto = await somebody(runtime, ana.organization_id)
    async with runtime.work(ana.organization_id) as work:
        talk = await a_conversation(work)
    reading, newcomer = asyncio.Event(), asyncio.Event()
    ask = Audiences.of

    async def slowly(work: Work, narrow: Any, entries: Any) -> Audiences:
        found = await ask(work, narrow, entries)
        if entries and not reading.is_set():
            reading.set()
            await newcomer.wait()
        return found

    async with serving(app, runtime) as live:
        anas = await live.browser(ana)
        here = (await anas.next())["cursor"]
        monkeypatch.setattr(Audiences, "of", slowly)
        async with runtime.work(ana.organization_id) as work:
            await a_message(work, talk, "Quero pão")
        await reading.wait()
        betos = await live.browser(beto, here)
        ready = await betos.next()
        newcomer.set()
        heard = [(await browser.events(1))[0]["payload"]["message"]["content"] for browser in (anas, betos)]

    assert ready["type"] == "ready"
    assert heard == [{"text": "Quero pão"}] * 2


async def test_who_may_see_less_is_sent_back_at_once(app: FastAPI, runtime: Runtime) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    chief = await somebody(runtime, boss.organization_id, role=Role.VIEWER)
    leaver = await somebody(runtime, boss.organization_id)
    async with serving(app, runtime, BY_EVENTS_ONLY) as live:
        chiefs, leavers = await live.browser(chief), await live.browser(leaver)
        async with AsyncClient(base_url=f"http://{live.address}", headers=boss.headers) as client:
            demoted = await client.patch(f"/api/v1/people/{chief.id}", json={"role": "agent"})
            removed = await client.delete(f"/api/v1/people/{leaver.id}")
            closed = (await chiefs.close_code(), await leavers.close_code())
            await until_readable(runtime, boss.organization_id)
            back = await live.browser(chief)
            ready = await back.next()

    assert (demoted.status_code, removed.status_code) == (200, 204)
    assert closed == (Close.TRY_AGAIN, Close.SIGNED_OUT)
    assert ready["type"] == "ready"
