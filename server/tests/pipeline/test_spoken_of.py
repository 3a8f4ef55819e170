"""What speaks of a message of ours or of an old one: refused reactions, early news, settled conversations."""

import asyncio
import json
from typing import Any
from uuid import UUID

import orjson
import pytest

from pytake.conversations.outbox import Claimed
from pytake.conversations.pipeline import callback_data
from pytake.conversations.service import writing
from pytake.conversations.service.outcomes import Sent, record
from pytake.inbound.apply import Arrived, apply
from pytake.ports.whatsapp import Accepted, Person
from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant
from tests.pipeline.test_changes import change, tell

MARIA = "5511900000011"
HERS, OURS = "wamid.HERS==", "wamid.OURS=="


@pytest.fixture
async def tenant(office: Office) -> Tenant:
    """Maria has written, and no bot is there to answer."""
    tenant = await office.tenant(flow=None)
    await tell(office, tenant, meta.text(MARIA, "Oi", id_=HERS))
    return tenant


async def row(office: Office, wamid: str) -> dict[str, Any]:
    (found,) = await office.rows("SELECT * FROM messages WHERE whatsapp_message_id = $1", wamid)
    return found | {name: json.loads(found[name]) for name in ("content", "metadata")}


async def reacted(office: Office, wamid: str) -> dict[str, str | None]:
    reactions = (await row(office, wamid))["metadata"].get("reactions", {})
    return {side: said["emoji"] for side, said in reactions.items()}


async def write(office: Office, tenant: Tenant, type_: str, **content: Any) -> UUID:
    """As somebody does who answers Maria; our message."""
    conversation_id = (await row(office, HERS))["conversation_id"]
    async with office.runtime.work(tenant.organization_id) as work:
        written = await writing.write_to_customer(work, conversation_id, type_, content)
        work.unaudited("a test")
    return UUID(written["id"])


async def react(office: Office, tenant: Tenant, wamid: str, emoji: str) -> UUID:
    spoken_of = str((await row(office, wamid))["id"])
    return await write(office, tenant, "reaction", message_id=spoken_of, emoji=emoji)


# --- reactions that WhatsApp refuses ----------------------------------------------------------------------


@pytest.fixture
async def hers(office: Office, sim: RunningSimulator, tenant: Tenant) -> str:
    """A message that Maria wrote on her phone, which knows it."""
    wamid = await sim.customer(MARIA).says("Que lindo!")
    await office.until("SELECT EXISTS (SELECT FROM messages WHERE whatsapp_message_id = $1)", wamid)
    return wamid


@pytest.mark.parametrize("before", [None, "👍"], ids=["the first", "another before"])
@pytest.mark.parametrize("by_status", [False, True], ids=["at once", "later"])
async def test_a_refused_reaction_leaves_what_was_there_before(
    office: Office, sim: RunningSimulator, tenant: Tenant, hers: str, before: str | None, *, by_status: bool
) -> None:
    if before:
        held = await react(office, tenant, hers, before)
        await office.until("SELECT status = 'sent' FROM messages WHERE id = $1", held)
    if not by_status:
        sim.fault("graph", "error", code=131009, http_status=400, type="reaction")
    refused = await react(office, tenant, hers, "❤️")
    if by_status:
        assert (await reacted(office, hers))["business"] == "❤️"
        await office.until("SELECT status = 'sent' FROM messages WHERE id = $1", refused)
        await _fails(office, tenant, refused)
    await office.until("SELECT status = 'failed' FROM messages WHERE id = $1", refused)

    assert (await reacted(office, hers)).get("business") == before
    (line,) = await office.rows("SELECT metadata, error_message FROM messages WHERE id = $1", refused)
    assert "applied" not in json.loads(line["metadata"]), "the thread shows it, with the reason"
    assert line["error_message"]


async def _fails(office: Office, tenant: Tenant, message_id: UUID) -> None:
    wamid = await office.owner.fetchval("SELECT whatsapp_message_id FROM messages WHERE id = $1", message_id)
    error = {"code": 131026, "title": "Message undeliverable"}
    failed = meta.status(wamid, "failed", errors=[error])
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, statuses=[failed])))
    await office.settled()


async def test_hers_stays_when_ours_is_refused_and_the_message_is_told_of(
    office: Office, sim: RunningSimulator, tenant: Tenant, hers: str
) -> None:
    await tell(office, tenant, change("reaction", meta.now(), "wamid.R==", message_id=hers, emoji="👏"))
    sim.fault("graph", "error", code=131009, http_status=400, type="reaction")
    revision = (await row(office, hers))["metadata"]["revision"]
    refused = await react(office, tenant, hers, "❤️")
    await office.until("SELECT status = 'failed' FROM messages WHERE id = $1", refused)

    assert await reacted(office, hers) == {"contact": "👏"}
    assert (await row(office, hers))["metadata"]["revision"] == revision + 2
    told = "SELECT count(*) FROM events WHERE type = 'message.updated' AND payload ->> 'message_id' = $1"
    assert await office.count(told, str((await row(office, hers))["id"])) == 3


# --- before the id of our message is known ----------------------------------------------------------------

EARLY = change("reaction", meta.now(), "wamid.R==", message_id=OURS, emoji="👍")


async def _on_its_way(office: Office, tenant: Tenant) -> Claimed:
    """A text of ours that WhatsApp has been called with; its answer is not here yet."""
    await office.owner.execute("UPDATE whatsapp_numbers SET sending_stopped_at = now()")
    message_id = await write(office, tenant, "text", text="Olá!")
    claimed = await office.owner.fetchrow(
        """
        UPDATE outbox SET state = 'sending', claimed_at = now(), attempts = 1
        WHERE message_id = $1 RETURNING *
        """,
        message_id,
    )
    return Claimed(
        message_id,
        claimed["message_created_at"],
        claimed["claimed_at"],
        0.0,
        claimed["conversation_id"],
        claimed["contact_id"],
        attempts=1,
        times_unknown=0,
        to=Person(MARIA),
        type="text",
        content={"text": "Olá!"},
        reply_to=None,
        reads=None,
        open_seconds=60.0,
    )


async def arrive(office: Office, tenant: Tenant, *messages: meta.Json, echo: bool = False) -> None:
    """Until they are applied, though something of ours be still on its way."""
    name, field = ("message_echoes", "smb_message_echoes") if echo else ("messages", "messages")
    value = meta.value(tenant.phone_number_id, **{name: list(messages)})
    await office.deliver(tenant, meta.delivery(value, field=field))
    await office.until("SELECT NOT EXISTS (SELECT FROM inbound_events WHERE status = 'pending')")


async def _is_accepted(office: Office, tenant: Tenant, claimed: Claimed) -> None:
    async with office.runtime.work(tenant.organization_id) as work:
        await record(work, tenant.number_id, [Sent(claimed, Accepted(OURS))], [])


async def _says_the_status(office: Office, tenant: Tenant, claimed: Claimed) -> None:
    named = callback_data(claimed.message_id, claimed.message_created_at)
    sent = meta.status(OURS, "sent", callback=named)
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, statuses=[sent])))
    await office.settled()


@pytest.mark.parametrize("names", [_is_accepted, _says_the_status], ids=["by the answer", "by a status"])
async def test_a_reaction_that_came_early_acts_when_our_message_gets_its_name(
    office: Office, tenant: Tenant, names: Any
) -> None:
    claimed = await _on_its_way(office, tenant)
    await arrive(office, tenant, EARLY)
    assert "applied" not in (await row(office, "wamid.R=="))["metadata"]

    await names(office, tenant, claimed)

    assert await reacted(office, OURS) == {"contact": "👍"}
    assert (await row(office, "wamid.R=="))["metadata"]["applied"] is True


async def test_what_the_phone_edits_early_acts_when_our_message_gets_its_name(
    office: Office, tenant: Tenant
) -> None:
    """Written here, and edited in the app on the number's own phone."""
    claimed = await _on_its_way(office, tenant)
    new = {"type": "text", "text": {"body": "Olá, Maria!"}}
    edit = change("edit", meta.now(), "wamid.E==", original_message_id=OURS, message=new)
    await arrive(office, tenant, edit | {"from": "551130000100", "to": MARIA}, echo=True)

    await _is_accepted(office, tenant, claimed)

    assert (await row(office, OURS))["content"] == {"text": "Olá, Maria!"}


async def test_a_reaction_and_the_answer_at_the_same_moment_meet(office: Office, tenant: Tenant) -> None:
    claimed = await _on_its_way(office, tenant)
    async with office.runtime.work(tenant.organization_id) as work:
        await record(work, tenant.number_id, [Sent(claimed, Accepted(OURS))], [])
        body = meta.delivery(meta.value(tenant.phone_number_id, messages=[EARLY]))
        await office.deliver(tenant, body)
        await office.until(SOMEBODY_WAITS_OR_IT_IS_APPLIED)
    await office.settled()

    assert await reacted(office, OURS) == {"contact": "👍"}


async def test_an_answer_and_a_reaction_at_the_same_moment_meet(office: Office, tenant: Tenant) -> None:
    claimed = await _on_its_way(office, tenant)
    body = orjson.dumps(meta.delivery(meta.value(tenant.phone_number_id, messages=[EARLY])))
    (item,) = office.runtime.ports.whatsapp.read(body)
    async with office.runtime.work(tenant.organization_id) as work:
        await apply(work, [Arrived(tenant.channel_id, item, lambda: body)])
        answering = asyncio.create_task(_is_accepted(office, tenant, claimed))
        await office.until(SOMEBODY_WAITS_OR_IT_IS_SENT)
    await answering

    assert await reacted(office, OURS) == {"contact": "👍"}


SOMEBODY_WAITS_OR_IT_IS_APPLIED = """
    SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
                   WHERE datname = current_database() AND NOT granted)
        OR NOT EXISTS (SELECT FROM inbound_events)
"""
SOMEBODY_WAITS_OR_IT_IS_SENT = """
    SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
                   WHERE datname = current_database() AND NOT granted)
        OR NOT EXISTS (SELECT FROM outbox)
"""


# --- conversations that are over --------------------------------------------------------------------------


CHANGES = {
    "reaction": change("reaction", meta.now(), "wamid.C==", message_id=HERS, emoji="👍"),
    "edit": change(
        "edit",
        meta.now(),
        "wamid.C==",
        original_message_id=HERS,
        message={"type": "text", "text": {"body": "Oi!"}},
    ),
    "revoke": change("revoke", meta.now(), "wamid.C==", original_message_id=HERS),
    "of another": change("reaction", meta.now(), "wamid.C==", message_id="wamid.UNKNOWN==", emoji="👍"),
}


@pytest.mark.parametrize("named", CHANGES)
async def test_what_speaks_of_an_old_conversation_opens_no_new_one(
    office: Office, tenant: Tenant, named: str
) -> None:
    await office.owner.execute("UPDATE conversations SET status = 'resolved', resolved_at = now()")
    before = await row(office, HERS)

    await tell(office, tenant, CHANGES[named])

    spoken = await row(office, "wamid.C==")
    assert await office.count("SELECT count(*) FROM conversations") == 1
    assert spoken["conversation_id"] == before["conversation_id"]
    assert await office.count("SELECT count(*) FROM conversations WHERE status = 'resolved'") == 1
    assert await office.count("SELECT total_conversations FROM contacts") == 1
    assert ("applied" in spoken["metadata"]) is (named != "of another")


@pytest.mark.parametrize("together", [False, True], ids=["apart", "together"])
async def test_what_speaks_of_an_old_conversation_stays_there_when_a_new_one_is_open(
    office: Office, tenant: Tenant, *, together: bool
) -> None:
    await office.owner.execute("UPDATE conversations SET status = 'resolved', resolved_at = now()")
    old = await row(office, HERS)

    again = meta.text(MARIA, "Oi de novo", id_="wamid.AGAIN==")
    on_new = change("reaction", meta.now(), "wamid.N==", message_id="wamid.AGAIN==", emoji="👏")
    await tell(
        office,
        tenant,
        again,
        on_new,
        CHANGES["reaction"],
        CHANGES["of another"] | {"id": "wamid.U=="},
        together=together,
    )

    new = await row(office, "wamid.AGAIN==")
    assert new["conversation_id"] != old["conversation_id"]
    where = {
        wamid: (await row(office, wamid))["conversation_id"]
        for wamid in ("wamid.C==", "wamid.N==", "wamid.U==")
    }
    assert where == {
        "wamid.C==": old["conversation_id"],
        "wamid.N==": new["conversation_id"],
        "wamid.U==": new["conversation_id"],
    }
    assert await office.count("SELECT count(*) FROM conversations WHERE status = 'resolved'") == 1
    miscounted = """
        SELECT count(*) FROM conversations c
        WHERE message_count <> (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id)
    """
    assert await office.count(miscounted) == 0
