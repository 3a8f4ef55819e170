"""Messages that speak of others: edits, what is taken back, reactions. In any order, any number of times."""

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

OPEN = Path(__file__).parents[1] / "payloads" / "open"
MARIA, JOAO = "5511900000011", "5531990000012"
FIRST = "wamid.FIRST=="


def change(kind: str, at: int, id_: str, wa_id: str = MARIA, **body: Any) -> meta.Json:
    return {"from": wa_id, "id": id_, "timestamp": str(at), "type": kind, kind: body}


def edit(words: str, at: int, id_: str, wa_id: str = MARIA) -> meta.Json:
    new = {"context": {"id": "M0"}, "type": "text", "text": {"body": words}}
    return change("edit", at, id_, wa_id, original_message_id=FIRST, message=new)


def revoke(at: int, wa_id: str = MARIA) -> meta.Json:
    return change("revoke", at, "wamid.REVOKE==", wa_id, original_message_id=FIRST)


def reaction(emoji: str | None, at: int, id_: str) -> meta.Json:
    said = {"emoji": emoji} if emoji else {}
    return change("reaction", at, id_, message_id=FIRST, **said)


async def tell(office: Office, tenant: Tenant, *messages: meta.Json, together: bool = False) -> None:
    """Each in a delivery and a transaction of its own, or all in one."""
    for batch in [messages] if together else [[message] for message in messages]:
        body = meta.delivery(meta.value(tenant.phone_number_id, messages=list(batch)))
        assert (await office.deliver(tenant, body)).status_code == 200
        await office.settled()


async def original(office: Office) -> dict[str, Any]:
    (row,) = await office.owner.fetch(
        "SELECT content, metadata FROM messages WHERE whatsapp_message_id = $1", FIRST
    )
    return {name: _read(row[name]) for name in ("content", "metadata")}


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


async def start_again(office: Office) -> None:
    await office.owner.execute("DELETE FROM messages; DELETE FROM message_ids; DELETE FROM inbound_events")


async def ends(office: Office, tenant: Tenant, messages: Sequence[meta.Json]) -> list[dict[str, Any]]:
    """What the first message has become, for every order, apart and together, each message told twice."""
    found = []
    for order in itertools.permutations(messages):
        for together in (False, True):
            await start_again(office)
            await tell(office, tenant, *order, *order[:1], together=together)
            found.append(await original(office))
    return found


async def test_edits_and_reactions_come_to_one_end_in_every_order(office: Office) -> None:
    tenant, now = await office.tenant(flow=None), meta.now()
    said = meta.text(MARIA, "Ol", id_=FIRST, timestamp=now - 50)
    told = [
        said,
        edit("Olá", now - 40, "wamid.E1=="),
        edit("Olá!", now - 30, "wamid.E2=="),
        reaction("👍", now - 20, "wamid.R=="),
    ]

    first, *others = await ends(office, tenant, told)

    assert all(other == first for other in others)
    assert first["content"] == {"text": "Olá!"}
    assert first["metadata"]["original"] == {"text": "Ol"}
    assert [each["content"] for each in first["metadata"]["edits"]] == [{"text": "Olá"}, {"text": "Olá!"}]
    assert first["metadata"]["reactions"]["contact"]["emoji"] == "👍"


async def test_what_is_taken_back_is_gone_in_every_order(office: Office) -> None:
    tenant, now = await office.tenant(flow=None), meta.now()
    told = [
        meta.text(MARIA, "Meu cartão é 4111", id_=FIRST, timestamp=now - 50),
        edit("Meu cartão é 4111 1111", now - 40, "wamid.E1=="),
        revoke(now - 30),
    ]

    first, *others = await ends(office, tenant, told)

    assert all(other == first for other in others)
    assert first["content"] == {}
    assert first["metadata"]["original"] == {"text": "Meu cartão é 4111"}, "kept for an audit"


async def test_a_reaction_is_replaced_and_taken_back_under_its_own_id(office: Office) -> None:
    tenant, now = await office.tenant(flow=None), meta.now()
    said = meta.text(MARIA, "Olá", id_=FIRST, timestamp=now - 50)
    heart, taken = reaction("❤️", now - 20, "wamid.R=="), reaction(None, now - 20, "wamid.R==")

    replaced = await ends(office, tenant, [said, reaction("👍", now - 30, "wamid.Q=="), heart])
    removed = await ends(office, tenant, [said, heart, taken])

    assert {end["metadata"]["reactions"]["contact"]["emoji"] for end in replaced} == {"❤️"}
    assert {end["metadata"]["reactions"]["contact"]["emoji"] for end in removed} == {None}


async def test_nobody_changes_what_somebody_else_wrote(office: Office) -> None:
    tenant, now = await office.tenant(flow=None), meta.now()
    await tell(office, tenant, meta.text(MARIA, "Olá", id_=FIRST))
    await tell(office, tenant, edit("Oi", now, "wamid.E1==", JOAO), revoke(now, JOAO))

    assert (await original(office))["content"] == {"text": "Olá"}


async def test_no_bot_answers_a_change(office: Office) -> None:
    tenant, now = await office.tenant(), meta.now()
    await tell(office, tenant, edit("oi", now, "wamid.E1=="), revoke(now), reaction("👍", now, "wamid.R=="))

    assert await office.texts("outbound") == []


@pytest.mark.parametrize("name", ["inbound-edit-text", "inbound-revoke", "inbound-reaction-add"])
async def test_the_corpus_changes_the_message_it_names(office: Office, name: str) -> None:
    tenant = await office.tenant(flow=None)
    body = json.loads((OPEN / f"{name}.json").read_text())
    spoken = body["entry"][0]["changes"][0]["value"]["messages"][0]
    named = spoken[spoken["type"]]
    target = named.get("original_message_id") or named["message_id"]
    await tell(office, tenant, meta.text(MARIA, "Antes", id_=target))
    raw = json.dumps(body).replace("455900112233441", tenant.phone_number_id).encode()
    assert (await office.deliver(tenant, raw)).status_code == 200
    await office.settled()

    (row,) = await office.owner.fetch(
        "SELECT content, metadata FROM messages WHERE whatsapp_message_id = $1", target
    )
    content, metadata = _read(row["content"]), _read(row["metadata"])

    match spoken["type"]:
        case "edit":
            assert content == {"text": "Oi! Vocês entregam no Centro hoje?"}
        case "revoke":
            assert content == {}
        case _:
            assert metadata["reactions"]["contact"]["emoji"] == "👍🏽"
