"""The history in MongoDB equals PostgreSQL, row for row, whatever happened on the way."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typing_extensions import override

from pytake.adapters.mongo.documents import MongoDocuments
from pytake.analytics import jobs, tasks
from pytake.analytics.projection import BATCH, READER, project
from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.entrypoints.embedded import Engines, Urls
from pytake.kit import journal
from pytake.kit.work import Work
from pytake.runtime import Runtime
from pytake.settings import Settings
from tests.factories import a_conversation, a_message, a_user, an_organization, until_readable
from tests.runtimes import NoJobs


@pytest.fixture
async def organization_id(runtime: Runtime) -> UUID:
    return await an_organization(runtime)


async def _talk(runtime: Runtime, organization_id: UUID, *, messages: int = 3) -> UUID:
    async with runtime.work(organization_id) as work:
        talk = await a_conversation(work)
        for number in range(messages):
            direction = "outbound" if number % 2 else "inbound"
            await a_message(work, talk, f"número {number}", direction=direction)
    await until_readable(runtime, organization_id)
    return talk


async def _read(runtime: Runtime, organization_id: UUID, message_id: UUID | None = None) -> None:
    """The customer reads our messages, or one of them."""
    async with runtime.work(organization_id) as work:
        rows = await work.fetch(
            """
            UPDATE messages SET status = 'read', sent_at = now(), delivered_at = now() + interval '1 second',
                   read_at = now() + interval '2 seconds'
            WHERE direction = 'outbound' AND ($1::uuid IS NULL OR id = $1) AND status <> 'read'
            RETURNING id, created_at, conversation_id, contact_id
            """,
            message_id,
        )
        for row in rows:
            work.publish(
                "message.updated",
                {
                    "message_id": row["id"],
                    "message_created_at": row["created_at"],
                    "conversation_id": row["conversation_id"],
                    "contact_id": row["contact_id"],
                },
            )
    await until_readable(runtime, organization_id)


async def _differences(runtime: BuiltRuntime, organization_id: UUID) -> list[Any]:
    """What PostgreSQL says and MongoDB does not, and the other way round."""
    async with runtime.work(organization_id) as work:
        rows = await work.fetch("SELECT id, conversation_id, content, status, read_at FROM messages")
        talks = await work.fetch("SELECT id, message_count, status FROM conversations")
    database = runtime.documents.database
    logs = await database["message_logs"].find({"organization_id": organization_id}).to_list()
    told = await database["conversation_logs"].find({"organization_id": organization_id}).to_list()
    wanted = {
        (str(row["id"]), str(row["conversation_id"]), str(row["content"]), row["status"], _ms(row["read_at"]))
        for row in rows
    } | {(str(talk["id"]), talk["message_count"], talk["status"] in {"resolved", "closed"}) for talk in talks}
    kept = {
        (str(log["_id"]), str(log["conversation_id"]), str(log["content"]), log["status"], _read_at(log))
        for log in logs
    } | {(str(log["_id"]), log["message_count"], log["resolved"]) for log in told}
    return sorted(wanted ^ kept, key=str)


def _ms(moment: Any) -> Any:
    """MongoDB keeps milliseconds."""
    return moment and moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _read_at(log: Mapping[str, Any]) -> Any:
    return next((step["timestamp"] for step in log["status_history"] if step["status"] == "read"), None)


async def test_a_message_and_its_conversation_become_history(
    runtime: BuiltRuntime, organization_id: UUID
) -> None:
    user_id, _ = await a_user(runtime, organization_id)
    async with runtime.work(organization_id) as work:
        talk = await a_conversation(work)
        asked = await a_message(work, talk, "Quero pão", metadata={"timestamp": 1_763_800_000})
        await a_message(work, talk, "Claro!", direction="outbound", metadata={"context": {"id": "x"}})
        await a_message(work, talk, "Oi, sou a Ana", direction="outbound", sender_type="agent")
        await _resolve(work, talk, user_id)
    await _read(runtime, organization_id)

    await project(runtime, organization_id)

    assert await _differences(runtime, organization_id) == []
    logs = runtime.documents.database["message_logs"]
    log = await logs.find_one({"_id": asked})
    assert log
    assert (log["message_id"], log["organization_id"]) == (asked, organization_id)
    assert log["direction"] == "inbound"
    assert log["whatsapp_metadata"]["timestamp"].timestamp() == 1_763_800_000
    assert log["whatsapp_metadata"]["from"].startswith("5511999")
    assert log["whatsapp_metadata"]["to"].startswith("+551130")
    assert [step["status"] for step in log["status_history"]] == ["received"]
    answer = await logs.find_one({"content.text": "Claro!"})
    assert answer
    assert [step["status"] for step in answer["status_history"]] == ["sent", "delivered", "read"]
    assert answer["whatsapp_metadata"]["context"] == {"id": "x"}
    assert answer["whatsapp_metadata"]["from"].startswith("+551130")
    summary = await runtime.documents.database["conversation_logs"].find_one({"_id": talk})
    assert summary
    expected = {
        "conversation_id": talk,
        "message_count": 3,
        "bot_message_count": 1,
        "human_message_count": 1,
        "handoff_occurred": True,
        "handoff_reason": "pediu uma pessoa",
        "agent_id": user_id,
        "resolved": True,
        "duration_seconds": 600,
        "resolution_time_seconds": 600,
        "satisfaction_rating": 5,
        "ai_prompts": [],
        "flow_path": [],
    }
    assert {name: summary[name] for name in expected} == expected
    assert (summary["session_end"] - summary["session_start"]).total_seconds() == 600


async def _resolve(work: Work, talk: UUID, user_id: UUID) -> None:
    await work.execute(
        """
        UPDATE conversations
        SET status = 'resolved', resolved_at = first_message_at + interval '10 minutes',
            satisfaction_rating = 5, handoff_at = now(),
            handoff_reason = 'pediu uma pessoa', assigned_to = $2, is_bot_active = false
        WHERE id = $1
        """,
        talk,
        user_id,
    )


async def test_what_was_projected_is_not_projected_again(
    runtime: BuiltRuntime, organization_id: UUID
) -> None:
    await _talk(runtime, organization_id)
    assert await tasks.behind(runtime) == [jobs.project(organization_id)]
    await project(runtime, organization_id)
    assert await tasks.behind(runtime) == []
    logs = runtime.documents.database["message_logs"]
    before = await logs.find().to_list()

    await tasks.project(runtime, organization_id)

    assert await logs.find().to_list() == before


async def test_a_backlog_longer_than_a_batch_is_caught_up(
    runtime: BuiltRuntime, organization_id: UUID
) -> None:
    await _talk(runtime, organization_id, messages=BATCH + 30)
    await _read(runtime, organization_id)

    await project(runtime, organization_id)

    assert await _differences(runtime, organization_id) == []
    assert await tasks.behind(runtime) == []


async def test_each_organization_gets_its_own(runtime: BuiltRuntime, organization_id: UUID) -> None:
    other = await an_organization(runtime)
    for tenant in (organization_id, other):
        await _talk(runtime, tenant)

    await project(runtime, organization_id)

    assert await _differences(runtime, organization_id) == []
    assert await runtime.documents.database["message_logs"].count_documents({"organization_id": other}) == 0
    assert await tasks.behind(runtime) == [jobs.project(other)]


class Interrupted(Exception):
    """Stands for a process that dies here."""


class Breaking(MongoDocuments):
    """The real store, with a process that dies after its first, second … write."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.dies_after: int | None = None

    @override
    async def upsert(
        self, collection: str, organization_id: UUID, documents: Sequence[Mapping[str, Any]]
    ) -> None:
        await super().upsert(collection, organization_id, documents)
        if self.dies_after is not None:
            self.dies_after -= 1
            if self.dies_after < 0:
                self.dies_after = None
                raise Interrupted


async def test_a_crash_between_the_writes_and_the_cursor_repeats_harmlessly(
    settings: Settings, runtime: BuiltRuntime, organization_id: UUID
) -> None:
    async with Breaking(settings.mongodb_url) as breaking:
        mortal = _with(runtime, breaking)
        for dies_after in (0, 1):
            await _talk(runtime, organization_id)
            breaking.dies_after = dies_after
            with pytest.raises(Interrupted):
                await project(mortal, organization_id)
            assert await tasks.behind(runtime) == [jobs.project(organization_id)], "the cursor did not move"
            await _read(runtime, organization_id)
            await project(runtime, organization_id)

            assert await _differences(runtime, organization_id) == []


async def test_two_at_once_lose_nothing_and_undo_nothing(
    runtime: BuiltRuntime, organization_id: UUID
) -> None:
    talk = await _talk(runtime, organization_id, messages=10)

    async def write() -> None:
        for number in range(20):
            async with runtime.work(organization_id) as work:
                message = await a_message(work, talk, f"mais {number}", direction="outbound")
            await _read(runtime, organization_id, message)

    async def follow() -> None:
        for _ in range(15):
            await project(runtime, organization_id)

    await asyncio.gather(write(), follow(), follow(), follow())
    await project(runtime, organization_id)

    assert await _differences(runtime, organization_id) == []
    assert await tasks.behind(runtime) == []


async def test_a_slow_projector_does_not_undo_a_quick_one(
    settings: Settings, runtime: BuiltRuntime, organization_id: UUID
) -> None:
    """The slow one has read before the customer did, and writes after the quick one has finished."""
    await _talk(runtime, organization_id)
    async with _held(settings, runtime) as (slow, may_write, has_read):
        writing = asyncio.create_task(project(slow, organization_id))
        await has_read.wait()
        await _read(runtime, organization_id)
        await project(runtime, organization_id)
        assert await _differences(runtime, organization_id) == []
        cursor = await _cursor(runtime, organization_id)

        may_write.set()
        await writing

    assert await _differences(runtime, organization_id) == []
    assert await _cursor(runtime, organization_id) == cursor


async def _cursor(runtime: Runtime, organization_id: UUID) -> journal.Cursor:
    async with runtime.work(organization_id) as work:
        return await journal.cursor_of(work.connection, organization_id, READER)


@asynccontextmanager
async def _held(
    settings: Settings, runtime: BuiltRuntime
) -> AsyncIterator[tuple[BuiltRuntime, asyncio.Event, asyncio.Event]]:
    """A runtime whose writes to the store wait until they may, and the event that one waits."""
    may_write, has_read = asyncio.Event(), asyncio.Event()

    class Slow(MongoDocuments):
        @override
        async def upsert(
            self, collection: str, organization_id: UUID, documents: Sequence[Mapping[str, Any]]
        ) -> None:
            has_read.set()
            await may_write.wait()
            await super().upsert(collection, organization_id, documents)

    async with Slow(settings.mongodb_url) as slow:
        yield _with(runtime, slow), may_write, has_read


def _with(runtime: BuiltRuntime, documents: MongoDocuments) -> BuiltRuntime:
    return dataclasses.replace(runtime, ports=dataclasses.replace(runtime.ports, documents=documents))


async def test_a_message_that_mongodb_could_not_hold_stops_nobody(
    runtime: BuiltRuntime, organization_id: UUID
) -> None:
    deep: Any = 2**64 - 1
    for _ in range(200):
        deep = [deep]
    async with runtime.work(organization_id) as work:
        talk = await a_conversation(work)
        odd = {"kind": "odd", "raw": {"deep": deep, "$where": "1", "huge": 2**63}, "language": "klingon"}
        await a_message(work, talk, type_="unsupported", content=odd)
        await a_message(work, talk, "depois")
    await until_readable(runtime, organization_id)

    await project(runtime, organization_id)

    logs = runtime.documents.database["message_logs"]
    assert await logs.count_documents({"organization_id": organization_id}) == 2


async def test_erased_messages_and_unknown_facts_stop_nobody(
    runtime: BuiltRuntime, organization_id: UUID
) -> None:
    await _talk(runtime, organization_id)
    async with runtime.work(organization_id) as work:
        await work.execute("DELETE FROM messages")
        await work.execute("DELETE FROM conversations")
        for payload in ({}, {"conversation_id": None}, {"number": 1}):
            work.publish("number.stopped", payload)
    await until_readable(runtime, organization_id)

    await project(runtime, organization_id)

    assert await _differences(runtime, organization_id) == []
    assert await tasks.behind(runtime) == []


async def test_a_store_that_was_away_is_caught_up_with(settings: Settings, tmp_path: Path) -> None:
    given = Urls(database_url=settings.database_url, redis_url=settings.redis_url)
    with Engines(tmp_path, given=given) as engines:
        assert engines.urls.mongodb_url
        (mongo,) = engines.running
        own = settings.model_copy(update={"mongodb_url": engines.urls.mongodb_url})
        runtime = await build_runtime(own, "tests", NoJobs())
        organization_id = await an_organization(runtime)
        await _talk(runtime, organization_id)
        await project(runtime, organization_id)

        mongo.child.end(0)
        await _talk(runtime, organization_id, messages=40)
        await _read(runtime, organization_id)
        await project(runtime, organization_id)
        assert await tasks.behind(runtime) == [], "nobody is sent to a store that rests"
        assert await tasks.prepare(runtime) == []

        engines.restart(mongo)
        await runtime.documents.ping()
        assert await tasks.behind(runtime) == [jobs.project(organization_id)]
        await project(runtime, organization_id)
        assert await _differences(runtime, organization_id) == []
        await close_runtime(runtime)


async def test_no_transaction_is_open_while_the_store_is_written(
    settings: Settings, runtime: BuiltRuntime, organization_id: UUID
) -> None:
    await _talk(runtime, organization_id)
    async with _held(settings, runtime) as (slow, may_write, has_read):
        writing = asyncio.create_task(project(slow, organization_id))
        await has_read.wait()
        async with runtime.lookup() as connection:
            open_ones = await connection.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
            )
        may_write.set()
        await writing

    assert open_ones == 0
