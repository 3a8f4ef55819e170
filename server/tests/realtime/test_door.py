"""Who is let onto the live stream, and who is shown out."""

import asyncio
from typing import Any

import orjson
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from websockets.exceptions import InvalidStatus

from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.realtime.hub import MOST_PER_USER
from pytake.realtime.rooms import Pace
from pytake.realtime.types import Close
from pytake.runtime import Runtime
from tests.factories import somebody
from tests.realtime.stage import QUICK, Browser, Live, serving

WATCHFUL = Pace(poll=0.02, check=0.04)


async def _refused(live: Live, ticket: str, after: str | None = None, **headers: str) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as refusal:
        await Browser.open(live.address, ticket, after, **headers)
    response = refusal.value.response
    return response.status_code, orjson.loads(response.body)["error"]["code"]


async def test_a_ticket_opens_once(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        issued = await live.ticket(user)
        assert issued["expires_in"] == 30
        browser = await Browser.open(live.address, issued["ticket"], issued["cursor"])
        assert (await browser.next())["type"] == "ready"

        assert await _refused(live, issued["ticket"]) == (401, "ticket_refused")
        for invented in ("", "x" * 32, issued["ticket"][::-1]):
            assert await _refused(live, invented) == (401, "ticket_refused")
        await browser.leave()


async def test_of_a_hundred_at_once_one_gets_in(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        ticket = (await live.ticket(user))["ticket"]

        async def attempt() -> Browser | None:
            try:
                return await Browser.open(live.address, ticket, None)
            except InvalidStatus:
                return None

        browsers = [browser for browser in await asyncio.gather(*(attempt() for _ in range(100))) if browser]
        assert len(browsers) == 1
        await browsers[0].leave()


async def test_a_foreign_page_opens_nothing_and_spends_no_ticket(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        issued = await live.ticket(user)
        for origin in (
            "https://evil.example",
            "null",
            f"http://{live.address}.evil.example",
            "http://localhost:5173",
            "",
        ):
            assert await _refused(live, issued["ticket"], origin=origin) == (403, "foreign_origin")

        browser = await Browser.open(live.address, issued["ticket"], None, origin=f"http://{live.address}")
        await browser.leave()
        public = await Browser.open(
            live.address, (await live.ticket(user))["ticket"], None, origin="http://pytake.test"
        )
        await public.leave()


async def test_a_cursor_of_ours_or_none(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        ticket = (await live.ticket(user))["ticket"]
        for after in ("nonsense", "1", "1-", "-1", "1-x", "9" * 50 + "-1"):
            assert await _refused(live, ticket, after) == (422, "invalid_cursor")

        browser = await Browser.open(live.address, ticket, None)
        assert await browser.next() == {"type": "ready", "cursor": "0-0"}
        await browser.leave()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE users SET is_active = false",
        "UPDATE users SET deleted_at = now()",
        "UPDATE organizations SET is_active = false",
    ],
)
async def test_whoever_is_switched_off_is_shown_out_and_not_let_in_again(
    app: FastAPI, runtime: Runtime, change: str
) -> None:
    user = await somebody(runtime, role=Role.VIEWER)
    async with serving(app, runtime, WATCHFUL) as live:
        browser, spare = await live.browser(user), await live.ticket(user)
        async with runtime.work(user.organization_id) as work:
            await work.execute(change)

        assert await browser.close_code() == Close.SIGNED_OUT
        assert await _refused(live, spare["ticket"]) == (401, "ticket_refused")
        async with AsyncClient(base_url=f"http://{live.address}") as client:
            answer = await client.post("/api/v1/realtime/ticket", headers=user.headers)
        assert answer.status_code == 401


async def test_a_sign_in_that_ended_ends_its_sockets(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with runtime.work(user.organization_id) as work:
        payload = {
            "user_id": str(user.id),
            "organization_id": str(user.organization_id),
            "session_id": str(new_id()),
            "expires_at": work.now.isoformat(),
        }
    async with serving(app, runtime, WATCHFUL) as live:
        ticket = await runtime.ports.tickets.issue(payload)

        assert await _refused(live, ticket) == (401, "ticket_refused")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["x" * 66_000], Close.TOO_BIG),
        ([b"x" * 66_000], Close.TOO_BIG),
        (["chatter"] * 60, Close.POLICY),
        ([b"chatter"] * 60, Close.POLICY),
    ],
)
async def test_whoever_talks_too_much_is_shown_out(
    app: FastAPI, runtime: Runtime, said: list[Any], code: Close
) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        browser = await live.browser(user)
        for words in said:
            await browser.socket.send(words)

        assert await browser.close_code() == code


async def test_a_few_words_are_overheard(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        browser = await live.browser(user)
        for _ in range(10):
            await browser.socket.send('{"type":"pong"}')
        await live.tell(user.organization_id, 1)

        assert await browser.numbers(1) == [1]
        await browser.leave()


async def test_a_quiet_line_is_kept_alive(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime, Pace(poll=QUICK.poll, ping=0.01)) as live:
        browser = await live.browser(user)

        assert [(await browser.next())["type"] for _ in range(3)] == ["ready", "ping", "ping"]
        await browser.leave()


async def test_a_user_has_a_few_sockets_and_gets_one_back_when_one_closes(
    app: FastAPI, runtime: Runtime
) -> None:
    user = await somebody(runtime)
    colleague = await somebody(runtime, user.organization_id)
    async with serving(app, runtime) as live:
        browsers = [await live.browser(user) for _ in range(MOST_PER_USER)]

        assert await _refused(live, (await live.ticket(user))["ticket"]) == (429, "too_many_sockets")
        another = await live.browser(colleague)
        await browsers.pop().leave()
        browsers.append(await live.browser(user))
        for browser in [*browsers, another]:
            await browser.leave()
