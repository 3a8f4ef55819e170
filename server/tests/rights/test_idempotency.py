"""The same request with the same Idempotency-Key is done once and answered alike, for a day."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from httpx import AsyncClient

from pytake.entrypoints.api import described
from pytake.http import tasks as http
from pytake.identity.types import Role
from pytake.runtime import Runtime
from tests.factories import Somebody, somebody

DEPARTMENTS = "/api/v1/departments"
RACERS = 100

WITHOUT = {
    "POST /api/v1/audit-logs/verification": "a second look replaces the first",
    "POST /api/v1/auth/login": "makes nothing that lasts: a sign-in",
    "POST /api/v1/auth/refresh": "a refresh token is good once; see docs/decisions/0021",
    "POST /api/v1/auth/logout": "done twice is done once",
    "POST /api/v1/auth/logout-everywhere": "done twice is done once",
    "POST /api/v1/auth/password": "asks for the present password",
    "POST /api/v1/auth/password/forgot": "a second letter does no harm, and only so many leave",
    "POST /api/v1/auth/password/reset": "a link is good once",
    "POST /api/v1/auth/links/look": "makes nothing",
    "POST /api/v1/auth/email/verification": "a second letter does no harm, and only so many leave",
    "POST /api/v1/auth/email/verify": "a link is good once",
    "POST /api/v1/auth/email/change": "asks for the password; a second letter replaces the first",
    "POST /api/v1/auth/email/change/confirm": "a link is good once",
    "POST /api/v1/auth/two-factor/setup": "a second secret replaces the first until one is confirmed",
    "POST /api/v1/auth/two-factor/confirm": "a code is good once",
    "POST /api/v1/auth/two-factor/recovery-codes": "a code is good once",
    "POST /api/v1/auth/two-factor/disable": "a code is good once",
    "POST /api/v1/invitations/accept": "a link is good once",
    "POST /api/v1/platform/organizations/{organization_id}/invitations": "a second replaces the first",
    "POST /api/v1/setup": "a link is good once",
    "POST /api/v1/conversations/{conversation_id}/read": "done twice is done once",
    "POST /api/v1/setup/look": "makes nothing",
    "POST /api/v1/media": "the same file is kept once; one that no message names is sent to nobody",
    "POST /api/v1/conversations/{conversation_id}/messages/{message_id}/media/retry": "twice is once",
    "POST /api/v1/contact-merge-suggestions/{suggestion_id}/dismiss": "done twice is done once",
    "POST /api/v1/templates/header-samples": "a second handle of the same file does no harm",
    "POST /api/v1/templates/preview": "makes nothing",
    "POST /api/v1/templates/sync": "asked twice is asked once",
    "POST /api/v1/whatsapp-numbers/lookup": "makes nothing",
    "POST /api/v1/whatsapp-numbers/{number_id}/refresh": "makes and sends nothing",
    "POST /api/v1/alerts/{alert_id}/dismiss": "done twice is refused",
    "POST /api/v1/realtime/ticket": "makes nothing that lasts: a ticket of thirty seconds",
}
"""POST routes that take no key, and why."""


@pytest.fixture
async def boss(runtime: Runtime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def _post(client: AsyncClient, who: Somebody, key: str, name: str, path: str = DEPARTMENTS) -> Any:
    return await client.post(path, json={"name": name}, headers={**who.headers, "idempotency-key": key})


async def _count(runtime: Runtime, boss: Somebody, table: str = "departments") -> int:
    async with runtime.work(boss.organization_id) as work:
        return len(await work.fetch(f"SELECT FROM {table}"))


def test_every_route_that_makes_something_takes_a_key() -> None:
    without = set()
    for context in iter_route_contexts(described(None).routes):
        route = context.original_route
        if "POST" in (context.methods or ()) and isinstance(route, APIRoute):
            names = {parameter.alias for parameter in route.dependant.header_params}
            if "Idempotency-Key" not in names:
                without.add(f"POST {context.path_format}")

    assert without == set(WITHOUT)


async def test_a_hundred_at_once_make_one(client: AsyncClient, runtime: Runtime, boss: Somebody) -> None:
    key = str(uuid4())

    answers = await asyncio.gather(*(_post(client, boss, key, "Vendas") for _ in range(RACERS)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert await _count(runtime, boss) == 1
    assert await _count(runtime, boss, "audit_logs") == 1


async def test_another_request_needs_another_key(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    key = str(uuid4())
    first = await _post(client, boss, key, "Vendas")
    other_body = await _post(client, boss, key, "Troca")
    other_path = await client.post(
        "/api/v1/api-keys",
        json={"name": "Vendas", "scopes": ["conversations.read"]},
        headers={**boss.headers, "idempotency-key": key},
    )
    other_query = await _post(client, boss, key, "Vendas", f"{DEPARTMENTS}?x=1")
    other_key = await _post(client, boss, str(uuid4()), "Troca")

    assert (first.status_code, other_key.status_code) == (201, 201)
    for answer in (other_body, other_path, other_query):
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert await _count(runtime, boss) == 2


async def test_a_refusal_is_not_kept(client: AsyncClient, runtime: Runtime, boss: Somebody) -> None:
    key = str(uuid4())
    await _post(client, boss, str(uuid4()), "Vendas")
    assert (await _post(client, boss, key, "Vendas")).status_code == 409
    async with runtime.work(boss.organization_id) as work:
        await work.execute("DELETE FROM departments")

    assert (await _post(client, boss, key, "Vendas")).status_code == 201


async def test_a_key_is_its_user_s_own(client: AsyncClient, runtime: Runtime, boss: Somebody) -> None:
    """Another user's same word is another key: nobody reads what somebody else was answered."""
    colleague = await somebody(runtime, boss.organization_id, role=Role.ORG_ADMIN)
    stranger = await somebody(runtime, role=Role.ORG_ADMIN)
    key = str(uuid4())

    answers = [
        await _post(client, boss, key, "Vendas"),
        await _post(client, colleague, key, "Troca"),
        await _post(client, stranger, key, "Vendas"),
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.json()["id"] for answer in answers}) == 3


async def test_who_may_not_any_more_is_not_answered_again(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    key = str(uuid4())
    await _post(client, boss, key, "Vendas")
    async with runtime.work(boss.organization_id) as work:
        await work.execute("UPDATE users SET role = 'viewer'")

    assert (await _post(client, boss, key, "Vendas")).status_code == 403


async def test_what_is_shown_once_is_sealed_where_it_is_kept(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    headers = {**boss.headers, "idempotency-key": str(uuid4())}
    body = {"name": "ERP", "scopes": ["conversations.read"]}
    made = await client.post("/api/v1/api-keys", json=body, headers=headers)
    again = await client.post("/api/v1/api-keys", json=body, headers=headers)

    assert made.content == again.content
    assert again.headers["idempotent-replayed"] == "true"
    async with runtime.work(boss.organization_id) as work:
        rows = await work.fetch("SELECT * FROM idempotency_keys")
    assert made.json()["key"] not in str([dict(row) for row in rows])
    assert made.json()["key"][20:] not in str([dict(row) for row in rows])


async def test_a_key_is_kept_for_a_day_and_then_forgotten(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    key = str(uuid4())
    await _post(client, boss, key, "Vendas")

    async def age(hours: float) -> None:
        async with runtime.work(boss.organization_id) as work:
            await work.execute(
                "UPDATE idempotency_keys SET created_at = now() - make_interval(secs => $1)", hours * 3600
            )
        await http.forget_repeats(runtime)

    await age(23.9)
    assert "idempotent-replayed" in (await _post(client, boss, key, "Vendas")).headers
    await age(24.1)
    assert await _count(runtime, boss, "idempotency_keys") == 0


async def test_an_old_key_that_is_still_there_counts_as_forgotten(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    key = str(uuid4())
    await _post(client, boss, key, "Vendas")
    async with runtime.work(boss.organization_id) as work:
        await work.execute("UPDATE idempotency_keys SET created_at = now() - interval '25 hours'")

    assert (await _post(client, boss, key, "Troca")).status_code == 201


async def test_a_commit_that_fails_leaves_neither_the_row_nor_the_key(
    app: FastAPI, client: AsyncClient, runtime: Runtime, boss: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(uuid4())

    async def fails(*_: Any) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patched:
        patched.setattr("pytake.http.repeats.keep", fails)
        assert (await _post(client, boss, key, "Vendas")).status_code == 503
    assert (await _count(runtime, boss), await _count(runtime, boss, "idempotency_keys")) == (0, 0)
    assert (await _post(client, boss, key, "Vendas")).status_code == 201


async def test_a_key_has_a_shape(client: AsyncClient, boss: Somebody) -> None:
    for key in ("short", "x" * 256, "with space in it", "tab\tinside-it"):
        answer = await _post(client, boss, key, "Vendas")
        assert answer.status_code == 422
        assert answer.json()["error"]["details"]["fields"][0]["field"] == "header.Idempotency-Key"
