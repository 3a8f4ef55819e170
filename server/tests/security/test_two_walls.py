"""A12: two walls, each enough alone. Every statement that names its tenant is caught while one tenant is at
work, and run again on behalf of another: once without its own condition, behind row level security; once with
its condition, and with row level security out of the way. Neither shows or changes a row of the first.
"""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from pytake.analytics import meter, projection
from pytake.identity.types import Role
from pytake.kit.database import Connection
from pytake.kit.work import Work
from pytake.settings import Settings
from simulator.testing import RunningSimulator
from tests.factories import Somebody, a_contact, a_department, a_user, bearer, until_readable
from tests.pipeline.office import Office, an_office
from tests.schema.rows import Tenant, acting_for, fill
from tests.security.neighbours import fingerprint
from tests.security.operations import operations
from tests.sizes import Figure

SITES = 50
CONDITION = re.compile(r"\b(?:\w+\.)?organization_id = \$1\b")
OF_ITSELF = re.compile(r"\b(?:o\.)?id = \$1\b")
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Caught:
    statement: str
    arguments: tuple[Any, ...]

    def without_condition(self) -> str:
        weaker = CONDITION.sub("$1::uuid IS NOT NULL", self.statement)
        if weaker == self.statement:
            weaker = OF_ITSELF.sub("$1::uuid IS NOT NULL", self.statement)
        return weaker

    @property
    def has_condition(self) -> bool:
        return self.without_condition() != self.statement


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch) -> list[Caught]:
    found: list[Caught] = []
    fetch, execute = Work.fetch, Work.execute

    async def fetching(self: Work, statement: str, *arguments: Any) -> Any:
        found.append(Caught(statement, arguments))
        return await fetch(self, statement, *arguments)

    async def executing(self: Work, statement: str, *arguments: Any) -> None:
        found.append(Caught(statement, arguments))
        await execute(self, statement, *arguments)

    monkeypatch.setattr(Work, "fetch", fetching)
    monkeypatch.setattr(Work, "execute", executing)
    return found


@pytest.fixture
async def office(settings: Settings, owner_url: str) -> AsyncIterator[Office]:
    async with RunningSimulator() as sim:
        settings.meta_graph_url = sim.graph_url
        settings.organization_requests_per_minute = 0
        async with an_office(settings, owner_url, sim) as standing:
            yield standing


async def _a_day_at_work(office: Office) -> Tenant:
    """Messages in and out, history, the meter, and every route asked with ids that exist."""
    tenant = await office.tenant()
    maria = office.sim.customer("5511900000011", "Maria Andrade")
    await maria.says("Oi!")
    for _ in range(2):
        await maria.hears()
    await maria.says("12")
    await maria.hears()
    await office.settled()
    await until_readable(office.runtime, tenant.organization_id)
    await projection.project(office.runtime, tenant.organization_id)
    await meter.count(office.runtime, tenant.organization_id)
    return Tenant(tenant.organization_id)


async def _ask_everything(office: Office, tenant: Tenant) -> None:
    for role in (Role.VIEWER, Role.AGENT, Role.ORG_ADMIN):
        user_id, email = await a_user(office.runtime, tenant.id, role=role)
        user = Somebody(user_id, tenant.id, email, await bearer(office.runtime, tenant.id, user_id))
        own = await _own(office, tenant, user_id)
        async with office.client() as client:
            for operation in sorted(
                operations(), key=lambda op: (op.signs_out, op.writes, op.method == "DELETE")
            ):
                answer = await operation.send(client, user.headers, own)
                assert answer.status_code < 500, f"{operation.name}: {answer.text}"


async def _own(office: Office, tenant: Tenant, user_id: UUID) -> dict[str, UUID]:
    async with office.runtime.work(tenant.id) as work:
        (talk,) = await work.fetch("SELECT id FROM conversations LIMIT 1")
        colleague, _ = await a_user(office.runtime, tenant.id)
        department = await a_department(work, user_id)
        await a_contact(work)
        key = await work.fetch(
            """
            INSERT INTO api_keys (organization_id, name, prefix, key_hash)
            VALUES ($1, 'ERP', left(gen_random_uuid()::text, 16), '-') RETURNING id
            """,
            tenant.id,
        )
    return {
        "conversation_id": talk["id"],
        "user_id": colleague,
        "department_id": department,
        "key_id": key[0]["id"],
        "organization_id": tenant.id,
    }


@asynccontextmanager
async def _as_another(connection: Connection, tenant: Tenant) -> AsyncIterator[None]:
    """Whatever the statement does is kept: the other tenant may be harmed, the caught one may not."""
    try:
        async with acting_for(connection, tenant):
            yield
    except (asyncpg.IntegrityConstraintViolationError, asyncpg.InsufficientPrivilegeError):
        pass  # refused: by a key, or by the wall


def _shown(rows: Iterable[asyncpg.Record], known: set[str], asked: str) -> set[str]:
    """Ids of the caught tenant in the rows, without those that the question itself named."""
    return (set(UUIDS.findall(str([tuple(row) for row in rows]))) & known) - set(UUIDS.findall(asked))


async def _ids(owner: Connection, tenant: Tenant, tables: Iterable[str]) -> set[str]:
    found = {str(tenant.id)}
    for table in tables:
        column = "id" if table == "organizations" else "organization_id"
        for row in await owner.fetch(f"SELECT t::text FROM {table} t WHERE {column} = $1", tenant.id):  # noqa: S608 - a table's name
            found |= set(UUIDS.findall(row[0]))
    return found


@pytest.mark.timeout(300)
async def test_each_wall_is_enough_alone(
    office: Office,
    caught: list[Caught],
    login: asyncpg.Connection,
    owner: asyncpg.Connection,
    figure: Figure,
) -> None:
    theirs = await _a_day_at_work(office)
    await _ask_everything(office, theirs)
    await office.crew.stop(1)
    other = await fill(login)
    theirs.rows.update(dict.fromkeys(other.rows, theirs.id))
    sites = list({each.statement: each for each in caught if each.has_condition}.values())
    known = await _ids(owner, theirs, other.rows) - await _ids(owner, other, other.rows)
    before = await fingerprint(owner, theirs)
    leaks: list[str] = []

    for site in sites:
        async with _as_another(login, other):
            rows = await login.fetch(site.without_condition(), *site.arguments)
            if _shown(rows, known, str(site.arguments)) or _rows_by_id(site, rows):
                leaks.append(f"row level security shows: {site.statement}")
    behind_the_policy = await fingerprint(owner, theirs)
    for site in sites:
        async with _as_another(owner, other):
            rows = await owner.fetch(site.statement, other.id, *site.arguments[1:])
            if _shown(rows, known, str(site.arguments[1:])) or _rows_by_id(site, rows):
                leaks.append(f"the condition shows: {site.statement}")

    figure(f"A12: {len(sites)} query sites, each run behind one wall and then the other: {len(leaks)} leaks")
    assert leaks == []
    assert behind_the_policy == before
    assert await fingerprint(owner, theirs) == before
    assert len(sites) >= SITES


def _rows_by_id(site: Caught, rows: list[asyncpg.Record]) -> bool:
    """Whether a question for one row, by its id, was answered: that row is the caught tenant's."""
    by_id = re.search(r"\b(?:\w+\.)?id = \$2\b", site.statement) is not None
    return by_id and bool(rows) and len(site.arguments) > 1 and isinstance(site.arguments[1], UUID)


async def test_the_trial_can_fail(
    office: Office, caught: list[Caught], login: asyncpg.Connection, owner: asyncpg.Connection
) -> None:
    """Without both walls the same statements do show the rows."""
    theirs = await _a_day_at_work(office)
    await office.crew.stop(1)
    other = await fill(login)
    known = await _ids(owner, theirs, other.rows) - await _ids(owner, other, other.rows)

    shown = 0
    for site in {each.statement: each for each in caught if each.has_condition}.values():
        async with _as_another(owner, other):
            rows = await owner.fetch(site.without_condition(), other.id, *site.arguments[1:])
            shown += bool(_shown(rows, known, str(site.arguments)))

    assert shown >= 5
