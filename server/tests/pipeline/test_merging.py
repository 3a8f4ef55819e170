"""Two contacts that are one person become one, with one history; and can be told apart again."""

import asyncio
import itertools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from pytake.contacts.types import MergeReason
from pytake.conversations import outbox
from pytake.conversations.service import writing
from pytake.conversations.service.settle import Settlement, settle
from pytake.merging.service.merge import merge
from pytake.merging.service.undo import unmerge
from tests.locks import waiting
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

OLD, NEW, OTHER = "5511900000011", "5511900000077", "5511900000099"
FIRST, SECOND = "BR.70216655483901277421", "BR.90011223344556677889"
START = 1_793_000_000


@pytest.fixture
async def tenant(office: Office) -> Tenant:
    return await office.tenant(flow=None)


def said(tenant: Tenant, body: str, wa_id: str | None, user_id: str | None = None, at: int = 0) -> Any:
    who = {"wa_id": wa_id, "user_id": user_id, "profile": {"name": "Maria"}}
    message = {
        "from": wa_id,
        "from_user_id": user_id,
        "id": meta.wamid(),
        "timestamp": str(START + at),
        "type": "text",
        "text": {"body": body},
    }
    known = [{key: value for key, value in each.items() if value is not None} for each in (who, message)]
    return meta.delivery(meta.value(tenant.phone_number_id, contacts=known[:1], messages=known[1:]))


def moved(tenant: Tenant, before: str, at: int, **system: str) -> Any:
    message = {"from": before, "id": meta.wamid(), "timestamp": str(START + at), "type": "system"}
    return meta.delivery(
        meta.value(tenant.phone_number_id, messages=[{**message, "system": {"body": "mudou", **system}}])
    )


def rotated(tenant: Tenant, wa_id: str, before: str, after: str, at: int) -> Any:
    update = {
        "wa_id": wa_id,
        "user_id": {"previous": before, "current": after},
        "timestamp": str(START + at),
    }
    return meta.delivery(meta.value(tenant.phone_number_id, user_id_update=[update]), field="user_id_update")


async def hear(office: Office, tenant: Tenant, *bodies: Any) -> None:
    for body in bodies:
        await office.deliver(tenant, body)
        await office.settled()
    async with asyncio.timeout(20):
        while await office.count("SELECT count(*) FROM contact_merge_suggestions WHERE state = 'proven'"):
            await asyncio.sleep(0.02)


async def people(office: Office) -> list[Any]:
    return await office.rows(
        "SELECT id, whatsapp_id, whatsapp_user_id, total_messages FROM contacts "
        "WHERE deleted_at IS NULL ORDER BY created_at, id"
    )


async def talks(office: Office) -> dict[UUID, list[str]]:
    """What was said, by contact; and every message has its conversation's contact."""
    rows = await office.rows(
        "SELECT c.contact_id, m.contact_id AS said_by, m.content ->> 'text' AS text, m.type "
        "FROM messages m JOIN conversations c ON c.id = m.conversation_id "
        "ORDER BY m.created_at, m.id"
    )
    assert all(row["contact_id"] == row["said_by"] for row in rows)
    found: dict[UUID, list[str]] = {}
    for row in rows:
        if row["type"] == "text":
            found.setdefault(row["contact_id"], []).append(row["text"])
    counted = await office.rows(
        "SELECT c.id FROM conversations c WHERE c.message_count <> "
        "(SELECT count(*) FROM messages m WHERE m.conversation_id = c.id)"
    )
    assert counted == []
    return found


async def test_one_message_with_the_user_id_of_one_and_the_phone_of_another_merges_them(
    office: Office, tenant: Tenant
) -> None:
    await hear(office, tenant, said(tenant, "um", OLD), said(tenant, "dois", None, FIRST))
    assert len(await people(office)) == 2

    await hear(office, tenant, said(tenant, "três", OLD, FIRST))

    (maria,) = await people(office)
    assert (maria["whatsapp_id"], maria["whatsapp_user_id"]) == (OLD, FIRST)
    assert await talks(office) == {maria["id"]: ["um", "dois", "três"]}
    assert maria["total_messages"] == 3


async def test_two_user_ids_are_never_merged_by_themselves(office: Office, tenant: Tenant) -> None:
    await hear(office, tenant, said(tenant, "um", OLD, FIRST), said(tenant, "dois", NEW, SECOND))

    await hear(office, tenant, moved(tenant, OLD, 5, type="user_changed_number", wa_id=NEW))

    assert len(await people(office)) == 2
    assert await office.count("SELECT count(*) FROM contact_merge_suggestions WHERE state = 'open'") == 1


async def test_a_user_id_that_replaced_another_merges_them(office: Office, tenant: Tenant) -> None:
    await hear(office, tenant, said(tenant, "um", OLD, FIRST), said(tenant, "dois", NEW, SECOND, 9))

    await hear(office, tenant, rotated(tenant, NEW, FIRST, SECOND, 5))

    (maria,) = await people(office)
    assert (maria["whatsapp_id"], maria["whatsapp_user_id"]) == (NEW, SECOND)
    assert list(await talks(office)) == [maria["id"]]


def all_orders() -> Sequence[tuple[int, ...]]:
    return list(itertools.permutations(range(5)))


@pytest.mark.parametrize("part", range(4))
async def test_in_whatever_order_the_news_come_it_is_one_person_with_one_history(
    office: Office, part: int
) -> None:
    """First by phone, the user id learnt, the phone changed, the user id changed, a message from the new."""
    orders = all_orders()[part::4]
    wrong = []
    for place, order in enumerate(orders):
        tenant = await office.tenant(
            f"loja-{part}-{place}", flow=None, phone_number_id=f"4559001122{part}{place:03}", register=False
        )
        news = [
            said(tenant, "primeira", OLD, at=1),
            said(tenant, "segunda", OLD, FIRST, at=2),
            moved(tenant, OLD, 3, type="user_changed_number", wa_id=NEW),
            rotated(tenant, NEW, FIRST, SECOND, 4),
            said(tenant, "terceira", NEW, SECOND, at=5),
        ]
        await hear(office, tenant, *(news[step] for step in order))
        left = await office.rows(
            "SELECT whatsapp_id, whatsapp_user_id FROM contacts WHERE deleted_at IS NULL "
            "AND organization_id = $1",
            tenant.organization_id,
        )
        if [tuple(row.values()) for row in left] != [(NEW, SECOND)]:
            wrong.append((order, [tuple(row.values()) for row in left]))

    assert wrong == []


async def test_telling_apart_gives_back_what_was_and_what_came_since(office: Office, tenant: Tenant) -> None:
    await hear(office, tenant, said(tenant, "a1", OLD), said(tenant, "b1", OTHER))
    ana, bia = [row["id"] for row in await people(office)]
    async with office.runtime.work(tenant.organization_id) as work:
        merge_id = await merge(work, ana, bia, MergeReason.BY_HAND)
    assert await talks(office) == {ana: ["a1", "b1"]}
    await hear(office, tenant, said(tenant, "b2", OTHER), said(tenant, "a2", OLD), said(tenant, "b3", OTHER))
    (both,) = await people(office)
    assert both["total_messages"] == 5

    async with office.runtime.work(tenant.organization_id) as work:
        await unmerge(work, merge_id)

    assert await talks(office) == {ana: ["a1", "a2"], bia: ["b1", "b2", "b3"]}
    one, other = await people(office)
    assert (one["whatsapp_id"], one["total_messages"]) == (OLD, 2)
    assert (other["whatsapp_id"], other["total_messages"]) == (OTHER, 3)
    await hear(office, tenant, said(tenant, "a3", OLD), said(tenant, "b4", OTHER))
    assert {len(each) for each in (await talks(office)).values()} == {3, 4}


@pytest.mark.parametrize("last", ["kept", "gone"])
async def test_a_phone_that_somebody_got_meanwhile_stays_theirs_when_two_are_told_apart(
    office: Office, tenant: Tenant, last: str
) -> None:
    """The merged contact is known by whoever wrote last; the phone of the other one is free for others."""
    ana_says, bia_says = said(tenant, "a1", OLD, FIRST, at=1), said(tenant, "b1", OTHER, at=2)
    await hear(office, tenant, ana_says, bia_says)
    ana, bia = [row["id"] for row in await people(office)]
    if last == "kept":
        await hear(office, tenant, said(tenant, "a2", OLD, FIRST, at=3))
    async with office.runtime.work(tenant.organization_id) as work:
        merge_id = await merge(work, ana, bia, MergeReason.BY_HAND)
    taken = OTHER if last == "kept" else OLD
    await hear(office, tenant, said(tenant, "s1", taken, SECOND, at=4))
    stranger = (await people(office))[-1]["id"]

    async with office.runtime.work(tenant.organization_id) as work:
        await unmerge(work, merge_id)

    known = {row["id"]: row for row in await people(office)}
    assert known[stranger]["whatsapp_id"] == taken
    assert (known[ana]["whatsapp_id"], known[bia]["whatsapp_id"]) == (
        (OLD, None) if last == "kept" else (None, OTHER)
    )
    shown = {row["id"]: row["phone"] for row in await office.rows("SELECT id, phone FROM contacts")}
    assert (shown[ana], shown[bia]) == (f"+{OLD}", f"+{OTHER}")
    await hear(office, tenant, said(tenant, "s2", taken, SECOND, at=5))
    assert (await talks(office))[stranger] == ["s1", "s2"]
    assert sum(len(each) for each in (await talks(office)).values()) == (5 if last == "kept" else 4)


async def test_merging_while_both_write_loses_nothing_and_locks_nobody_out(
    office: Office, tenant: Tenant
) -> None:
    await hear(office, tenant, said(tenant, "a0", OLD), said(tenant, "b0", OTHER))
    ana, bia = [row["id"] for row in await people(office)]

    async def write() -> None:
        for number in range(1, 15):
            await office.deliver(tenant, said(tenant, f"a{number}", OLD))
            await office.deliver(tenant, said(tenant, f"b{number}", OTHER))

    async def merge_and_undo() -> None:
        for _ in range(4):
            async with office.runtime.work(tenant.organization_id) as work:
                merge_id = await merge(work, ana, bia, MergeReason.BY_HAND)
            await asyncio.sleep(0.05)
            async with office.runtime.work(tenant.organization_id) as work:
                await unmerge(work, merge_id)

    await asyncio.gather(write(), merge_and_undo())
    await office.settled()

    found = await talks(office)
    assert sorted(found[ana]) == sorted(f"a{number}" for number in range(15))
    assert sorted(found[bia]) == sorted(f"b{number}" for number in range(15))


@pytest.mark.parametrize("deed", ["merged", "told apart"])
async def test_it_waits_for_whoever_records_how_a_call_ended(
    office: Office, tenant: Tenant, deed: str
) -> None:
    """First the row in the outbox, then the message: in the other order each would wait for the other."""
    today = meta.now() - START
    await hear(office, tenant, said(tenant, "a1", OLD, at=today), said(tenant, "b1", OTHER, at=today))
    ana, bia = [row["id"] for row in await people(office)]
    await office.owner.execute("UPDATE whatsapp_numbers SET sending_stopped_at = now()")
    talk = await office.owner.fetchval("SELECT id FROM conversations WHERE contact_id = $1", bia)
    async with office.runtime.work(tenant.organization_id) as work:
        await writing.write_to_customer(work, talk, "text", {"text": "Posso ajudar?"})
        work.unaudited("a test")
    (row,) = await office.rows("SELECT message_id, message_created_at FROM outbox")

    async def move(merge_id: UUID | None) -> UUID | None:
        async with office.runtime.work(tenant.organization_id) as work:
            if merge_id is None:
                return await merge(work, ana, bia, MergeReason.BY_HAND)
            await unmerge(work, merge_id)
        return None

    merge_id = await move(None) if deed == "told apart" else None
    async with office.runtime.work(tenant.organization_id) as desk:
        await outbox.remove(desk, [row["message_id"]])
        moving = asyncio.create_task(move(merge_id))
        async with asyncio.timeout(20):
            while not await waiting(office.runtime):
                await asyncio.sleep(0.01)
        settlement = Settlement(row["message_id"], row["message_created_at"], "accepted", "wamid.X")
        await settle(desk, [settlement])
    await moving

    (message,) = await office.rows("SELECT status, contact_id FROM messages WHERE direction = 'outbound'")
    assert (message["status"], message["contact_id"]) == ("accepted", ana if deed == "merged" else bia)


async def test_news_that_come_before_a_proven_merge_is_done_are_not_lost(
    office: Office, tenant: Tenant
) -> None:
    """The change of number waits in the same delivery as the change of user id that proves the two one."""
    await hear(office, tenant, said(tenant, "um", OLD, FIRST), said(tenant, "dois", NEW, SECOND, 9))
    changes = [
        rotated(tenant, NEW, FIRST, SECOND, 4)["entry"][0]["changes"][0],
        moved(tenant, OLD, 3, type="user_changed_number", wa_id=NEW)["entry"][0]["changes"][0],
    ]

    await hear(office, tenant, {"object": meta.delivery()["object"], "entry": [{"changes": changes}]})
    await hear(office, tenant, said(tenant, "três", OLD, at=1))

    (maria,) = await people(office)
    assert maria["whatsapp_id"] == NEW, "what was written before the change does not undo it"
