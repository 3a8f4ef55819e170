"""Staying signed in: one living token at a time, and an end that is one everywhere."""

import asyncio
from datetime import timedelta
from http.cookies import SimpleCookie

import asyncpg
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from pytake.accounts import marks
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.kit.ids import new_id
from pytake.realtime.rooms import Pace
from pytake.realtime.types import Close
from tests.accounts.people import DEVICE, REFRESH, Browser, a_browser, audited, code_of
from tests.factories import Somebody, somebody
from tests.locks import waiting
from tests.realtime.stage import serving
from tests.sizes import Figure


async def test_the_cookies_are_closed_to_scripts_other_hosts_and_plain_http(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        answer = await browser.sign_in(user.email)

    cookies = [SimpleCookie(line) for line in answer.headers.get_list("set-cookie")]
    morsels = {name: morsel for cookie in cookies for name, morsel in cookie.items()}
    assert morsels.keys() == {REFRESH, DEVICE}
    for morsel in morsels.values():
        assert (morsel["path"], morsel["domain"], morsel["samesite"]) == ("/", "", "strict")
        assert morsel["secure"]
        assert morsel["httponly"]
    assert int(morsels[REFRESH]["max-age"]) == 7 * 24 * 3600
    assert morsels[REFRESH].value not in answer.text, "only the cookie has it"


async def test_a_refresh_token_is_good_once_and_the_copy_ends_both(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as owner, a_browser(app, "203.0.113.9") as thief:
        await owner.sign_in(user.email)
        stolen = owner.refresh_token
        assert (await owner.refresh()).status_code == 200
        assert owner.refresh_token != stolen
        assert await owner.is_in()

        thief.carry(stolen)
        assert code_of(await thief.refresh()) == (401, "invalid_token")

        assert not await owner.is_in()
        assert code_of(await owner.refresh()) == (401, "invalid_token")
    assert await audited(runtime, user.organization_id) == ["session.opened", "session.replay_refused"]


async def test_of_fifty_at_once_there_is_one_child(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        token = browser.refresh_token
        tabs = [browser.post("/auth/refresh", cookie=f"{REFRESH}={token}") for _ in range(50)]
        answers = await asyncio.gather(*tabs)

        in_time = [answer for answer in answers if answer.status_code == 200]
        children = {answer.cookies[REFRESH] for answer in in_time}
        assert len(children) == 1, "whoever raced got the same successor"
        assert {answer.status_code for answer in answers} <= {200, 401}
    async with runtime.work(user.organization_id) as work:
        rows = await work.fetch("SELECT revoked FROM refresh_tokens")
    assert len(rows) == 2
    assert sum(not row["revoked"] for row in rows) <= 1


async def test_requests_that_are_under_way_together_share_the_successor(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    """A browser with eight tabs is no thief: all have begun when the first is answered."""
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        token = browser.refresh_token
        async with owner.transaction():
            await owner.execute("SELECT FROM user_sessions FOR UPDATE")
            tabs = [
                asyncio.create_task(browser.post("/auth/refresh", cookie=f"{REFRESH}={token}"))
                for _ in range(8)
            ]
            while await waiting(runtime) < 8:
                await asyncio.sleep(0.01)
        answers = await asyncio.gather(*tabs)

        assert [answer.status_code for answer in answers] == [200] * 8
        assert len({answer.cookies[REFRESH] for answer in answers}) == 1
        browser.carry(answers[0].cookies[REFRESH])
        assert (await browser.refresh()).status_code == 200


async def test_tokens_are_nowhere_but_with_their_owner(
    app: FastAPI, runtime: BuiltRuntime, redis_url: str
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        answer = await browser.sign_in(user.email)
        access, refresh = answer.json()["access_token"], browser.refresh_token
    async with runtime.work(user.organization_id) as work:
        stored = [str(row) for row in await work.fetch("SELECT t::text FROM refresh_tokens t")]
        stored += [str(row) for row in await work.fetch("SELECT s::text FROM user_sessions s")]
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        kept = await redis.hgetall(f"user:session:{user.id}")
        lives = await redis.ttl(f"user:session:{user.id}")

    assert kept.keys() == {"access_token", "refresh_token", "expires_at", "device_info"}
    assert kept["access_token"] == marks.token_hash(access)
    assert 0 < lives <= 7 * 24 * 3600
    for secret in (access, refresh):
        assert secret not in " ".join(stored) + str(kept)


async def test_the_list_of_devices_and_the_end_of_one(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    stranger = await somebody(runtime)
    agent = {"user-agent": "Firefox/150 \x01\x7f"}
    async with (
        a_browser(app, **agent) as desk,
        a_browser(app, "2001:db8::5") as phone,
        a_browser(app) as other,
    ):
        await desk.sign_in(user.email)
        await phone.sign_in(user.email)
        await other.sign_in(stranger.email)
        theirs = (await other.get("/auth/sessions")).json()["items"][0]["id"]

        seen = (await desk.get("/auth/sessions")).json()["items"]
        there = [each for each in seen if each["last_used_at"] and each["ip_address"] == "2001:db8::5"]
        assert [each["is_current"] for each in seen if each["ip_address"] == "198.51.100.7"] == [True]
        assert len(there) == 1

        refused = [await desk.delete(f"/auth/sessions/{id_}") for id_ in (theirs, new_id())]
        assert [answer.status_code for answer in refused] == [404, 404]
        assert refused[0].json() == refused[1].json()

        assert (await desk.delete(f"/auth/sessions/{there[0]['id']}")).status_code == 204
        assert (await desk.delete(f"/auth/sessions/{there[0]['id']}")).status_code == 404
        assert [await browser.is_in() for browser in (desk, phone, other)] == [True, False, True]


@pytest.mark.parametrize("flushed", [False, True])
@pytest.mark.parametrize("way", ["logout", "everywhere", "others", "password", "disabled"])
async def test_what_was_ended_stays_ended_whatever_redis_remembers(
    app: FastAPI, runtime: BuiltRuntime, redis_url: str, way: str, flushed: bool
) -> None:
    """A17, for access tokens: the very next use is refused."""
    user = await somebody(runtime)
    async with a_browser(app) as one, a_browser(app) as two:
        await one.sign_in(user.email)
        await two.sign_in(user.email)
        left = await _end(runtime, one, user, way)
        async with Redis.from_url(redis_url) as redis:
            known = len(await redis.keys("session:blacklist:*"))
            if flushed:
                await redis.flushdb()  # tests beside this one keep theirs in other databases

        assert [await one.is_in(), await two.is_in()] == left
        assert [(await browser.refresh()).status_code == 200 for browser in (one, two)] == left
        if way != "disabled":
            assert known == left.count(False)


async def _end(runtime: BuiltRuntime, browser: Browser, user: Somebody, way: str) -> list[bool]:
    """Who is left: the browser itself, and the other one."""
    if way == "disabled":
        async with runtime.work(user.organization_id) as work:
            await work.execute("UPDATE users SET is_active = false")
        return [False, False]
    body = {"present_password": "correct horse battery", "password": "another horse entirely"}
    answer = await {
        "logout": lambda: browser.post("/auth/logout"),
        "everywhere": lambda: browser.post("/auth/logout-everywhere"),
        "others": lambda: browser.delete("/auth/sessions"),
        "password": lambda: browser.post("/auth/password", body),
    }[way]()
    assert answer.status_code == 204, answer.text
    return {"logout": [False, True], "everywhere": [False, False]}.get(way, [True, False])


async def test_signing_out_forgets_the_cookie_and_may_be_done_twice(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        assert (await browser.post("/auth/logout")).status_code == 204
        assert browser.refresh_token == ""
        assert (await browser.post("/auth/logout")).status_code == 204


async def test_sockets_close_within_two_seconds_of_signing_out(
    app: FastAPI, runtime: BuiltRuntime, redis_url: str, figure: Figure
) -> None:
    """A17, for sockets, at the pace of production and with a flushed Redis."""
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        me = Somebody(user.id, user.organization_id, user.email, browser.headers)
        async with serving(app, runtime, Pace()) as live:
            socket = await live.browser(me)
            loop = asyncio.get_running_loop()
            began = loop.time()
            await browser.post("/auth/logout")
            async with Redis.from_url(redis_url) as redis:
                await redis.flushdb()  # tests beside this one keep theirs in other databases

            assert await socket.close_code() == Close.SIGNED_OUT
            figure(f"A17: the socket was closed {loop.time() - began:.2f} s after signing out")


@pytest.mark.parametrize(
    "past",
    [
        "UPDATE user_sessions SET expires_at = now()",
        "UPDATE user_sessions SET last_used_at = now() - interval '7 days'",
    ],
)
async def test_a_sign_in_ends_by_itself(app: FastAPI, runtime: BuiltRuntime, past: str) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        async with runtime.work(user.organization_id) as work:
            await work.execute(past)
            await work.execute("UPDATE refresh_tokens SET expires_at = now()")

        assert not await browser.is_in()
        assert code_of(await browser.refresh()) == (401, "invalid_token")
        assert (await browser.get("/auth/sessions")).status_code == 401


async def test_rotation_never_outlives_the_session(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        async with runtime.work(user.organization_id) as work:
            ends = work.now + timedelta(hours=1)
            await work.execute("UPDATE user_sessions SET expires_at = $1", ends)
        await browser.refresh()
    async with runtime.work(user.organization_id) as work:
        rows = await work.fetch("SELECT expires_at FROM refresh_tokens WHERE NOT revoked")
    assert [row["expires_at"] for row in rows] == [ends]


async def test_what_is_no_refresh_token_opens_nothing(app: FastAPI, runtime: BuiltRuntime) -> None:
    async with a_browser(app) as browser:
        for invented in ("", "x", "x" * 5000, "%E9", marks.new_refresh_token()):
            answer = await browser.post("/auth/refresh", cookie=f"{REFRESH}={invented}")
            assert code_of(answer) == (401, "invalid_token")
        assert code_of(await browser.post("/auth/refresh")) == (401, "invalid_token")


async def test_people_are_seen(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = user.headers
        await browser.is_in()
    await app.state.presence.write()

    async with runtime.work(user.organization_id) as work:
        rows = await work.fetch("SELECT last_seen_at, last_login_at FROM users")
    assert rows[0]["last_seen_at"] is not None
    assert rows[0]["last_login_at"] is None
