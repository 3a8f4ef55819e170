"""Up, down and up again; one step at a time; two at once."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from pytake.entrypoints import migrations
from pytake.entrypoints.application_role import app_url
from tests.schema.catalogue import snapshot
from tests.schema.databases import empty_database
from tests.servers import SECRET_KEY, Servers

REVISIONS = [f"{number:03}" for number in range(1, 13)]


@pytest.fixture
async def empty_url(engines: Servers) -> AsyncIterator[str]:
    async with empty_database(engines) as url:
        yield url


def newest() -> str:
    """The one that no other follows: numbers are given when work begins, the order when it is done."""
    sources = [path.read_text() for path in (migrations.FOLDER / "versions").glob("*.py")]
    names, followed = (
        {found for source in sources for found in re.findall(rf'^{word} = "(\d+)"', source, re.MULTILINE)}
        for word in ("revision", "down_revision")
    )
    (last,) = names - followed
    return str(last)


async def seen(url: str) -> dict[str, Any]:
    connection = await asyncpg.connect(url)
    found = await snapshot(connection)
    await connection.close()
    return found


async def test_the_migrations_have_the_names_of_the_specification() -> None:
    names = sorted(path.stem for path in (migrations.FOLDER / "versions").glob("*.py"))

    assert names[:16] == [
        "001_create_organizations",
        "002_create_users",
        "003_create_chatbots",
        "004_create_flows_and_nodes",
        "005_create_contacts",
        "006_create_conversations",
        "007_create_messages",
        "008_create_campaigns",
        "009_create_templates",
        "010_create_integrations",
        "011_create_webhooks",
        "012_create_indexes",
        "013_plan_by_index",
        "014_count_unknown_sends",
        "015_narrow_failed_batches",
        "016_fewer_checks_of_runs",
    ]


async def test_a_database_says_where_it_stands(empty_url: str) -> None:
    assert await migrations.check(empty_url) == migrations.Revisions(current=None, head=newest())

    await migrations.upgrade(empty_url, SECRET_KEY, "005")
    halfway = await migrations.check(app_url(empty_url, SECRET_KEY))

    assert (halfway.current, halfway.up_to_date) == ("005", False)


async def test_going_down_leaves_nothing_and_coming_up_again_makes_the_same(empty_url: str) -> None:
    await migrations.upgrade(empty_url, SECRET_KEY)
    first = await seen(empty_url)
    await migrations.downgrade(empty_url, "base")
    bottom = await seen(empty_url)
    await migrations.upgrade(empty_url, SECRET_KEY)

    assert set(bottom["relations"]) == {"alembic_version"}
    assert [row[0] for row in bottom["tables"]] == ["alembic_version"]
    assert "pytake_app" not in str(bottom)
    assert bottom["functions"] == bottom["triggers"] == bottom["policies"] == []
    assert await seen(empty_url) == first


async def test_each_step_can_be_taken_back(empty_url: str) -> None:
    below = "base"
    standing: dict[str, Any] | None = None
    for revision in REVISIONS:
        await migrations.upgrade(empty_url, SECRET_KEY, revision)
        higher = await seen(empty_url)
        await migrations.downgrade(empty_url, below)
        lower = await seen(empty_url)
        await migrations.upgrade(empty_url, SECRET_KEY, revision)

        assert higher != lower, revision
        assert standing in (None, lower), revision
        assert await seen(empty_url) == higher, revision
        below, standing = revision, higher


async def test_two_migrations_at_once_are_one(empty_url: str) -> None:
    await asyncio.gather(*(migrations.upgrade(empty_url, SECRET_KEY) for _ in range(3)))

    assert (await migrations.check(empty_url)).up_to_date


async def test_a_migration_waits_its_turn(empty_url: str) -> None:
    other = await asyncpg.connect(empty_url)
    await other.execute("SELECT pg_advisory_lock($1)", migrations.LOCK)
    upgrade = asyncio.create_task(migrations.upgrade(empty_url, SECRET_KEY))
    waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND objid = $1)"
    while not await other.fetchval(waits, migrations.LOCK):
        await asyncio.sleep(0)

    assert (await migrations.check(empty_url)).current is None

    await other.execute("SELECT pg_advisory_unlock($1)", migrations.LOCK)
    await upgrade
    await other.close()
    assert (await migrations.check(empty_url)).up_to_date


async def test_a_migration_gives_up_on_a_lock_that_others_hold(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT", "50ms")
    await migrations.upgrade(empty_url, SECRET_KEY, "011")
    reader = await asyncpg.connect(empty_url)
    async with reader.transaction():
        await reader.execute("LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE")

        with pytest.raises(Exception, match="lock timeout"):
            await migrations.upgrade(empty_url, SECRET_KEY)

    await migrations.upgrade(empty_url, SECRET_KEY)
    await reader.close()
    assert (await migrations.check(empty_url)).up_to_date


async def test_the_models_agree_with_the_migrations(owner_url: str) -> None:
    assert await migrations.differences(owner_url) == []


async def test_a_model_that_disagrees_is_noticed(owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    await owner.execute("ALTER TABLE tags DROP COLUMN color")
    await owner.execute("DROP INDEX idx_tags_organization")
    await owner.close()

    changes = [change[0] for change in await migrations.differences(owner_url)]

    assert sorted(changes) == ["add_column", "add_index"]
