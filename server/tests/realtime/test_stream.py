"""The live stream: everything once, in order, wherever one comes in."""

import asyncio
import random
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from pytake.kit import journal
from pytake.kit.ids import new_id
from pytake.kit.journal import News
from pytake.realtime.rooms import BATCH
from pytake.realtime.types import Close
from pytake.runtime import Runtime
from tests.factories import a_conversation, a_message, somebody, until_readable
from tests.realtime.stage import PATIENT, cursors, serving


async def test_a_message_arrives_as_the_api_shows_it(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with runtime.work(user.organization_id) as work:
        talk = await a_conversation(work)
    async with serving(app, runtime) as live:
        browser = await live.browser(user)
        assert (await browser.next())["type"] == "ready"

        async with runtime.work(user.organization_id) as work:
            message = await a_message(work, talk, "Quero pão")

        (event,) = await browser.events(1)
        async with AsyncClient(base_url=f"http://{live.address}") as client:
            shown = await client.get(f"/api/v1/conversations/{talk}/messages", headers=user.headers)
        assert event["type"] == "message.received"
        assert event["payload"]["message"] == shown.json()["items"][0]
        assert event["payload"]["message"]["id"] == str(message)
        assert set(event["payload"]) == {"message", "conversation_id", "contact_id"}
        assert event["created_at"].endswith("Z")
        await browser.leave()


async def test_whoever_listens_is_seen_though_they_ask_for_nothing(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        browser = await live.browser(user)
        assert (await browser.next())["type"] == "ready"
        await app.state.presence.write()
        async with runtime.work(user.organization_id) as work:
            await work.execute("UPDATE users SET last_seen_at = NULL")

        await app.state.presence.write()

        async with runtime.work(user.organization_id) as work:
            assert (await work.fetch("SELECT last_seen_at FROM users"))[0]["last_seen_at"] is not None
        await browser.leave()


async def test_a_changed_status_brings_the_message_and_what_changed(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with runtime.work(user.organization_id) as work:
        message = await a_message(work, await a_conversation(work), direction="outbound")
    async with serving(app, runtime) as live:
        browser = await live.browser(user)
        async with runtime.work(user.organization_id) as work:
            (row,) = await work.fetch(
                "UPDATE messages SET status = 'read' RETURNING created_at, conversation_id, contact_id"
            )
            work.publish(
                "message.updated",
                {
                    "message_id": message,
                    "message_created_at": row["created_at"],
                    "conversation_id": row["conversation_id"],
                    "contact_id": row["contact_id"],
                    "status": "read",
                },
            )

        (event,) = await browser.events(1)
        assert event["payload"]["message"]["status"] == event["payload"]["status"] == "read"
        await browser.leave()


async def test_news_of_an_erased_message_is_left_out(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        start = (await live.ticket(user))["cursor"]
        async with runtime.work(user.organization_id) as work:
            await a_message(work, await a_conversation(work))
            await work.execute("DELETE FROM messages")
            work.publish("conversation.updated", {"number": 7})

        browser = await live.browser(user, start)

        kinds = [event["type"] for event in await browser.events(2)]
        assert kinds == ["conversation.opened", "conversation.updated"]
        await browser.leave()


async def test_a_browser_resumes_at_every_position(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        await live.tell(user.organization_id, *range(12))
        await until_readable(runtime, user.organization_id)
        places = ["0-0", *await cursors(runtime, user.organization_id)]
        for known, place in enumerate(places):
            browser = await live.browser(user, place)
            assert await browser.next() == {"type": "ready", "cursor": place}
            assert await browser.numbers(12 - known) == list(range(known, 12))
            assert browser.cursor == places[-1]
            await browser.leave()

        browsers = [await live.browser(user, place) for place in places]
        await live.tell(user.organization_id, 12)
        for known, browser in enumerate(browsers):
            assert await browser.numbers(13 - known) == list(range(known, 13))
            await browser.leave()


async def test_nothing_is_lost_or_doubled_while_everything_happens_at_once(
    app: FastAPI, runtime: Runtime
) -> None:
    """Writers commit out of order, readers come and go at any moment: each sees the journal."""
    user, most = await somebody(runtime), 90
    dice = random.Random(20261122)
    async with serving(app, runtime) as live:

        async def write(first: int) -> None:
            for number in range(first, most, 3):
                async with runtime.work(user.organization_id) as work:
                    work.publish("conversation.updated", {"number": number})
                    await work.fetch("SELECT pg_current_xact_id()")
                    for _ in range(dice.randrange(4)):
                        await work.fetch("SELECT 1")

        async def follow() -> list[int]:
            seen: list[int] = []
            place = "0-0"
            while len(seen) < most:
                browser = await live.browser(user, place)
                seen += await browser.numbers(min(dice.randrange(1, 20), most - len(seen)))
                place = browser.cursor
                await browser.leave()
            return seen

        *results, _, _, _ = await asyncio.gather(follow(), follow(), follow(), write(0), write(1), write(2))

        async with runtime.work(user.organization_id) as work:
            rows = await work.fetch("SELECT payload FROM events ORDER BY transaction_id, sequence")
        journal = [row["payload"]["number"] for row in rows]
        assert sorted(journal) == list(range(most))
        assert results == [journal] * 3


async def test_an_event_waits_for_the_older_transaction_and_comes_without_another_ring(
    app: FastAPI, runtime: Runtime
) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime, PATIENT) as live:
        browser = await live.browser(user)
        await browser.next()
        async with runtime.work(new_id()) as older:
            await older.fetch("SELECT pg_current_xact_id()")
            await live.tell(user.organization_id, 1)
            waiting = asyncio.create_task(browser.numbers(1))
            async with runtime.work(user.organization_id) as work:
                assert len(await work.fetch("SELECT FROM events")) == 1
            assert not waiting.done()

        assert await waiting == [1]
        await browser.leave()


async def test_the_bell_alone_is_enough(app: FastAPI, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime, PATIENT) as live:
        browser = await live.browser(user)
        await live.tell(user.organization_id, 1)
        assert await browser.numbers(1) == [1], "by its own ring, or by the one when the line stood"

        await live.tell(user.organization_id, 2, 3)

        assert await browser.numbers(2) == [2, 3]
        await browser.leave()


async def test_a_browser_that_read_further_than_the_room_hears_nothing_twice(
    app: FastAPI, runtime: Runtime
) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime, PATIENT) as live:
        first = await live.browser(user)
        await live.tell(user.organization_id, 0)
        assert await first.numbers(1) == [0]
        await _tell_silently(runtime, user.organization_id, 1, 2, 3)

        second = await live.browser(user, "0-0")
        assert await second.numbers(4) == [0, 1, 2, 3]
        await live.tell(user.organization_id, 4)

        assert await first.numbers(4) == [1, 2, 3, 4]
        assert await second.numbers(1) == [4]
        await first.leave()
        await second.leave()


async def _tell_silently(runtime: Runtime, organization_id: UUID, *numbers: int) -> None:
    """Facts of one transaction that nobody rings for."""
    async with runtime.work(organization_id) as work:
        news = [News("conversation.updated", {"number": number}) for number in numbers]
        await journal.append(work.connection, organization_id, news)
    await until_readable(runtime, organization_id)


async def test_a_long_list_of_news_comes_whole(app: FastAPI, runtime: Runtime) -> None:
    """In as many parts as it takes, for one ring: to who was there and to who comes late."""
    user, most = await somebody(runtime), 2 * BATCH + 50
    async with serving(app, runtime, PATIENT) as live:
        present = await live.browser(user)
        await live.tell(user.organization_id, 0)
        assert await present.numbers(1) == [0]

        await _tell_silently(runtime, user.organization_id, *range(1, most))
        late = await live.browser(user, "0-0")
        await live.tell(user.organization_id, most)

        assert await present.numbers(most) == list(range(1, most + 1))
        assert await late.numbers(most + 1) == list(range(most + 1))
        await present.leave()
        await late.leave()


async def test_a_browser_that_stops_reading_is_sent_away_and_finds_everything_when_it_comes_back(
    app: FastAPI, runtime: Runtime
) -> None:
    user, most, much = await somebody(runtime), 2000, "x" * 10_000
    async with serving(app, runtime, PATIENT) as live:
        lazy = await live.browser(user)
        await lazy.next()
        lazy.socket.transport.pause_reading()
        attentive = await live.browser(user)
        for first in range(0, most, 500):
            async with runtime.work(user.organization_id) as work:
                for number in range(first, first + 500):
                    work.publish("conversation.updated", {"number": number, "much": much})
            assert await attentive.numbers(500) == list(range(first, first + 500))

        lazy.socket.transport.resume_reading()

        assert await lazy.close_code() == Close.TOO_SLOW
        heard = [frame["event"]["payload"]["number"] for frame in lazy.frames[1:]]
        assert heard == list(range(len(heard))), "nothing behind a gap"
        again = await live.browser(user, lazy.cursor)
        assert await again.numbers(most - len(heard)) == list(range(len(heard), most))
        await again.leave()
        await attentive.leave()


async def test_nobody_hears_another_organization(app: FastAPI, runtime: Runtime) -> None:
    here, there = await somebody(runtime), await somebody(runtime)
    async with serving(app, runtime) as live:
        ours, theirs = await live.browser(here), await live.browser(there)
        await live.tell(there.organization_id, 1)
        await live.tell(here.organization_id, 2)

        assert await ours.numbers(1) == [2]
        assert await theirs.numbers(1) == [1]
        await ours.leave()
        await theirs.leave()


FORGET = {
    "forgotten": "DELETE FROM events WHERE sequence < (SELECT max(sequence) FROM events)",
    "emptied": "DELETE FROM events",
    "restored": "SELECT 1",
}


@pytest.mark.parametrize("lost", FORGET)
async def test_whoever_asks_for_what_is_gone_is_told_to_begin_anew(
    app: FastAPI, runtime: Runtime, lost: str
) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        await live.tell(user.organization_id, 1, 2, 3, 4)
        await until_readable(runtime, user.organization_id)
        places = await cursors(runtime, user.organization_id)
        after = "4000000000-1" if lost == "restored" else places[0]
        async with runtime.work(user.organization_id) as work:
            await work.execute(FORGET[lost])

        browser = await live.browser(user, after)

        end = "0-0" if lost == "emptied" else places[-1]
        assert await browser.next() == {"type": "reset"}
        assert await browser.next() == {"type": "ready", "cursor": end}
        await live.tell(user.organization_id, 5)
        assert await browser.numbers(1) == [5]
        await browser.leave()


async def test_a_database_that_drops_its_connections_costs_a_moment(
    app: FastAPI, runtime: Runtime, app_url: str
) -> None:
    user = await somebody(runtime)
    async with serving(app, runtime) as live:
        browser = await live.browser(user)
        await browser.next()
        colleague = await asyncpg.connect(app_url)
        await colleague.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await colleague.close()
        await live.tell(user.organization_id, 1)

        assert await browser.numbers(1) == [1]
        await browser.leave()


async def test_a_restarted_server_is_taken_up_where_the_old_one_ended(app: FastAPI, runtime: Runtime) -> None:
    """Twenty browsers, five servers: everyone ends with the journal."""
    user, told = await somebody(runtime), 0
    users = [await somebody(runtime, user.organization_id) for _ in range(4)]
    seen: list[list[int]] = [[] for _ in range(20)]
    known = ["0-0"] * 20
    for is_last in (False, False, False, False, True):
        async with serving(app, runtime) as live:
            browsers = [await live.browser(users[index % 4], cursor) for index, cursor in enumerate(known)]
            await live.tell(user.organization_id, *range(told, told + 20))
            told += 20
            for index, browser in enumerate(browsers):
                left_out = 0 if is_last else index % 3
                seen[index] += await browser.numbers(told - len(seen[index]) - left_out)
                known[index] = browser.cursor

    assert seen == [list(range(100))] * 20
