"""How a number is, as Meta says: told once while something is wrong, and over by itself."""

import asyncio
from pathlib import Path
from typing import Any

import orjson
import pytest

from pytake.whatsapp.numbers import health
from pytake.whatsapp.numbers.stopping import Found, let_go_as_it_was_read, stop
from tests.numbers.conftest import NUMBERS, Bench, uuid_of
from tests.pipeline.office import Tenant

OPEN = Path(__file__).parents[1] / "payloads" / "open"


def _payload(name: str) -> Any:
    return orjson.loads((OPEN / f"{name}.json").read_bytes())


async def _hear(bench: Bench, tenant: Tenant, *bodies: Any) -> Any:
    for body in bodies:
        assert (await bench.office.deliver(tenant, body)).status_code == 200
    await bench.office.settled()
    return await bench.ask("GET", f"{NUMBERS}/{tenant.number_id}", 200)


async def test_it_follows_what_meta_says(bench: Bench) -> None:
    number = await bench.connect()
    one = f"{NUMBERS}/{number['id']}"
    await bench.standing(quality_rating="RED", throughput="HIGH", messaging_limit="TIER_UNLIMITED")

    bad = await bench.ask("POST", f"{one}/refresh", 200)
    again = await bench.ask("POST", f"{one}/refresh", 200)
    alerts = await bench.alerts()
    await bench.standing(quality_rating="GREEN", throughput="STANDARD")
    good = await bench.ask("POST", f"{one}/refresh", 200)

    assert (bad["quality_rating"], bad["throughput_per_second"]) == ("RED", 1000)
    assert bad["messaging_limit_tier"] == "TIER_UNLIMITED"
    assert again["quality_rating"] == "RED"
    assert alerts == [("quality", "critical")]
    assert (good["quality_rating"], good["throughput_per_second"]) == ("GREEN", 80)
    assert await bench.alerts() == []
    mails = await bench.office.rows("SELECT recipient, context FROM mails")
    assert [mail["recipient"] for mail in mails] == [bench.boss.email], "one letter, however often it is seen"


async def test_an_expired_token_stops_the_number_once_and_a_new_one_lets_it_go(bench: Bench) -> None:
    tenant = await bench.tenant()
    await bench.office.publish(tenant, "greeting")
    sim = bench.office.sim
    channel = await bench.office.rows("SELECT channel_key FROM channels")
    url = f"{bench.office.base_url}/webhooks/whatsapp/{channel[0]['channel_key']}"
    token = (await bench.ask("POST", f"/api/v1/channels/{tenant.channel_id}/verify-token", 200))[
        "verify_token"
    ]
    await sim.register(callback_url=url, verify_token=token)
    await bench.standing(access_token="EAAreplaced")

    people = [f"55119000000{each:02}" for each in range(20, 50)]
    for wa_id in people:
        await sim.customer(wa_id).says("oi")
    await bench.office.until("SELECT sending_stopped_at IS NOT NULL FROM whatsapp_numbers")
    await bench.office.until("SELECT count(*) = 60 FROM outbox WHERE state = 'pending'")

    assert await bench.alerts() == [("access", "critical")]
    assert await bench.office.count("SELECT count(*) FROM events WHERE type = 'alert.raised'") == 1
    assert await bench.office.count("SELECT count(*) FROM mails") == 1
    refused = await bench.ask(
        "PUT", f"{NUMBERS}/{tenant.number_id}/access-token", 409, {"access_token": "EAAwrong"}
    )
    assert refused["error"]["code"] == "whatsapp_refused"
    path = f"{NUMBERS}/{tenant.number_id}/access-token"
    mended = await bench.ask("PUT", path, 200, {"access_token": "EAAreplaced"})
    assert mended["sending_stopped_at"] is None
    await bench.office.until("SELECT count(*) = 0 FROM outbox")
    assert await bench.alerts() == []
    assert len(sim.logged("graph.accepted")) == 2 * len(people), "each is greeted and asked"


async def test_an_answer_to_the_old_token_stops_nothing(bench: Bench) -> None:
    number = await bench.connect()
    async with bench.office.runtime.work(bench.boss.organization_id) as work:
        before = work.now
        await stop(work, uuid_of(number), "expired", 190, before)
    path = f"{NUMBERS}/{number['id']}/access-token"
    await bench.ask("PUT", path, 200, {"access_token": "EAAsimulator"})

    async with bench.office.runtime.work(bench.boss.organization_id) as work:
        await stop(work, uuid_of(number), "expired", 190, before)

    shown = await bench.ask("GET", f"{NUMBERS}/{number['id']}", 200)
    assert shown["sending_stopped_at"] is None


async def test_refreshing_finds_an_expired_token_too(bench: Bench) -> None:
    number = await bench.connect()
    await bench.standing(access_token="EAAreplaced")

    who = bench.office.runtime, bench.boss.organization_id, uuid_of(number)
    await asyncio.gather(*(health.refresh(*who) for _ in range(5)))
    await health.refresh(*who)

    assert await bench.alerts() == [("access", "critical")]
    assert await bench.office.count("SELECT count(*) FROM mails") == 1
    await bench.standing(access_token="EAAsimulator")
    await bench.ask("POST", f"{NUMBERS}/{number['id']}/refresh", 200)
    assert await bench.alerts() == [], "the same token works again"
    assert (await bench.ask("GET", f"{NUMBERS}/{number['id']}", 200))["sending_stopped_at"] is None


async def test_a_number_that_can_be_read_may_still_not_send(bench: Bench) -> None:
    number = await bench.connect()
    who = bench.office.runtime, bench.boss.organization_id, uuid_of(number)
    async with bench.office.runtime.work(bench.boss.organization_id) as work:
        await stop(work, uuid_of(number), "no permission", 200)

    for _ in range(3):
        await health.refresh(*who)

    assert await bench.alerts() == [("access", "critical")]
    assert (await bench.ask("GET", f"{NUMBERS}/{number['id']}", 200))["sending_stopped_at"] is not None
    assert await bench.office.count("SELECT count(*) FROM mails") == 1


async def test_a_permission_that_a_check_missed_is_back_when_a_check_may_read(bench: Bench) -> None:
    number = await bench.connect()
    async with bench.office.runtime.work(bench.boss.organization_id) as work:
        await stop(work, uuid_of(number), "no permission", 200, found=Found.CHECKING)

    await health.refresh(bench.office.runtime, bench.boss.organization_id, uuid_of(number))

    assert await bench.alerts() == []
    assert (await bench.ask("GET", f"{NUMBERS}/{number['id']}", 200))["sending_stopped_at"] is None


async def test_an_answer_from_before_the_refusal_lets_nothing_go(bench: Bench) -> None:
    number = await bench.connect()
    async with bench.office.runtime.work(bench.boss.organization_id) as work:
        asked_at = work.now
    async with bench.office.runtime.work(bench.boss.organization_id) as work:
        await stop(work, uuid_of(number), "expired", 190)

    async with bench.office.runtime.work(bench.boss.organization_id) as work:
        await let_go_as_it_was_read(work, uuid_of(number), asked_at)

    assert await bench.alerts() == [("access", "critical")]


async def test_what_is_put_away_comes_back_when_it_is_graver(bench: Bench) -> None:
    number = await bench.connect()
    refresh = f"{NUMBERS}/{number['id']}/refresh"
    await bench.standing(quality_rating="YELLOW")
    await bench.ask("POST", refresh, 200)
    (alert,) = (await bench.ask("GET", "/api/v1/alerts", 200))["items"]

    await bench.ask("POST", f"/api/v1/alerts/{alert['id']}/dismiss", 204)
    await bench.ask("POST", f"/api/v1/alerts/{alert['id']}/dismiss", 404)
    await bench.ask("POST", refresh, 200)
    away = await bench.alerts()
    await bench.standing(quality_rating="RED")
    await bench.ask("POST", refresh, 200)

    assert (away, await bench.alerts()) == ([], [("quality", "critical")])


# --- what Meta tells by itself ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "alerts"),
    [
        ("account-update-disabled", [("banned", "critical"), ("stopped", "critical")]),
        ("account-update-restriction", [("restriction", "critical")]),
        ("account-alerts-deferred", [("notice", "warning")]),
        ("account-phone-name-approved", []),
        ("account-capability-update", []),
        ("account-phone-quality-throughput", []),
    ],
)
async def test_every_webhook_about_numbers_is_applied_once(
    bench: Bench, name: str, alerts: list[tuple[str, str]]
) -> None:
    tenant = await bench.tenant()
    await bench.standing(throughput="HIGH", messaging_limit="TIER_UNLIMITED")
    body = _payload(name)
    if name == "account-update-restriction":
        for info in body["entry"][0]["changes"][0]["value"]["restriction_info"]:
            info["expiration"] = 4_000_000_000

    await _hear(bench, tenant, body, body)

    assert sorted(await bench.alerts()) == alerts
    assert await bench.office.count("SELECT count(*) FROM mails") == len(alerts)
    assert await bench.office.count("SELECT count(*) FROM inbound_events") == 0


async def test_a_restriction_ends_by_itself(bench: Bench) -> None:
    tenant = await bench.tenant()
    body = _payload("account-update-restriction")
    for info in body["entry"][0]["changes"][0]["value"]["restriction_info"]:
        info["expiration"] = 1_000

    await _hear(bench, tenant, body)
    await bench.ask("POST", f"{NUMBERS}/{tenant.number_id}/refresh", 200)

    assert await bench.alerts() == []


async def test_a_ban_stops_the_number_and_its_end_lets_it_go_whatever_the_order(bench: Bench) -> None:
    tenant = await bench.tenant()
    ban, end = _payload("account-update-disabled"), _payload("account-update-disabled")
    end["entry"][0]["time"] += 60
    end["entry"][0]["changes"][0]["value"]["ban_info"]["waba_ban_state"] = "REINSTATE"

    stopped = await _hear(bench, tenant, ban)
    going = await _hear(bench, tenant, end, ban)

    assert stopped["sending_stopped_at"]
    assert going["sending_stopped_at"] is None
    assert await bench.alerts() == []


async def test_meta_s_own_words_reach_us(bench: Bench) -> None:
    tenant = await bench.tenant()
    token = (await bench.ask("POST", f"/api/v1/channels/{tenant.channel_id}/verify-token", 200))[
        "verify_token"
    ]
    await bench.office.sim.register(callback_url=bench.office.base_url + tenant.path, verify_token=token)

    await bench.standing(throughput="HIGH", messaging_limit="TIER_100K", name_status="DECLINED")

    await bench.office.until(
        "SELECT throughput_per_second = 1000 AND messaging_limit_tier = 'TIER_100K' FROM whatsapp_numbers"
    )
    await bench.office.until("SELECT count(*) = 1 FROM alerts WHERE kind = 'name' AND resolved_at IS NULL")
    await bench.standing(name_status="APPROVED")
    await bench.office.until("SELECT count(*) = 0 FROM alerts WHERE kind = 'name' AND resolved_at IS NULL")
