"""Duplicates, batches, broken items, parking and replay."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from pytake.inbound import service as inbound
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

OPEN = Path(__file__).parents[1] / "payloads" / "open"
CASES = json.loads((OPEN / "index.json").read_text())["files"]
MARIA, JOAO = "5511900000011", "5531990000012"


async def test_one_message_delivered_five_times_at_once_is_one_message_and_one_reply(office: Office) -> None:
    tenant = await office.tenant()
    body = meta.message_from(tenant.phone_number_id, MARIA, "oi")

    answers = await asyncio.gather(*(office.deliver(tenant, body) for _ in range(5)))
    await office.settled()

    assert {answer.status_code for answer in answers} == {200}
    assert await office.texts("inbound") == ["oi"]
    assert len(await office.texts("outbound")) == 2  # the greeting and the question of one run


async def test_two_first_messages_of_one_person_at_once_make_one_contact_and_one_conversation(
    office: Office,
) -> None:
    tenant = await office.tenant()
    await asyncio.gather(
        *(
            office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, text))
            for text in ("oi", "3")
        )
    )
    await office.settled()

    assert await office.count("SELECT count(*) FROM contacts") == 1
    assert await office.count("SELECT count(*) FROM conversations") == 1
    assert sorted(await office.texts("inbound")) == ["3", "oi"]


async def test_a_thousand_mixed_items_with_a_broken_one(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    number = tenant.phone_number_id
    messages: list[Any] = [meta.text(f"55119{place:08d}", f"mensagem {place}") for place in range(600)]
    messages[300] = 42
    statuses = [meta.status(meta.wamid(), "sent") for _ in range(399)]
    body = meta.delivery(
        meta.value(number, messages=messages, statuses=statuses),
        meta.value(number, errors=[{"code": 130429, "title": "Rate limit hit"}]),
    )

    assert (await office.deliver(tenant, body)).status_code == 200
    await office.settled()

    assert await office.count("SELECT count(*) FROM messages") == 599
    assert await office.count("SELECT count(*) FROM inbound_events WHERE status = 'parked'") == 1
    assert await office.count("SELECT count(*) FROM inbound_events WHERE status = 'waiting'") == 399
    assert await office.count("SELECT count(*) FROM events WHERE type = 'account.changed'") == 1


async def test_a_number_of_nobody_is_parked_and_replayed_when_it_is_known(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    stranger = meta.message_from("999000999000999", MARIA, "para quem?")
    both = meta.message_from(tenant.phone_number_id, MARIA, "para a Aurora")
    both["entry"] += stranger["entry"]

    await office.deliver(tenant, both)
    await office.settled()
    assert await office.texts("inbound") == ["para a Aurora"]
    async with office.runtime.work(tenant.organization_id) as work:
        (parked,) = await inbound.parked(work)
    assert parked.reason
    assert "999000999000999" in parked.reason

    await office.owner.execute("UPDATE whatsapp_numbers SET phone_number_id = '999000999000999'")
    async with office.runtime.work(tenant.organization_id) as work:
        assert await inbound.replay(work) == [parked.id]
    await office.settled()

    assert await office.texts("inbound") == ["para a Aurora", "para quem?"]
    assert await office.count("SELECT count(*) FROM inbound_events") == 0


async def test_the_corpus_is_stored_as_its_index_says(office: Office) -> None:
    """Every file on its own conversation partner base: nothing is lost, nothing stops what follows."""
    tenant = await office.tenant(flow=None)
    for case in CASES:
        answer = await office.deliver(tenant, (OPEN / case["file"]).read_bytes())
        assert answer.status_code == case["expected"]["http_status"], case["file"]
    await office.settled(60)

    kept = {
        row["whatsapp_message_id"] for row in await office.rows("SELECT whatsapp_message_id FROM messages")
    }
    parked = [
        json.loads(row["body"])
        for row in await office.rows("SELECT body FROM inbound_events WHERE status = 'parked'")
    ]
    aside = {message["id"] for body in parked for message in _messages(body)}
    for case in CASES:
        for event in case["expected"]["events"]:
            if event["kind"] in {"message", "echo", "message_echo"} and _is_ours(event, tenant):
                assert event["wamid"] in kept | aside, case["file"]
    assert not [body for body in parked if not _is_expected_aside(body, tenant)]


def _messages(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        message
        for entry in body["entry"]
        for change in entry["changes"]
        for name in ("messages", "message_echoes")
        for message in change["value"].get(name, [])
    ]


def _is_ours(event: dict[str, Any], tenant: Tenant) -> bool:
    return event.get("phone_number_id") == tenant.phone_number_id


def _is_expected_aside(body: dict[str, Any], tenant: Tenant) -> bool:
    """Only what came for numbers that are not ours is put aside."""
    (change,) = body["entry"][0]["changes"]
    metadata = change["value"].get("metadata", {})
    return bool(metadata.get("phone_number_id") != tenant.phone_number_id)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("inbound-text-brazil-12-digits", "inbound-text-brazil-13-digits"),
        ("inbound-text-brazil-13-digits", "inbound-text-brazil-12-digits"),
    ],
)
async def test_a_person_with_and_without_the_ninth_digit_is_one_contact(
    office: Office, first: str, second: str
) -> None:
    tenant = await office.tenant(flow=None)
    for name in (first, second):
        await office.deliver(tenant, (OPEN / f"{name}.json").read_bytes())
        await office.settled()
    assert await office.count("SELECT count(*) FROM contacts") == 1


async def test_a_changed_number_keeps_the_contact(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))
    changed = {
        "from": MARIA,
        "id": meta.wamid(),
        "timestamp": str(meta.now()),
        "type": "system",
        "system": {"type": "user_changed_number", "body": "Maria mudou", "wa_id": "5511900000077"},
    }
    later = meta.text("5511900000077", "sou eu, de número novo")
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=[changed, later])))
    await office.settled()

    assert [row["whatsapp_id"] for row in await office.rows("SELECT whatsapp_id FROM contacts")] == [
        "5511900000077"
    ]
    assert await office.count("SELECT count(*) FROM conversations") == 1


async def test_an_old_change_of_number_that_comes_again_changes_nobody(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    number = tenant.phone_number_id

    def moved(before: str, after: str) -> dict[str, Any]:
        change = {"type": "user_changed_number", "body": "Maria mudou", "wa_id": after}
        message = {"from": before, "id": meta.wamid(), "timestamp": str(meta.now()), "type": "system"}
        return meta.delivery(meta.value(number, messages=[{**message, "system": change}]))

    first, second = moved(MARIA, "5511900000077"), moved("5511900000077", "5511900000088")
    somebody_else = meta.message_from(number, MARIA, "comprei este número ontem")
    for body in (meta.message_from(number, MARIA, "oi"), first, second, somebody_else, first):
        await office.deliver(tenant, body)
        await office.settled()

    known = await office.rows("SELECT whatsapp_id FROM contacts ORDER BY whatsapp_id")
    assert [row["whatsapp_id"] for row in known] == [MARIA, "5511900000088"]


async def test_stop_and_resume_of_marketing(office: Office) -> None:
    """In the order in which it was wished."""
    tenant = await office.tenant(flow=None)
    await office.deliver(tenant, (OPEN / "user-preferences-stop.json").read_bytes())
    await office.settled()
    assert (
        await office.count("SELECT count(*) FROM contacts WHERE NOT opt_in AND opt_out_date IS NOT NULL") == 1
    )
    await office.deliver(tenant, (OPEN / "user-preferences-resume.json").read_bytes())
    await office.settled()
    assert (
        await office.count("SELECT count(*) FROM contacts WHERE opt_in AND opt_in_date > opt_out_date") == 1
    )


async def test_two_organizations_do_not_meet(office: Office) -> None:
    aurora = await office.tenant("aurora")
    boreal = await office.tenant("boreal", phone_number_id="455900112233442")
    await office.deliver(aurora, meta.message_from(aurora.phone_number_id, MARIA, "oi"))
    await office.deliver(boreal, meta.message_from(boreal.phone_number_id, MARIA, "oi"))
    await office.deliver(aurora, meta.message_from(boreal.phone_number_id, MARIA, "pelo canal errado"))
    await office.settled()

    rows = await office.rows("SELECT organization_id, count(*) FROM messages GROUP BY 1")
    assert {row["organization_id"]: row["count"] for row in rows} == {
        aurora.organization_id: 3,
        boreal.organization_id: 3,
    }
    assert await office.count("SELECT count(*) FROM contacts") == 2
