"""F3. Redis killed, flushed, frozen, away for a minute: a nudge is lost, nothing else is."""

import asyncio
import random

import aiohttp
import redis.asyncio as redis

from tests.factories import PASSWORD, a_user
from tests.faults import flows
from tests.faults.blows import spread, under
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.oracle import Verdict
from tests.faults.peace import disagreements, settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import Tenant, open_tenant

MESSAGES = full_or_tenth(5000)
AWAY = full_or_tenth(60, 5)
"""Seconds."""
FROZEN = full_or_tenth(30, 3)
PER_SECOND = full_or_tenth(30, 60)
CONTACTS = MESSAGES // 20
"""Ten messages each to two numbers: while Redis is away, a process alone lets eleven go in one burst."""


async def test_redis_killed_flushed_frozen_and_away(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    it = installation
    usual = await _usual(it)
    restarts, flushes = full_or_tenth(10), full_or_tenth(3)
    tenants = [await open_tenant(it, flows.echo()) for _ in range(2)]
    load = Load(it, tenants, CONTACTS, MESSAGES, PER_SECOND)
    server = it.part("redis")

    async def kill() -> None:
        await server.kill()
        await server.until_ready()

    async def flush() -> None:
        async with redis.Redis.from_url(it.stores.url("redis")) as client:
            await client.flushall()

    async def leave() -> None:
        await server.kill(for_good=True)
        await asyncio.sleep(AWAY)
        await server.start()

    async def freeze() -> None:
        server.freeze()
        await asyncio.sleep(FROZEN)
        server.thaw()

    before = _lives(it)
    await under(load, spread(chance, MESSAGES, (restarts, kill), (flushes, flush), (1, leave), (1, freeze)))
    await settled(it, tenants)
    await _all_workers_listen(it)

    verdict = _verdict(it, tenants)
    figures.add(
        Line.of(
            "F3",
            f"{MESSAGES} messages, Redis killed {restarts} ×, flushed {flushes} ×, away {AWAY} s, "
            f"frozen {FROZEN} s",
            verdict,
            added_delay_p50_s=verdict.delay(0.5) - usual.delay(0.5),
            added_delay_p95_s=verdict.delay(0.95) - usual.delay(0.95),
            slowest_s=verdict.delay(1.0),
        )
    )
    assert verdict.clean, verdict
    assert verdict.acknowledged == MESSAGES
    assert await disagreements(it, tenants) == []
    assert _lives(it) == before, "a process of PyTake ended, or somebody had to start it again"


async def _usual(it: Installation) -> Verdict:
    """The same load with Redis there, to compare with."""
    tenants = [await open_tenant(it, flows.echo())]
    messages = full_or_tenth(300)
    await Load(it, tenants, messages // 10, messages, PER_SECOND).run()
    await settled(it, tenants)
    return _verdict(it, tenants)


def _verdict(it: Installation, tenants: list[Tenant]) -> Verdict:
    return it.oracle.verdict(tenant.phone_number_id for tenant in tenants)


def _lives(it: Installation) -> dict[str, tuple[int, int]]:
    return {part.name: (part.restarts, part.starts_by_hand) for part in it.ours}


async def _all_workers_listen(it: Installation) -> None:
    """Every worker waits for nudges again, by itself."""
    async with asyncio.timeout(120), redis.Redis.from_url(it.stores.url("redis")) as client:
        while True:
            listening = [one for one in await client.client_list() if one["cmd"] == "brpop"]
            if len(listening) >= len(it.workers):
                return
            await asyncio.sleep(0.05)


async def test_signing_in_needs_no_redis_and_a_flush_lets_nobody_back_in(
    installation: Installation, figures: Figures
) -> None:
    it = installation
    tenant = await open_tenant(it, None)
    staying, leaving = [(await a_user(it.runtime, tenant.organization_id))[1] for _ in range(2)]
    await it.part("redis").kill(for_good=True)
    async with aiohttp.ClientSession(it.url) as client:
        tokens = [await _sign_in(client, email) for email in (staying, leaving)]
        assert [await _me(client, token) for token in tokens] == [200, 200]
        await it.owner.execute("UPDATE users SET is_active = false WHERE email = $1", leaving)
        assert [await _me(client, token) for token in tokens] == [200, 401]
        await it.part("redis").start()
        async with redis.Redis.from_url(it.stores.url("redis")) as stored:
            await stored.flushall()
        assert [await _me(client, token) for token in tokens] == [200, 401]
    figures.add(Line("F3", "signed in without Redis; a revoked sign-in after FLUSHALL: refused"))


async def _sign_in(client: aiohttp.ClientSession, email: str) -> str:
    body = {"email": email, "password": PASSWORD}
    async with client.post("/api/v1/auth/login", json=body) as answer:
        assert answer.status == 200, await answer.text()
        token: str = (await answer.json())["access_token"]
        return token


async def _me(client: aiohttp.ClientSession, token: str) -> int:
    async with client.get("/api/v1/auth/me", headers={"authorization": f"Bearer {token}"}) as answer:
        return answer.status
