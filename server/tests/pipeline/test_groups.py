"""A group is a contact: its messages have a conversation of their own, in which nobody answers."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pytake.conversations import reading
from pytake.conversations.errors import GroupReadOnly
from pytake.conversations.schemas import Listed
from pytake.conversations.service import writing
from pytake.merging.errors import GroupIsNobody
from pytake.merging.service import asked
from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant
from tests.pipeline.test_changes import change

OPEN = Path(__file__).parents[1] / "payloads" / "open"
GROUP = "Z3JvdXAtaW52ZW50ZWQtMDAwMQ"
JANE, MARIA = "12025550143", "5511900000011"
SAID = "wamid.HBgLMTIwMjU1NTAxNDMVAgASGBQzQUIwQzVBNTBEMUVENkNDRDQzQQA="


async def tell(office: Office, tenant: Tenant, *messages: meta.Json, **people: str) -> None:
    contacts = [meta.contact(wa_id, name) for name, wa_id in people.items()]
    await office.deliver(
        tenant,
        meta.delivery(meta.value(tenant.phone_number_id, contacts=contacts, messages=list(messages))),
    )
    await office.settled()


async def tell_the_corpus(office: Office, tenant: Tenant) -> None:
    body = (OPEN / "inbound-group-text.json").read_text()
    await office.deliver(tenant, body.replace("455900112233443", tenant.phone_number_id).encode())
    await office.settled()


async def listed(office: Office, tenant: Tenant) -> list[dict[str, Any]]:
    async with office.runtime.work(tenant.organization_id) as work:
        page = await reading.page(work, Listed.ALL, None, 10)
    items: list[dict[str, Any]] = page["items"]
    return items


async def thread(office: Office, tenant: Tenant, conversation_id: str) -> list[dict[str, Any]]:
    async with office.runtime.work(tenant.organization_id) as work:
        page = await reading.messages(work, UUID(conversation_id), None, 10)
    items: list[dict[str, Any]] = page["items"]
    return items


async def test_a_group_has_a_conversation_that_says_who_wrote(office: Office, tenant: Tenant) -> None:
    await tell_the_corpus(office, tenant)
    await tell_the_corpus(office, tenant)
    await tell(office, tenant, meta.text(MARIA, "oi, grupo") | {"group_id": GROUP}, Maria=MARIA)

    (group,) = await listed(office, tenant)
    said = await thread(office, tenant, group["id"])
    assert group["contact"]["is_group"] is True
    assert not group["can_send_free_form"]
    assert not group["is_bot_active"]
    assert [message["content"]["text"] for message in said] == ["hello group", "oi, grupo"]
    assert [message["metadata"]["author"] for message in said] == [
        {"name": "Jane Roe", "wa_id": JANE, "user_id": "US.88410277300155926614"},
        {"name": "Maria", "wa_id": MARIA},
    ]
    assert await office.count("SELECT count(*) FROM contacts") == 1
    assert await office.count("SELECT count(*) FROM inbound_events") == 0


async def test_a_bot_that_was_given_a_group_says_nothing_there(office: Office, tenant: Tenant) -> None:
    await tell(office, tenant, meta.text(JANE, "um") | {"group_id": GROUP}, Jane=JANE)
    await office.owner.execute("UPDATE conversations SET is_bot_active = true")

    await tell(office, tenant, meta.text(JANE, "dois") | {"group_id": GROUP}, Jane=JANE)

    assert await office.texts("inbound") == ["um", "dois"]
    assert await office.texts("outbound") == []


async def test_who_writes_to_us_and_in_a_group_has_two_conversations(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.customer(JANE)
    private = meta.text(JANE, "só para vocês")
    await tell(office, tenant, meta.text(JANE, "para todos") | {"group_id": GROUP}, private, Jane=JANE)

    talks = {talk["contact"]["is_group"]: talk for talk in await listed(office, tenant)}
    alone = await thread(office, tenant, talks[False]["id"])
    assert [message["content"]["text"] for message in alone] == ["só para vocês", "eco: só para vocês"]
    assert len(await thread(office, tenant, talks[True]["id"])) == 1
    assert talks[False]["can_send_free_form"]


async def test_everybody_of_a_group_reacts_and_changes_their_own(office: Office, tenant: Tenant) -> None:
    await tell_the_corpus(office, tenant)
    now = meta.now()

    def by(who: str, kind: str, id_: str, **body: Any) -> meta.Json:
        return change(kind, now, id_, who, **body) | {"group_id": GROUP}

    new = {"type": "text", "text": {"body": "alheio"}}
    await tell(
        office,
        tenant,
        by(JANE, "reaction", "wamid.R1==", message_id=SAID, emoji="👍")
        | {"from_user_id": "US.88410277300155926614"},
        by(MARIA, "reaction", "wamid.R2==", message_id=SAID, emoji="❤️"),
        by(MARIA, "edit", "wamid.E==", original_message_id=SAID, message=new),
    )

    (group,) = await listed(office, tenant)
    said = (await thread(office, tenant, group["id"]))[0]
    assert said["content"] == {"text": "hello group"}
    assert {who: given["emoji"] for who, given in said["metadata"]["reactions"].items()} == {
        "US.88410277300155926614": "👍",
        MARIA: "❤️",
    }
    hers = by(JANE, "revoke", "wamid.V==", original_message_id=SAID)
    await tell(office, tenant, hers | {"from_user_id": "US.88410277300155926614"})
    assert (await thread(office, tenant, group["id"]))[0]["content"] == {}


async def test_nobody_writes_into_a_group(office: Office, tenant: Tenant) -> None:
    await tell_the_corpus(office, tenant)
    (group,) = await listed(office, tenant)

    for kind, content in (("text", {"text": "oi"}), ("template", {"name": "oferta", "language": "pt_BR"})):
        with pytest.raises(GroupReadOnly):
            async with office.runtime.work(tenant.organization_id) as work:
                await writing.write_to_customer(work, UUID(group["id"]), kind, content)
    assert await office.texts("outbound") == []


async def test_a_group_is_merged_with_nobody(office: Office, tenant: Tenant) -> None:
    await tell(office, tenant, meta.text(JANE, "a") | {"group_id": GROUP}, meta.text(JANE, "b"))
    group, person = await office.rows("SELECT id FROM contacts ORDER BY whatsapp_group_id NULLS LAST")

    for kept, gone in ((group, person), (person, group)):
        with pytest.raises(GroupIsNobody):
            async with office.runtime.work(tenant.organization_id) as work:
                await asked.merge_by_hand(work, kept["id"], gone["id"])


async def test_what_the_phone_writes_in_a_group_is_ours(office: Office, tenant: Tenant) -> None:
    echo = meta.text("551130000100", "bem-vindos") | {"group_id": GROUP}
    body = meta.value(tenant.phone_number_id, message_echoes=[echo])
    await office.deliver(tenant, meta.delivery(body, field="smb_message_echoes"))
    await office.settled()

    (said,) = await office.rows("SELECT direction, sender_type, metadata FROM messages")
    assert (said["direction"], said["sender_type"]) == ("outbound", "phone")
    assert "author" not in json.loads(said["metadata"])
    assert [talk["contact"]["is_group"] for talk in await listed(office, tenant)] == [True]
