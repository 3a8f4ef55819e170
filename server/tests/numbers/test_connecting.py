"""Numbers are proven before they are here, and come back with what was theirs."""

import asyncio

from pytake.identity.types import Role
from simulator.testing import APP_SECRET, PHONE_NUMBER_ID, VERIFY_TOKEN, WABA_ID
from tests.factories import somebody
from tests.numbers.conftest import CHANNELS, NUMBERS, SECOND_ID, Bench

THE_TOKEN = "EAAsimulator"


async def test_a_number_is_looked_up_proven_and_connected(bench: Bench) -> None:
    look = {"whatsapp_business_account_id": WABA_ID, "access_token": THE_TOKEN}
    bench.office.sim.simulator.world.accounts.wabas[WABA_ID].subscribed_apps.clear()

    seen = (await bench.ask("POST", f"{NUMBERS}/lookup", 200, look))["items"]
    made = await bench.connect(phone_number="+55 (11) 3000-0100", display_name="Balcão")

    assert [(n["phone_number_id"], n["is_connected"]) for n in seen] == [
        (PHONE_NUMBER_ID, False),
        (SECOND_ID, False),
    ]
    assert (made["display_name"], made["phone_number"]) == ("Balcão", "+55 11 3000-0100")
    assert (made["status"], made["quality_rating"], made["is_default"]) == ("CONNECTED", "GREEN", True)
    assert (made["messaging_limit_tier"], made["throughput_per_second"]) == ("TIER_2K", 80)
    assert bench.office.sim.simulator.world.accounts.wabas[WABA_ID].subscribed_apps, "it is subscribed"
    assert await bench.ask("GET", f"{NUMBERS}/{made['id']}", 200) == made
    assert await bench.actions() == ["channel.created", "number.connected"]
    seen = (await bench.ask("POST", f"{NUMBERS}/lookup", 200, look))["items"]
    assert [n["is_connected"] for n in seen] == [True, False]


async def test_what_is_not_proven_is_not_connected(bench: Bench) -> None:
    refused = await bench.connect(409, access_token="EAAstranger")
    other = await bench.connect(422, phone_number="+55 11 9999-9999")
    await bench.connect(409, whatsapp_business_account_id="1")
    nowhere = await bench.connect(404, channel_id="00000000-0000-0000-0000-000000000007")

    assert (refused["error"]["code"], other["error"]["code"]) == ("whatsapp_refused", "number_not_proven")
    assert "EAAstranger" not in str(refused)
    assert nowhere["error"]["code"] == "not_found"
    assert await bench.office.count("SELECT count(*) FROM whatsapp_numbers") == 0
    assert await bench.actions() == ["channel.created"]


async def test_no_number_is_connected_twice_and_no_plan_exceeded(bench: Bench) -> None:
    await bench.connect()

    twice = await bench.connect(409)
    await bench.office.owner.execute("UPDATE organizations SET max_whatsapp_numbers = 1")
    full = await bench.connect(409, phone_number_id=SECOND_ID)

    assert (twice["error"]["code"], full["error"]["code"]) == ("number_taken", "limit_reached")


async def test_another_organization_s_number_is_taken(bench: Bench) -> None:
    theirs = await bench.office.tenant(register=False, flow=None)

    refused = await bench.connect(409)

    assert refused["error"]["code"] == "number_taken"
    assert theirs.phone_number_id == PHONE_NUMBER_ID


async def test_of_many_who_choose_the_default_one_is_it(bench: Bench) -> None:
    first = await bench.connect()
    second = await bench.connect(phone_number_id=SECOND_ID)
    paths = [f"{NUMBERS}/{number['id']}" for number in (first, second)] * 4

    await asyncio.gather(*(bench.ask("PATCH", path, 200, {"is_default": True}) for path in paths))

    numbers = (await bench.ask("GET", f"{NUMBERS}/details", 200))["items"]
    assert sorted(number["is_default"] for number in numbers) == [False, True]
    default = next(number["id"] for number in numbers if number["is_default"])
    refused = await bench.ask("PATCH", f"{NUMBERS}/{default}", 409, {"is_default": False})
    assert refused["error"]["code"] == "default_number_needed"


async def test_a_number_that_comes_back_finds_its_conversations(bench: Bench) -> None:
    number = await bench.connect()
    second = await bench.connect(phone_number_id=SECOND_ID)
    sim = bench.office.sim
    await sim.customer("5511900000011").says("oi")
    channel = (await bench.ask("GET", CHANNELS, 200))["items"][0]
    token = (await bench.ask("POST", f"{CHANNELS}/{channel['id']}/verify-token", 200))["verify_token"]
    path = channel["webhook_url"].removeprefix("http://pytake.test")
    url = bench.office.base_url + path
    await sim.register(callback_url=url, verify_token=token)
    await sim.customer("5511900000011").says("alguém aí?")
    await bench.office.until("SELECT count(*) > 0 FROM messages")

    await bench.ask("DELETE", f"{NUMBERS}/{number['id']}", 204)

    left = (await bench.ask("GET", f"{NUMBERS}/details", 200))["items"]
    assert [(n["id"], n["is_default"]) for n in left] == [(second["id"], True)]
    talks = (await bench.ask("GET", "/api/v1/conversations", 200))["items"]
    assert len(talks) == 1, "history stays"
    back = await bench.connect()
    assert back["id"] == number["id"]
    await sim.customer("5511900000011").says("voltei")
    await bench.office.until("SELECT count(*) >= 2 FROM messages")
    assert await bench.office.count("SELECT count(DISTINCT conversation_id) FROM messages") == 1
    assert (await bench.actions())[-2:] == ["number.disconnected", "number.reconnected"]


async def test_the_handshake_and_the_last_event_are_told(bench: Bench) -> None:
    channel = await bench.channel()
    await bench.connect(channel_id=channel["id"])
    assert (channel["webhook_verified_at"], channel["numbers"]) == (None, 0)
    path = channel["webhook_url"].removeprefix("http://pytake.test")

    await bench.office.sim.register(
        callback_url=bench.office.base_url + path, verify_token=channel["verify_token"]
    )
    await bench.office.sim.customer("5511900000011").says("oi")
    await bench.office.until("SELECT last_event_at IS NOT NULL FROM channels")

    shown = await bench.ask("GET", f"{CHANNELS}/{channel['id']}", 200)
    assert shown["webhook_verified_at"]
    assert "verify_token" not in shown
    number = (await bench.ask("GET", f"{NUMBERS}/details", 200))["items"][0]
    assert number["webhook_verified_at"]
    assert number["last_event_at"]


async def test_both_secrets_are_good_while_one_is_replaced(bench: Bench) -> None:
    tenant = await bench.office.tenant(register=False, flow=None)
    boss = await somebody(bench.office.runtime, tenant.organization_id, role=Role.ORG_ADMIN)
    one = f"{CHANNELS}/{tenant.channel_id}"

    shown = await bench.ask("PUT", f"{one}/app-secret", 200, {"app_secret": "f" * 32}, boss)
    new = await bench.office.deliver(tenant, {"object": "whatsapp_business_account"}, secret="f" * 32)
    old = await bench.office.deliver(tenant, {"object": "whatsapp_business_account"}, secret=APP_SECRET)

    assert shown["previous_secret_until"]
    assert APP_SECRET not in str(shown)
    assert (new.status_code, old.status_code) == (200, 200)
    await bench.office.owner.execute("UPDATE channels SET previous_app_secret_until = now()")
    late = (await bench.ask("GET", one, 200, who=boss))["previous_secret_until"]
    assert late is None
    assert VERIFY_TOKEN not in str(shown)


async def test_an_app_with_numbers_stays(bench: Bench) -> None:
    number = await bench.connect()
    one = f"{CHANNELS}/{number['channel_id']}"
    taken = await bench.ask("POST", CHANNELS, 409, {"name": "loja", "app_secret": "x" * 32})

    refused = await bench.ask("DELETE", one, 409)
    await bench.ask("DELETE", f"{NUMBERS}/{number['id']}", 204)
    await bench.ask("DELETE", one, 204)

    assert (taken["error"]["code"], refused["error"]["code"]) == ("channel_name_taken", "channel_in_use")
    assert (await bench.connect(channel_id=(await bench.channel("Outra"))["id"]))["id"] == number["id"]
