"""The database is what the specification says, but for what `docs/specification.md` defends."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from tests.schema import catalogue, written
from tests.schema.catalogue import Table
from tests.schema.comparison import differences
from tests.schema.databases import empty_database
from tests.servers import Servers

DEFENCE = Path(__file__).resolve().parents[3] / "docs/specification.md"
ROW = re.compile(r"^\| (`.+?) \| (.+) \|$", re.MULTILINE)


def defended() -> dict[str, str]:
    """The table of deviations: what differs, and why."""
    text = DEFENCE.read_text(encoding="utf-8")
    section = text.split("## Deviations of the tables", 1)[1].split("\n## ", 1)[0]
    return {difference.replace(r"\|", "|"): reason for difference, reason in ROW.findall(section)}


@pytest.fixture
async def specified(engines: Servers) -> AsyncIterator[dict[str, Table]]:
    async with empty_database(engines) as url:
        connection = await asyncpg.connect(url)
        await written.build(connection)
        tables = await catalogue.read(connection)
        await connection.close()
        yield tables


@pytest.fixture
async def built(owner_url: str) -> AsyncIterator[dict[str, Table]]:
    connection = await asyncpg.connect(owner_url)
    yield await catalogue.read(connection)
    await connection.close()


def test_the_specification_is_read_whole() -> None:
    statements = written.statements()

    tables = [statement for statement in statements if statement.startswith("CREATE TABLE")]
    indexes = [statement for statement in statements if statement.startswith("CREATE INDEX")]
    assert (len(tables), len(indexes)) == (22, 67)
    assert len(statements) == len(tables) + len(indexes)


async def test_every_difference_is_defended_and_every_defence_is_needed(
    specified: dict[str, Table], built: dict[str, Table]
) -> None:
    found = differences(specified, built)

    assert sorted(found - set(defended())) == []
    assert sorted(set(defended()) - found) == []


def test_every_defence_gives_a_reason() -> None:
    assert [difference for difference, reason in defended().items() if len(reason) < 20] == []


async def test_a_difference_would_be_noticed(specified: dict[str, Table]) -> None:
    """The comparison, tried on a database that lacks one thing of each kind."""
    poorer = {name: table for name, table in specified.items() if name != "tags"}
    users = specified["users"]
    poorer["users"] = Table(
        columns={name: column for name, column in users.columns.items() if name != "avatar_url"},
        primary_key=("email",),
        checks={"users_role_check": "CHECK (role IN ('agent'::character varying))"},
        indexes={"idx_users_email": "USING hash (email)"},
    )

    assert differences(specified, poorer) == {
        "`tags` missing",
        "`users.avatar_url` missing",
        "`users` primary key (email)",
        "`users` not UNIQUE (email)",
        "`users` check `role` without org_admin, super_admin, viewer",
        "`users.organization_id` no reference to `organizations`",
        "`users` index `idx_users_email` USING hash (email)",
        "`users` index `idx_users_organization` missing",
        "`users` index `idx_users_role` missing",
    }


def test_every_fact_has_its_place() -> None:
    """Each table, collection, Redis key, queue and migration of the specification is on the page."""
    specification = written.SPECIFICATION.read_text(encoding="utf-8")
    page = DEFENCE.read_text(encoding="utf-8")
    facts = [
        *re.findall(r"^CREATE TABLE (\w+) \($", specification, re.MULTILINE),
        *re.findall(r"^db\.(\w+)\.createIndex", specification, re.MULTILINE),
        *re.findall(r"^Key: (\S+)$", specification, re.MULTILINE),
        *re.findall(r"^List: (\S+)$", specification, re.MULTILINE),
        *re.findall(r"(\d{3}_\w+\.py)", specification),
    ]

    assert len(set(facts)) > 50
    assert sorted({fact for fact in facts if f"`{fact}`" not in page}) == []


def test_every_path_on_the_page_exists() -> None:
    page = DEFENCE.read_text(encoding="utf-8")
    project = DEFENCE.parents[1]
    migrations = {path.name for path in (project / "server/migrations/versions").glob("*.py")}
    paths = re.findall(r"`(server/[\w./]+)`", page)

    assert len(paths) > 10
    assert [path for path in paths if not (project / path).exists()] == []
    assert set(re.findall(r"`(\d{3}_\w+\.py)`", page)) == migrations
