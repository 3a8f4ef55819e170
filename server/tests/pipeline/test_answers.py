"""Each send of the corpus, and each of Meta's errors: what leaves PyTake, and what becomes of the message."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from httpx import AsyncClient

from pytake.conversations.service import receive
from pytake.conversations.service.say import say, write
from pytake.conversations.service.send import send
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from pytake.settings import Settings
from pytake.whatsapp import service as whatsapp
from tests.adapters.meta import corpus
from tests.adapters.meta.graph import Graph, replaying
from tests.adapters.meta.test_exchanges import FILES, is_of_sending
from tests.adapters.meta.test_payloads import LETTERS, requested
from tests.factories import Somebody, a_conversation, somebody

TOKEN = "EAAsimulator"
SENDS = [name for name in FILES if name.startswith("send-")]
ERRORS = [name for name, case in FILES.items() if is_of_sending(name, case) and name not in SENDS]
STOP = {10, 190, 200, 368, 131031, 131042, 133010}


@pytest.fixture
async def graph(request: pytest.FixtureRequest) -> AsyncIterator[Graph]:
    """Meta, which answers as one file of the corpus does."""
    async with replaying(request.param) as answering:
        yield answering


@pytest.fixture
def settings(settings: Settings, graph: Graph) -> Settings:
    settings.meta_graph_url = graph.url
    return settings


@pytest.fixture
async def boss(runtime: BuiltRuntime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def sent(runtime: BuiltRuntime, boss: Somebody, name: str) -> tuple[UUID, UUID]:
    """The file's letter, written and called once; answers its conversation and its message."""
    letter = LETTERS.get(name, LETTERS["send-text-callback-data"])
    address = corpus.body("graph", f"{name}.json")
    phone_number_id = json.loads(address)["request"]["url"].split("/")[4]
    async with runtime.work(boss.organization_id) as work:
        channel_id, _ = await whatsapp.open_channel(
            work, runtime.ports.secrets, name="app", app_secret="s" * 32, verify_token="pytake-verify"
        )
        number_id = await whatsapp.connect_number(
            work,
            runtime.ports.secrets,
            channel_id=channel_id,
            phone_number_id=phone_number_id,
            phone_number="+55 11 3000-0100",
            display_name="Clínica Modelo",
            business_account_id="310277445566100",
            access_token=TOKEN,
        )
        contacts = await work.fetch(
            """
            INSERT INTO contacts (organization_id, whatsapp_id, whatsapp_user_id)
            VALUES ($1, $2, $3) RETURNING id
            """,
            work.organization_id,
            letter.to.wa_id,
            letter.to.user_id,
        )
        talk_id = await a_conversation(work, contact_id=contacts[0]["id"], number_id=number_id)
        await work.execute("UPDATE conversations SET last_customer_message_at = now()")
    async with runtime.work(boss.organization_id) as work:
        talk = (await receive.lock(work, [talk_id]))[talk_id]
        quoted = {"reply_to": letter.reply_to} if letter.reply_to else {}
        message = say(work, talk, letter.type, dict(letter.content), sender_type="agent", metadata=quoted)
        await write(work, [message], [talk])
    await send(runtime, boss.organization_id, number_id)
    return talk_id, message.id


async def shown(client: AsyncClient, boss: Somebody, talk_id: UUID) -> Any:
    answer = await client.get(f"/api/v1/conversations/{talk_id}/messages", headers=boss.headers)
    (message,) = answer.json()["items"]
    return message


@pytest.mark.parametrize(("name", "graph"), [(name, name) for name in SENDS], indirect=["graph"], ids=SENDS)
async def test_an_accepted_message_has_the_id_and_its_person_the_names_meta_gives(
    runtime: BuiltRuntime,
    client: AsyncClient,
    owner: asyncpg.Connection,
    boss: Somebody,
    graph: Graph,
    name: str,
) -> None:
    talk_id, message_id = await sent(runtime, boss, name)

    (request,) = graph.requests
    said = json.loads(request.body)
    assert said.pop("biz_opaque_callback_data").startswith(str(message_id))
    assert said == {key: part for key, part in requested(name).items() if key != "biz_opaque_callback_data"}
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    answer = json.loads(corpus.body("graph", f"{name}.json"))["response"]["body"]
    message = await shown(client, boss, talk_id)
    assert (message["status"], message["error_message"]) == ("accepted", None)
    assert message["whatsapp_message_id"] == answer["messages"][0]["id"]
    assert await owner.fetchval("SELECT count(*) FROM outbox") == 0
    person = await owner.fetchrow("SELECT whatsapp_id, whatsapp_user_id FROM contacts")
    assert person is not None
    (told,) = answer["contacts"]
    assert person["whatsapp_id"] == told.get("wa_id")
    assert told.get("user_id") in (None, person["whatsapp_user_id"])


@pytest.mark.parametrize(("name", "graph"), [(name, name) for name in ERRORS], indirect=["graph"], ids=ERRORS)
async def test_a_refused_message_fails_waits_or_stops_its_number(
    runtime: BuiltRuntime,
    client: AsyncClient,
    owner: asyncpg.Connection,
    boss: Somebody,
    graph: Graph,
    name: str,
) -> None:
    case = FILES[name]

    talk_id, _ = await sent(runtime, boss, name)

    assert len(graph.requests) == 1
    message = await shown(client, boss, talk_id)
    number = await owner.fetchrow("SELECT sending_stopped_at FROM whatsapp_numbers")
    waiting = await owner.fetchrow("SELECT *, not_before > now() AS is_later FROM outbox")
    assert number is not None
    stops = case["code"] in STOP or (case["code"], case["subcode"]) == (100, 33)
    assert (number["sending_stopped_at"] is not None) is stops
    told = await owner.fetchval("SELECT count(*) FROM events WHERE type = 'number.stopped'")
    assert told == (1 if stops else 0)
    if stops or case["retryable"]:
        assert waiting is not None
        assert (message["status"], waiting["attempts"]) == ("pending", 1)
        assert waiting["last_error"]
        assert waiting["state"] == ("sending" if case["code"] is None else "pending")
        assert waiting["is_later"] is (case["retryable"] and case["code"] is not None)
    else:
        assert waiting is None
        failed = await owner.fetchrow("SELECT error_code FROM messages")
        assert failed is not None
        assert (message["status"], failed["error_code"]) == ("failed", case["code"])
        assert message["error_message"]
