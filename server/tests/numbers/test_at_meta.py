"""Registering, proving, the PIN, and what customers see of a number."""

import pytest

from pytake.whatsapp.numbers.stopping import stop
from simulator.testing import PHONE_NUMBER_ID
from tests.numbers.conftest import NUMBERS, Bench, uuid_of
from tests.pipeline import deliveries as meta


async def test_a_new_number_is_proven_registered_and_guarded(bench: Bench) -> None:
    accounts = bench.office.sim.simulator.world.accounts
    accounts.numbers[PHONE_NUMBER_ID].code_status = "NOT_VERIFIED"
    accounts.numbers[PHONE_NUMBER_ID].status = "PENDING"
    number = await bench.connect()
    one = f"{NUMBERS}/{number['id']}"
    assert await bench.alerts() == [("status", "warning")]

    early = await bench.ask("POST", f"{one}/register", 409, {"pin": "212834"})
    await bench.ask("POST", f"{one}/code/request", 200, {"method": "VOICE", "language": "pt_BR"})
    await bench.ask("POST", f"{one}/code/verify", 409, {"code": "000-000"})
    await bench.ask("POST", f"{one}/code/verify", 200, {"code": "123-456"})
    proven = await bench.ask("GET", one, 200)
    ready = await bench.ask("POST", f"{one}/register", 200, {"pin": "212834"})

    told = [each["code_verification_status"] for each in (number, proven, ready)]
    assert told == ["NOT_VERIFIED", "VERIFIED", "VERIFIED"]
    assert early["error"]["details"]["meta_code"] == 133006
    assert ready["status"] == "CONNECTED"
    assert await bench.alerts() == []
    await bench.ask("PUT", f"{one}/pin", 200, {"pin": "111111"})
    await bench.ask("POST", f"{one}/register", 409, {"pin": "212834"})
    gone = await bench.ask("POST", f"{one}/deregister", 200)
    assert gone["status"] == "DISCONNECTED"
    assert await bench.alerts() == [("status", "critical")]
    assert (
        await bench.office.count("SELECT count(*) FROM audit_logs WHERE changes::text ~ '212834|111111'") == 0
    )


async def test_what_waited_for_a_number_to_be_registered_goes_out_once_it_is(bench: Bench) -> None:
    office = bench.office
    tenant = await bench.tenant()
    await office.publish(tenant, "greeting")
    token = await bench.ask("POST", f"/api/v1/channels/{tenant.channel_id}/verify-token", 200)
    await office.sim.register(callback_url=office.base_url + tenant.path, verify_token=token["verify_token"])
    one = f"{NUMBERS}/{tenant.number_id}"
    await bench.ask("POST", f"{one}/deregister", 200)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, "5511900000033", "oi"))
    await office.until("SELECT sending_stopped_at IS NOT NULL FROM whatsapp_numbers")
    assert await bench.alerts() == [("stopped", "critical"), ("status", "critical")]

    back = await bench.ask("POST", f"{one}/register", 200, {"pin": "212834"})

    assert (back["status"], back["sending_stopped_at"]) == ("CONNECTED", None)
    assert await bench.alerts() == []
    await office.until("SELECT count(*) = 0 FROM outbox")
    assert office.sim.logged("graph.accepted")


async def test_registering_mends_nothing_else(bench: Bench) -> None:
    number = await bench.connect()
    async with bench.office.runtime.work(bench.boss.organization_id) as work:
        await stop(work, uuid_of(number), "Business eligibility payment issue (131042)", 131042)

    still = await bench.ask("POST", f"{NUMBERS}/{number['id']}/register", 200, {"pin": "212834"})

    assert still["sending_stopped_at"] is not None
    assert await bench.alerts() == [("stopped", "critical")]


async def test_the_profile_is_read_and_written(bench: Bench) -> None:
    one = f"{NUMBERS}/{(await bench.connect())['id']}/profile"
    changes = {
        "about": "Atendimento das 8h às 19h",
        "email": "contato@padaria.example",
        "websites": ["https://padaria.example/"],
        "vertical": "RESTAURANT",
    }

    empty = await bench.ask("GET", one, 200)
    changed = await bench.ask("PATCH", one, 200, changes)

    assert empty == dict.fromkeys(empty) | {"websites": []}
    assert {name: changed[name] for name in changes} == changes
    assert await bench.ask("GET", one, 200) == changed
    cleared = await bench.ask("PATCH", one, 200, {"email": "", "websites": []})
    assert (cleared["email"], cleared["websites"], cleared["about"]) == (None, [], changes["about"])


@pytest.mark.parametrize(
    "changes",
    [
        {"about": ""},
        {"about": "x" * 140},
        {"address": "x" * 257},
        {"description": "x" * 257},
        {"email": "nobody"},
        {"websites": ["ftp://padaria.example"]},
        {"websites": ["https://a.example", "https://b.example", "https://c.example"]},
        {"vertical": "BAKERY"},
        {"picture_url": "https://a.example/p.jpg"},
    ],
)
async def test_what_meta_would_not_take_never_leaves(bench: Bench, changes: dict[str, object]) -> None:
    one = f"{NUMBERS}/{(await bench.connect())['id']}/profile"

    refused = await bench.ask("PATCH", one, 422, changes)

    assert next(iter(changes)) in str(refused)
