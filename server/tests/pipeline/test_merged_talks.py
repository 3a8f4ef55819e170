"""Two contacts become one and two again: their bots, timers, unsent messages, files and history go along."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from pytake.analytics.meter import count
from pytake.analytics.projection import project
from pytake.contacts.types import MergeReason
from pytake.conversations import joining
from pytake.conversations.service import writing
from pytake.merging.service.merge import merge
from pytake.merging.service.undo import unmerge
from simulator.testing import Customer, RunningSimulator
from tests.factories import a_user, until_readable
from tests.pipeline.office import Office, Tenant
from tests.pipeline.test_merging import FIRST, NEW, OLD, OTHER, SECOND, hear, moved, people, said, talks
from tests.pipeline.test_timers import PATIENT

ASKED, BYE, THANKS = "Ainda aí?", "Até logo!", "Que bom!"


@dataclass
class Pair:
    """Ana wrote first, so her contact is kept; Bia's goes into it."""

    office: Office
    tenant: Tenant
    ana: Customer
    bia: Customer
    merge_id: UUID | None = None

    async def write(self, ana: str, bia: str) -> None:
        await self.hear(self.ana, ana)
        await self.hear(self.bia, bia)

    async def hear(self, who: Customer, text: str) -> None:
        heard = await self.office.count("SELECT count(*) FROM messages WHERE direction = 'inbound'")
        await who.says(text)
        await self.office.until("SELECT count(*) > $1 FROM messages WHERE direction = 'inbound'", heard)
        await self.office.settled()

    async def merge(self) -> None:
        ana, bia = [row["id"] for row in await people(self.office)]
        async with self.office.runtime.work(self.tenant.organization_id) as work:
            self.merge_id = await merge(work, ana, bia, MergeReason.BY_HAND)

    async def tell_apart(self) -> None:
        assert self.merge_id
        async with self.office.runtime.work(self.tenant.organization_id) as work:
            await unmerge(work, self.merge_id)

    async def runs(self) -> list[tuple[str, str, bool]]:
        """Of each run: whose it is, how it stands, and whether it has a timer."""
        rows = await self.office.rows(
            """
            SELECT k.whatsapp_id, r.status, t.run_id IS NOT NULL AS is_timed
            FROM flow_runs r LEFT JOIN flow_timers t ON t.run_id = r.id
            JOIN conversations c ON c.id = r.conversation_id AND c.contact_id = r.contact_id
            JOIN contacts k ON k.id = r.contact_id ORDER BY r.created_at
            """
        )
        return [(row["whatsapp_id"], row["status"], row["is_timed"]) for row in rows]

    async def stands_in_flow(self) -> list[bool]:
        """Of each conversation, the oldest first: whether its copy says that a bot waits there."""
        rows = await self.office.rows("SELECT current_node_id FROM conversations ORDER BY created_at, id")
        return [row["current_node_id"] is not None for row in rows]


@pytest.fixture
async def pair(office: Office, sim: RunningSimulator) -> Pair:
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, PATIENT)
    await office.owner.execute("UPDATE chatbots SET fallback_message = NULL")
    return Pair(office, tenant, sim.customer(OLD, "Ana"), sim.customer(OTHER, "Bia"))


async def heard(who: Customer) -> str:
    text: str = (await who.hears())["body"]["text"]["body"]
    return text


# --- bots and timers --------------------------------------------------------------------------------------


async def test_a_bot_that_waits_for_the_other_one_goes_on_in_the_kept_conversation(pair: Pair) -> None:
    await pair.write("bom dia", "oi")
    assert await heard(pair.bia) == ASKED

    await pair.merge()

    assert await pair.runs() == [(OTHER, "waiting", True)], "shown is who wrote last"
    assert await pair.stands_in_flow() == [True, False]
    await pair.bia.says("sim")
    assert await heard(pair.bia) == THANKS
    await pair.office.settled()
    assert await pair.runs() == [(OTHER, "completed", False)]
    assert list((await talks(pair.office)).values()) == [["bom dia", "oi", ASKED, "sim", THANKS]]


async def test_its_timer_fires_there(pair: Pair) -> None:
    await pair.write("bom dia", "oi")
    assert await heard(pair.bia) == ASKED
    await pair.merge()

    await pair.office.owner.execute("UPDATE flow_timers SET fire_at = now()")

    assert await heard(pair.bia) == BYE
    await pair.office.settled()
    assert list((await talks(pair.office)).values()) == [["bom dia", "oi", ASKED, BYE]]


async def test_of_two_bots_that_wait_the_kept_one_s_goes_on_and_both_wait_again_when_told_apart(
    pair: Pair,
) -> None:
    await pair.write("oi", "oi")
    assert [await heard(pair.ana), await heard(pair.bia)] == [ASKED, ASKED]
    due = await pair.office.rows("SELECT * FROM flow_timers ORDER BY run_id")

    await pair.merge()

    assert await pair.runs() == [(OTHER, "waiting", True), (OTHER, "interrupted", False)]
    await pair.tell_apart()
    assert await pair.runs() == [(OLD, "waiting", True), (OTHER, "waiting", True)]
    assert await pair.stands_in_flow() == [True, True]
    assert await pair.office.rows("SELECT * FROM flow_timers ORDER BY run_id") == due
    for who in (pair.ana, pair.bia):
        await who.says("sim")
        assert await heard(who) == THANKS


async def test_a_bot_that_was_answered_meanwhile_is_done_when_they_are_told_apart(pair: Pair) -> None:
    await pair.write("bom dia", "oi")
    assert await heard(pair.bia) == ASKED
    await pair.merge()
    await pair.bia.says("sim")
    assert await heard(pair.bia) == THANKS
    await pair.office.settled()

    await pair.tell_apart()

    assert await pair.runs() == [(OTHER, "completed", False)]
    assert sorted((await talks(pair.office)).values()) == [["bom dia"], ["oi", ASKED, "sim", THANKS]]


# --- what is on its way out -------------------------------------------------------------------------------


async def _write_while_stopped(pair: Pair, **texts: str) -> None:
    """Somebody answers each of them, in this order; the number sends nothing yet."""
    await pair.office.owner.execute("UPDATE whatsapp_numbers SET sending_stopped_at = now()")
    for who, text in texts.items():
        conversation_id = await pair.office.owner.fetchval(
            "SELECT c.id FROM conversations c JOIN contacts k ON k.id = c.contact_id "
            "WHERE k.whatsapp_id = $1",
            {"ana": OLD, "bia": OTHER}[who],
        )
        async with pair.office.runtime.work(pair.tenant.organization_id) as work:
            await writing.write_to_customer(work, conversation_id, "text", {"text": text})
            work.unaudited("a test")


async def _send_again(pair: Pair) -> None:
    await pair.office.owner.execute(
        "UPDATE whatsapp_numbers SET sending_stopped_at = NULL, sending_resumed_at = now()"
    )
    await pair.office.settled()


async def _went(pair: Pair) -> list[tuple[str, str]]:
    accepted = pair.office.sim.logged("graph.accepted", type="text")
    return [(each["to"], each["body"]["text"]["body"]) for each in accepted]


async def test_what_waits_to_be_sent_goes_once_to_whom_they_are_now(pair: Pair) -> None:
    await pair.write("a", "b")
    await pair.hear(pair.ana, "a de novo")
    await _write_while_stopped(pair, bia="para Bia", ana="para Ana")

    await pair.merge()
    await _send_again(pair)

    assert await _went(pair) == [(OLD, "para Bia"), (OLD, "para Ana")]
    assert list((await talks(pair.office)).values()) == [["a", "b", "a de novo", "para Bia", "para Ana"]]


async def test_what_waits_to_be_sent_goes_to_each_when_they_are_told_apart(pair: Pair) -> None:
    await pair.write("a", "b")
    await _write_while_stopped(pair, ana="para Ana", bia="para Bia")

    await pair.merge()
    await pair.tell_apart()
    await _send_again(pair)

    assert sorted(await _went(pair)) == [(OLD, "para Ana"), (OTHER, "para Bia")]


async def test_a_call_under_way_is_recorded_wherever_its_message_is_then(pair: Pair) -> None:
    await pair.write("a", "b")
    pair.office.sim.fault("graph", "slow", to=OTHER, seconds=1.5, type="text")
    await _write_while_stopped(pair, ana="para Ana", bia="para Bia")
    await pair.office.owner.execute("UPDATE whatsapp_numbers SET sending_stopped_at = NULL")
    await pair.office.until("SELECT count(*) = 1 FROM outbox WHERE state = 'sending' AND attempts = 1")

    await pair.merge()
    await pair.office.settled()

    assert sorted(text for _, text in await _went(pair)) == ["para Ana", "para Bia"]
    assert await pair.office.count("SELECT count(*) FROM messages WHERE status = 'pending'") == 0


# --- files, history, and who works on it ------------------------------------------------------------------


async def _files_elsewhere(pair: Pair) -> int:
    """Files that are filed in another conversation than their message."""
    assert await pair.office.count("SELECT count(*) FROM attachments") == 1
    return await pair.office.count(
        "SELECT count(*) FROM attachments a JOIN messages m ON m.id = a.message_id "
        "WHERE a.conversation_id <> m.conversation_id"
    )


async def test_files_go_with_their_messages(pair: Pair) -> None:
    await pair.write("a", "b")
    await pair.bia.sends_image("a foto")
    await pair.office.until("SELECT count(*) = 1 FROM attachments WHERE state = 'stored'")

    await pair.merge()
    assert await _files_elsewhere(pair) == 0
    await pair.tell_apart()
    assert await _files_elsewhere(pair) == 0


async def _history(pair: Pair) -> dict[str, set[Any]]:
    """What MongoDB says and PostgreSQL does not, or the other way round."""
    runtime, organization_id = pair.office.runtime, pair.tenant.organization_id
    await until_readable(runtime, organization_id)
    await project(runtime, organization_id)
    differences: dict[str, set[Any]] = {}
    for collection, statement, names in (
        ("message_logs", "SELECT * FROM messages", ("conversation_id", "contact_id")),
        ("conversation_logs", "SELECT * FROM conversations", ("contact_id", "message_count")),
    ):
        rows = await pair.office.rows(statement)
        logs = await runtime.documents.database[collection].find().to_list()
        here = {(row["id"], *(row[name] for name in names)) for row in rows}
        there = {(log["_id"], *(log[name] for name in names)) for log in logs}
        differences[collection] = here ^ there
    return differences


LEVEL: dict[str, set[Any]] = {"message_logs": set(), "conversation_logs": set()}


async def test_the_history_follows_messages_and_whole_conversations(pair: Pair) -> None:
    """Bia has an old conversation, which goes over as it is, and a live one, which goes into Ana's."""
    await pair.write("a", "b antiga")
    await pair.office.owner.execute(
        "UPDATE conversations SET status = 'closed' WHERE contact_id IN "
        "(SELECT id FROM contacts WHERE whatsapp_id = $1)",
        OTHER,
    )
    await pair.write("a de novo", "b")
    assert await _history(pair) == LEVEL
    usage = "SELECT sent, received FROM message_usage"
    await count(pair.office.runtime, pair.tenant.organization_id)
    counted = await pair.office.rows(usage)

    await pair.merge()
    assert await _history(pair) == LEVEL
    await pair.tell_apart()
    assert await _history(pair) == LEVEL

    await count(pair.office.runtime, pair.tenant.organization_id)
    assert await pair.office.rows(usage) == counted, "nothing was said twice"


async def _hand_over(pair: Pair, wa_id: str, **to: Any) -> None:
    await pair.office.owner.execute(
        """
        UPDATE conversations c SET assigned_to = $2, status = 'assigned', is_bot_active = false,
               tags = $3, notes = $4
        FROM contacts k WHERE k.id = c.contact_id AND k.whatsapp_id = $1
        """,
        wa_id,
        to["user_id"],
        to["tags"],
        to["notes"],
    )


async def _works(pair: Pair) -> list[tuple[Any, ...]]:
    rows = await pair.office.rows(
        "SELECT assigned_to, status, is_bot_active, tags, notes FROM conversations ORDER BY created_at, id"
    )
    return [tuple(row.values()) for row in rows]


async def test_who_works_on_it_is_given_back_unless_somebody_changed_it(pair: Pair) -> None:
    await pair.write("a", "b")
    agent, _ = await a_user(pair.office.runtime, pair.tenant.organization_id)
    await _hand_over(pair, OTHER, user_id=agent, tags=["vip"], notes="liga à tarde")
    before = await _works(pair)
    await pair.merge()
    assert (await _works(pair))[0] == (agent, "assigned", False, ["vip"], "liga à tarde")

    await pair.tell_apart()
    assert await _works(pair) == before

    await pair.merge()
    await pair.office.owner.execute("UPDATE conversations SET notes = 'é a mesma' WHERE status <> 'closed'")
    await pair.tell_apart()
    kept, _ = await _works(pair)
    assert kept == (*before[0][:4], "é a mesma")


def test_all_that_is_taken_over_can_be_given_back() -> None:
    names = [name for part in joining.TAKEN for name in part]
    assert len(names) == len(set(names)) == 10


# --- who is who afterwards --------------------------------------------------------------------------------


async def _merged(office: Office, tenant: Tenant) -> tuple[UUID, UUID, UUID]:
    await hear(office, tenant, said(tenant, "a1", OLD), said(tenant, "b1", OTHER))
    ana, bia = [row["id"] for row in await people(office)]
    async with office.runtime.work(tenant.organization_id) as work:
        return ana, bia, await merge(work, ana, bia, MergeReason.BY_HAND)


async def _apart(office: Office, tenant: Tenant, merge_id: UUID) -> dict[UUID, tuple[Any, Any]]:
    async with office.runtime.work(tenant.organization_id) as work:
        await unmerge(work, merge_id)
    return {row["id"]: (row["whatsapp_id"], row["whatsapp_user_id"]) for row in await people(office)}


async def test_a_user_id_that_was_first_shown_meanwhile_goes_with_whose_phone_it_came(
    office: Office,
) -> None:
    tenant = await office.tenant(flow=None)
    ana, bia, merge_id = await _merged(office, tenant)
    await hear(office, tenant, said(tenant, "b2", OTHER, SECOND), said(tenant, "b3", None, SECOND))

    assert await _apart(office, tenant, merge_id) == {ana: (OLD, None), bia: (OTHER, SECOND)}

    await hear(office, tenant, said(tenant, "b4", None, SECOND), said(tenant, "a2", OLD, FIRST))
    assert await talks(office) == {ana: ["a1", "a2"], bia: ["b1", "b2", "b3", "b4"]}
    assert len(await people(office)) == 2


async def test_a_number_that_somebody_changed_to_meanwhile_goes_with_them(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    ana, bia, merge_id = await _merged(office, tenant)
    told = moved(tenant, OTHER, 10, type="user_changed_number", wa_id=NEW)
    await hear(office, tenant, told, said(tenant, "b2", NEW, at=20))

    assert await _apart(office, tenant, merge_id) == {ana: (OLD, None), bia: (NEW, None)}
    shown = {row["id"]: row["phone"] for row in await office.rows("SELECT id, phone FROM contacts")}
    assert shown == {ana: f"+{OLD}", bia: f"+{NEW}"}

    await hear(office, tenant, said(tenant, "b3", NEW, at=30), said(tenant, "a2", OLD, at=31))
    assert await talks(office) == {ana: ["a1", "a2"], bia: ["b1", "b2", "b3"]}


async def test_each_message_keeps_by_what_it_was_written(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    await _merged(office, tenant)
    await hear(office, tenant, said(tenant, "b2", OTHER, SECOND), said(tenant, "b3", None, SECOND))

    rows = await office.rows(
        "SELECT content ->> 'text' AS text, metadata ->> 'from' AS phone, metadata ->> 'from_user_id' AS id "
        "FROM messages ORDER BY created_at, id"
    )
    assert [tuple(row.values()) for row in rows][2:] == [("b2", OTHER, SECOND), ("b3", None, SECOND)]
    assert {tuple(row.values())[1:] for row in rows[:2]} == {(None, None)}, "who is one contact needs none"
