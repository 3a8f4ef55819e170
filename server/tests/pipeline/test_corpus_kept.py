"""Every delivery of the corpus, stored and read again through the API: what its index promises is there."""

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

import asyncpg
import pytest
from httpx import AsyncClient

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.inbound.apply import Arrived, Leftovers, apply
from pytake.kit.ids import new_id
from pytake.ports.whatsapp import Item, MessageArrived
from tests.adapters.meta import corpus
from tests.adapters.meta.test_corpus import OPEN, final_status, named
from tests.factories import Somebody, a_contact, a_conversation, a_message, a_number, somebody

Json = dict[str, Any]
WORDS = ("text", "caption", "emoji")
CHAT = {"message", "echo"}


@pytest.fixture
async def user(runtime: BuiltRuntime) -> Somebody:
    return await somebody(runtime)


@pytest.mark.parametrize("case", OPEN, ids=named)
async def test_what_the_index_promises_is_kept_and_shown(
    client: AsyncClient, runtime: BuiltRuntime, owner: asyncpg.Connection, user: Somebody, case: Any
) -> None:
    events: list[Json] = case["expected"]["events"]
    items = runtime.ports.whatsapp.read(corpus.body("open", case["file"]))
    await _connect(runtime, user.organization_id, events)

    left = await _apply(runtime, user.organization_id, items)

    assert left == Leftovers()
    shown = await _shown(client, user)
    arrived = {item.wamid: item for item in items if isinstance(item, MessageArrived)}
    for event in events:
        if event["kind"] in CHAT:
            await _is_shown(owner, event, arrived[event["wamid"]], *shown[event["wamid"]])
        elif event["kind"] == "status":
            _is_settled(shown[event["wamid"]][1], event, final_status(items))
        elif event["kind"] == "user_preference":
            await _is_wished(owner, event)
        elif event["kind"] == "user_id_update":
            await _is_known_by(owner, event)
    told = await owner.fetch("SELECT payload ->> 'field' AS field FROM events WHERE type = 'account.changed'")
    assert [row["field"] for row in told] == list(_accounts(events))


async def _connect(runtime: BuiltRuntime, organization_id: UUID, events: list[Json]) -> None:
    """Its numbers are ours, and so are the messages its statuses speak of."""
    async with runtime.work(organization_id) as work:
        for phone_number_id in sorted(
            {str(event["phone_number_id"]) for event in events if event.get("phone_number_id")}
        ):
            number = await a_number(work)
            await work.execute(
                "UPDATE whatsapp_numbers SET phone_number_id = $2 WHERE organization_id = $1 AND id = $3",
                organization_id,
                phone_number_id,
                number,
            )
            for wamid in sorted({event["wamid"] for event in events if event["kind"] == "status"}):
                await _send(work, number, wamid)


async def _send(work: Any, number: UUID, wamid: str) -> None:
    talk = await a_conversation(work, contact_id=await a_contact(work), number_id=number)
    message = await a_message(work, talk, direction="outbound", status="accepted")
    await work.execute(
        "UPDATE messages SET whatsapp_message_id = $3 WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        message,
        wamid,
    )
    await work.execute(
        "INSERT INTO message_ids VALUES ($1, $2, $3, $4, $5)",
        work.organization_id,
        number,
        wamid,
        message,
        work.now,
    )


async def _apply(runtime: BuiltRuntime, organization_id: UUID, items: list[Item]) -> Leftovers:
    async with runtime.work(organization_id) as work:
        return await apply(work, [Arrived(new_id(), item, lambda: b"") for item in items])


async def _shown(client: AsyncClient, user: Somebody) -> dict[str, tuple[Json, Json]]:
    """By WhatsApp id: the conversation and the message, as the API shows them."""
    talks = await _get(client, user, "/api/v1/conversations")
    return {
        message["whatsapp_message_id"]: (talk, message)
        for talk in talks
        for message in await _get(client, user, f"/api/v1/conversations/{talk['id']}/messages")
    }


async def _get(client: AsyncClient, user: Somebody, address: str) -> list[Json]:
    answer = await client.get(address, headers=user.headers)
    assert answer.status_code == 200, answer.text
    return cast("list[Json]", answer.json()["items"])


async def _is_shown(
    owner: asyncpg.Connection, event: Json, item: MessageArrived, talk: Json, message: Json
) -> None:
    echo = event["kind"] == "echo"
    assert message["direction"] == ("outbound" if echo else "inbound")
    assert (message["sender_type"], message["status"]) == (
        ("phone", "sent") if echo else ("contact", "received")
    )
    assert (message["type"], message["content"]) == (item.stored_type, item.content)
    assert message["metadata"]["timestamp"] == event["timestamp"]
    for part in ("context", "referral", "errors"):
        assert bool(message["metadata"].get(part)) is bool(event.get(part)), part
    if event["text"] is not None:
        assert event["text"] in [message["content"].get(word) for word in WORDS]
    if "group_id" in event:
        assert talk["contact"]["is_group"]
        assert message["metadata"]["author"]["name"] == event["profile_name"]
    else:
        await _is_known(owner, event, UUID(talk["contact"]["id"]))
    is_open = message["type"] not in {"system", "reaction"} and not echo and "group_id" not in event
    assert (talk["window_expires_at"] is not None) is is_open


async def _is_known(owner: asyncpg.Connection, event: Json, contact_id: UUID) -> None:
    """By all that the event says; what it says of a change is what they are known by now."""
    row = await owner.fetchrow("SELECT * FROM contacts WHERE id = $1", contact_id)
    assert row is not None
    system = event.get("system") or {}
    phone = event["to" if event["kind"] == "echo" else "from"]
    user_id = event["to_user_id" if event["kind"] == "echo" else "from_user_id"]
    assert row["whatsapp_id"] == (system.get("new_wa_id") or phone)
    assert row["whatsapp_user_id"] == (system.get("new_user_id") or user_id)
    assert row["phone"] == (f"+{row['whatsapp_id']}" if row["whatsapp_id"] else None)
    if event["kind"] == "message":
        assert row["whatsapp_name"] == event["profile_name"]
    assert row["whatsapp_username"] == event.get("username")
    assert row["whatsapp_parent_user_id"] == event.get("from_parent_user_id")
    assert row["whatsapp_identity_key"] == event.get("identity_key_hash")


def _is_settled(message: Json, event: Json, final: str | None) -> None:
    assert message["status"] == final
    if event["status"] in {"sent", "delivered", "read", "failed"}:
        assert message[f"{event['status']}_at"] is not None
    assert message["metadata"].get("pricing") == event.get("pricing", message["metadata"].get("pricing"))
    if event.get("errors"):
        assert message["error_message"] == event["errors"][0].get("details", event["errors"][0]["title"])


async def _is_wished(owner: asyncpg.Connection, event: Json) -> None:
    row = await owner.fetchrow("SELECT whatsapp_user_id, opt_in, marketing_source FROM contacts")
    assert row is not None
    assert row["whatsapp_user_id"] == event["user_id"]
    assert (row["opt_in"], row["marketing_source"]) == (event["value"] == "resume", "whatsapp")


async def _is_known_by(owner: asyncpg.Connection, event: Json) -> None:
    known = await owner.fetch("SELECT value, state FROM contact_identities WHERE kind = 'user_id'")
    assert {(row["value"], row["state"]) for row in known} == {
        (event["previous"], "given_up"),
        (event["current"], "current"),
    }


def _accounts(events: list[Json]) -> Iterator[str]:
    for event in events:
        if event["kind"] == "account":
            yield event["field"]
        elif event["kind"] == "error":
            yield "errors"
