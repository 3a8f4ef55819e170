"""Reading in one round trip: on what a sign-in was good for, which the same statement proves or refutes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from httpx import AsyncClient

from pytake.conversations import repository
from pytake.conversations.schemas import Listed
from pytake.identity import sessions
from pytake.identity.permissions import Permission
from pytake.identity.premises import Premises
from pytake.identity.types import Claims, Role
from pytake.kit.database import Question
from pytake.kit.glances import Glance, Overtaken, together
from pytake.kit.origin import ORIGIN, Origin
from pytake.kit.pages import NEWEST
from pytake.kit.work import Actor
from pytake.runtime import Runtime
from tests.factories import Somebody, a_contact, a_conversation, a_number, grant, somebody

LIST = "/api/v1/conversations"
EVERYBODY = Actor("user", grants=frozenset({Permission.CONVERSATIONS_READ_ALL}))
PREMISE = Question("SELECT name FROM contacts WHERE organization_id = $1 AND phone = $2")

Asked = Callable[..., Awaitable[Any]]


def _glance(runtime: Runtime, who: Somebody, premise: str = "SELECT 1 AS one", answer: str = "") -> Glance:
    known = Question(premise)
    return Glance(runtime.pool, who.organization_id, EVERYBODY, known, answer or '{"one": 1}')


@pytest.fixture
async def user(runtime: Runtime) -> Somebody:
    """Has five conversations, of four minutes."""
    user = await somebody(runtime, role=Role.ORG_ADMIN)
    async with runtime.work(user.organization_id) as work:
        contact = await a_contact(work, name="João da Silva")
        for minutes in (3, 1, 2, 5, 2):
            at = work.now - timedelta(minutes=minutes)
            number = await a_number(work)
            await a_conversation(work, contact_id=contact, number_id=number, last_message_at=at)
    return user


@pytest.fixture
def asked(client: AsyncClient, user: Somebody) -> Asked:
    """The list, as the user sees it; the status and what was answered."""

    async def ask(**params: Any) -> Any:
        answer = await client.get(LIST, params=params, headers=user.headers)
        return answer.status_code, answer.json()

    return ask


def _glances() -> int:
    found = together.cache_info()
    return found.hits + found.misses


# --- one statement --------------------------------------------------------------------------------------


async def test_it_reads_what_a_transaction_reads_in_the_same_order(runtime: Runtime, user: Somebody) -> None:
    glance = _glance(runtime, user)
    async with runtime.work(user.organization_id) as work:
        usual = await repository.page(work, Listed.LIVE, NEWEST, 51, None)

    assert await repository.page(glance, Listed.LIVE, NEWEST, 51, None) == usual
    assert len(usual) == 5
    assert await repository.page(glance, Listed.LIVE, NEWEST, 3, "silva") == usual[:3]
    assert glance.is_proven


async def test_it_sees_its_own_tenant_alone_and_leaves_nothing_behind(
    runtime: Runtime, user: Somebody
) -> None:
    stranger = await somebody(runtime)
    number_of = "SELECT count(*) AS count FROM conversations"

    (own,) = await _glance(runtime, user).fetch(number_of)
    (others,) = await _glance(runtime, stranger).fetch(number_of)

    assert (own["count"], others["count"]) == (5, 0)
    async with runtime.pool.acquire() as connection:
        assert await connection.fetchval("SELECT current_setting('app.org', true)") in {None, ""}
        assert await connection.fetchval("SHOW transaction_read_only") == "off"
        assert await connection.fetchval(number_of) == 0


async def test_rows_are_the_statement_s_own(runtime: Runtime, user: Somebody) -> None:
    glance = _glance(runtime, user)

    assert await glance.fetch("SELECT id FROM conversations WHERE id = $1", user.id) == []
    assert len(await glance.fetch("SELECT FROM conversations LIMIT 2")) == 2
    assert [dict(row) for row in await glance.fetch("SELECT NULL AS nothing")] == [{"nothing": None}]


async def test_no_row_proves_nothing(runtime: Runtime, user: Somebody) -> None:
    glance = _glance(runtime, user, "SELECT 2 AS one")

    assert await glance.fetch("SELECT id FROM conversations WHERE false") == []
    assert not glance.is_proven


async def test_it_cannot_write(runtime: Runtime, user: Somebody) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await _glance(runtime, user).fetch("SELECT make_message_partitions(30)")


@pytest.mark.parametrize(
    ("premise", "answer"),
    [
        ("SELECT 2 AS one", '{"one": 1}'),
        ("SELECT 1 AS one WHERE false", '{"one": 1}'),
        ("SELECT NULL::int AS one", '{"one": 1}'),
        ("SELECT 1 AS one", "null"),
    ],
)
async def test_another_answer_overtakes_it(
    runtime: Runtime, user: Somebody, premise: str, answer: str
) -> None:
    glance = _glance(runtime, user, premise, answer)

    with pytest.raises(Overtaken):
        await glance.fetch("SELECT id FROM conversations")
    assert not glance.is_proven


async def test_the_premise_and_what_is_asked_have_arguments_of_their_own(
    runtime: Runtime, user: Somebody
) -> None:
    async with runtime.work(user.organization_id) as work:
        ((phone,),) = await work.fetch("SELECT phone FROM contacts LIMIT 1")
    premise = Question(PREMISE.statement, (user.organization_id, phone))
    answer = '{"name": "João da Silva"}'
    glance = Glance(runtime.pool, user.organization_id, EVERYBODY, premise, answer)

    rows = await glance.fetch("SELECT $2::text || $1::text AS said", "b", "a")

    assert [row["said"] for row in rows] == ["ab"]


# --- the sign-in ----------------------------------------------------------------------------------------


async def test_from_the_second_time_on_a_page_is_a_glance(asked: Asked) -> None:
    before = _glances()
    first = await asked()
    opened, again = _glances(), await asked()

    assert (opened - before, _glances() - opened) == (0, 1)
    assert again == first
    assert first[0] == 200
    assert len(first[1]["items"]) == 5


async def test_a_sign_in_ends_at_once(asked: Asked, runtime: Runtime, user: Somebody) -> None:
    assert (await asked())[0] == 200
    async with runtime.work(user.organization_id) as work:
        await work.execute("UPDATE user_sessions SET revoked_at = now() WHERE user_id = $1", user.id)

    for params in ({}, {"status": "resolved"}, {"cursor": "made up"}, {"limit": 0}, {"limit": "many"}):
        assert (await asked(**params))[0] == 401, params


async def test_what_somebody_may_do_changes_at_once(asked: Asked, runtime: Runtime, user: Somebody) -> None:
    beto = await somebody(runtime, user.organization_id)
    async with runtime.work(user.organization_id) as work:
        await work.execute("UPDATE conversations SET assigned_to = $1", beto.id)

    async def seen_as(role: Role, *words: str) -> int:
        async with runtime.work(user.organization_id) as work:
            await work.execute("UPDATE users SET role = $2 WHERE id = $1", user.id, role.value)
            await grant(work, user.id, *words)
        return len((await asked())[1]["items"])

    assert await seen_as(Role.ORG_ADMIN) == 5
    assert await seen_as(Role.AGENT) == 0
    assert await seen_as(Role.AGENT, Permission.CONVERSATIONS_READ_ALL) == 5
    assert await seen_as(Role.AGENT, "nothing that is known") == 0


async def test_nobody_glances_at_what_they_were_not_found_to_be_allowed(
    runtime: Runtime, user: Somebody
) -> None:
    async with runtime.work(user.organization_id) as work:
        ((session_id,),) = await work.fetch("SELECT id FROM user_sessions WHERE user_id = $1", user.id)
    claims = Claims(user.id, user.organization_id, session_id, work.now, "hash")
    standing = sessions.standing(user.organization_id, user.id, session_id)
    premises, origin = Premises(), Origin("http", "GET", writes=False)
    token = ORIGIN.set(origin)

    unknown = premises.glance(runtime, claims, Permission.CONVERSATIONS_READ)
    async with runtime.work(user.organization_id, claims.actor, standing) as work:
        premises.learn(claims, sessions.answered(work), sessions.granted(work))
    known = premises.glance(runtime, claims, Permission.CONVERSATIONS_READ)
    beyond = premises.glance(runtime, claims, Permission.PLATFORM_WRITE)
    ORIGIN.reset(token)

    assert (unknown, beyond) == (None, None)
    assert known is not None
    assert Permission.CONVERSATIONS_READ_ALL in known.actor.grants


async def test_mistakes_are_told_as_in_a_transaction(asked: Asked) -> None:
    mistakes: list[dict[str, Any]] = [{"cursor": "made up"}, {"limit": 0}, {"limit": "many"}, {"status": "x"}]
    usual = [await asked(**params) for params in mistakes]
    await asked()

    assert [await asked(**params) for params in mistakes] == usual
    assert {status for status, _ in usual} == {422}


async def test_pages_and_filters_are_not_taken_for_each_other(asked: Asked) -> None:
    for _ in range(2):
        _, whole = await asked()
        _, first = await asked(limit=2)
        _, second = await asked(limit=2, cursor=first["next"])
        _, resolved = await asked(status="resolved")
        assert [*first["items"], *second["items"]] == whole["items"][:4]
        assert resolved["items"] == []
        assert (await asked(q="ninguém"))[1]["items"] == []


async def test_other_methods_find_the_usual_way(client: AsyncClient, user: Somebody) -> None:
    assert (await client.delete(LIST, headers=user.headers)).status_code == 405
    assert (await client.get(LIST)).status_code == 401
    assert (await client.get(f"{LIST}/", headers=user.headers)).status_code == 404
