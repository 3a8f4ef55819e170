"""What the webhook takes, and what it does not."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

from pytake.inbound.channels import Channels
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office

RAW = Path(__file__).parents[1] / "payloads" / "raw"
INDEX = json.loads((RAW / "index.json").read_text())
MARIA = "5511900000011"


async def test_a_forged_delivery_leaves_no_row(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)

    answer = await office.deliver(
        tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"), secret="wrong"
    )

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "signature_invalid"
    assert await office.count("SELECT count(*) FROM inbound_events") == 0
    assert await office.count("SELECT count(*) FROM messages") == 0


async def test_many_deliveries_at_once_ask_for_their_channel_once(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    channels = Channels(office.runtime)
    asked: list[str] = []
    async with office.runtime.lookup() as connection:
        connection.add_query_logger(lambda query: asked.append(query.query))

    found = await asyncio.gather(*(channels.find(tenant.path.rpartition("/")[2]) for _ in range(50)))

    await asyncio.sleep(0)
    assert {channel.id for channel in found if channel} == {tenant.channel_id}
    assert sum("find_channel" in query for query in asked) == 1


async def test_an_unsigned_delivery_is_refused(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    async with office.client() as client:
        answer = await client.post(tenant.path, json=meta.message_from(tenant.phone_number_id, MARIA, "oi"))
    assert answer.status_code == 401


async def test_nobody_listens_at_an_unknown_address(office: Office) -> None:
    async with office.client() as client:
        answer = await client.post("/webhooks/whatsapp/nobody", content=b"{}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_webhook")


async def test_more_than_three_megabytes_are_refused_before_they_are_read(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    answer = await office.deliver(tenant, b" " * (3 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


async def test_a_body_that_does_not_say_how_long_it_is_may_not_be_longer(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b" " * 65_536

    async with office.client() as client:
        answer = await client.post(tenant.path, content=endless())
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


async def test_another_method_is_refused(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    async with office.client() as client:
        answer = await client.delete(tenant.path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")


async def test_three_megabytes_are_taken(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    body = json.dumps(meta.message_from(tenant.phone_number_id, MARIA, "oi")).encode()
    answer = await office.deliver(tenant, body + b" " * (3 * 1024 * 1024 - len(body)))
    assert answer.status_code == 200
    await office.settled()
    assert await office.texts("inbound") == ["oi"]


async def test_verification(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    for case in INDEX["verification_get"]:
        async with office.client() as client:
            answer = await client.get(f"{tenant.path}?{case['query']}")
        assert answer.status_code == case["expected_http_status"], case["query"]
        if case["expected_body"]:
            assert answer.text == case["expected_body"]
            assert answer.headers["content-type"].startswith("text/plain")


async def test_malformed_json_with_a_good_signature_is_kept_and_parked(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)

    assert (await office.deliver(tenant, b'{"object": "whatsapp_business_account", ')).status_code == 200

    await office.until("SELECT count(*) = 1 FROM inbound_events WHERE status = 'parked'")
    (row,) = await office.rows("SELECT reason, body FROM inbound_events")
    assert row["reason"]
    assert row["body"] == b'{"object": "whatsapp_business_account", '


async def test_when_the_database_is_away_meta_is_asked_to_come_again(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))
    await office.owner.execute("ALTER FUNCTION store_inbound RENAME TO store_inbound_is_away")

    answer = await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "alguém aí?"))

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "delivery_not_stored")
