"""Keys for machines: shown once, kept as a hash, good for what they were given and no longer than that."""

import asyncio
import hashlib
import random
import string
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from pytake.identity.permissions import SCOPES, Permission
from pytake.identity.types import Role
from pytake.runtime import Runtime
from tests.factories import Somebody, a_conversation, grant, somebody
from tests.sizes import SEED

KEYS = "/api/v1/api-keys"


@pytest.fixture
async def boss(runtime: Runtime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def _make(client: AsyncClient, boss: Somebody, *scopes: str, **fields: Any) -> Any:
    body = {"name": "ERP", "scopes": scopes, **fields}
    answer = await client.post(KEYS, json=body, headers=boss.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _as(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


async def test_a_key_does_what_it_was_given_and_nothing_else(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    async with runtime.work(boss.organization_id) as work:
        talk = await a_conversation(work)

    made = await _make(client, boss, "conversations.read", "conversations.read_all")

    shown = await client.get("/api/v1/conversations", headers=_as(made["key"]))
    assert [item["id"] for item in shown.json()["items"]] == [str(talk)]
    for method, path in (
        ("GET", "/api/v1/people"),
        ("GET", KEYS),
        ("GET", "/api/v1/auth/me"),
        ("DELETE", f"{KEYS}/{made['id']}"),
        ("POST", "/api/v1/departments"),
    ):
        answer = await client.request(method, path, headers=_as(made["key"]), json={"name": "x"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "permission_missing"), path
    socket = await client.post("/api/v1/realtime/ticket", headers=_as(made["key"]))
    assert socket.status_code == 401


async def test_a_key_is_shown_once_and_kept_as_a_hash(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    made = await _make(client, boss, "conversations.read")
    key = made["key"]

    assert key.startswith(made["prefix"] + "_")
    assert len(key) >= len("ptk_") + 12 + 43
    for path in (KEYS, f"{KEYS}/{made['id']}"):
        assert key not in (await client.get(path, headers=boss.headers)).text
    async with runtime.work(boss.organization_id) as work:
        (row,) = await work.fetch("SELECT * FROM api_keys")
        trail = await work.fetch("SELECT action, changes FROM audit_logs")
    assert row["key_hash"] == hashlib.sha256(key.encode()).hexdigest()
    assert key not in str(dict(row)) + str([dict(each) for each in trail])
    assert [each["action"] for each in trail] == ["api_key.created"]


async def test_what_a_machine_does_is_told_with_its_key_s_id(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    made = await _make(client, boss, "departments.write")
    answer = await client.post("/api/v1/departments", json={"name": "Vendas"}, headers=_as(made["key"]))
    assert answer.status_code == 201

    shown = await client.get("/api/v1/audit-logs", headers=boss.headers)
    newest = shown.json()["items"][0]
    assert (newest["action"], newest["user_id"]) == ("department.created", None)
    assert (newest["metadata"]["actor"], newest["metadata"]["api_key_id"]) == ("machine", made["id"])


async def test_its_use_is_noted_and_fails_nothing(
    app: FastAPI, client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    made = await _make(client, boss, "departments.write")
    body = {"name": "Vendas"}

    async with asyncio.timeout(20), runtime.work(boss.organization_id) as held:
        await held.fetch("SELECT FROM api_keys FOR UPDATE")
        answer = await client.post("/api/v1/departments", json=body, headers=_as(made["key"]))
        assert answer.status_code == 201, "whoever holds the key's row holds up nobody who uses the key"
    shown = await client.get(f"{KEYS}/{made['id']}", headers=boss.headers)
    assert shown.json()["last_used_at"] is None
    await app.state.presence.write()
    shown = await client.get(f"{KEYS}/{made['id']}", headers=boss.headers)
    assert shown.json()["last_used_at"] is not None


async def test_an_unknown_key_costs_one_question(
    client: AsyncClient, runtime: Runtime, boss: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await _make(client, boss, "conversations.read")
    opened: list[UUID] = []
    work = type(runtime).work

    def counted(self: Runtime, organization_id: UUID, *more: Any, **named: Any) -> Any:
        opened.append(organization_id)
        return work(self, organization_id, *more, **named)

    monkeypatch.setattr(type(runtime), "work", counted)
    await client.get("/api/v1/conversations", headers=_as("ptk_0123456789ab_" + "x" * 43))
    assert opened == []
    await client.get("/api/v1/conversations", headers=_as(made["key"]))
    assert opened == [boss.organization_id]


ENDINGS = [
    "UPDATE api_keys SET revoked_at = now()",
    "UPDATE api_keys SET expires_at = now()",
    "UPDATE organizations SET is_active = false",
    "UPDATE organizations SET deleted_at = now()",
    "DELETE FROM api_keys",
]


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_key_that_ended_is_like_one_that_never_was(
    client: AsyncClient, runtime: Runtime, boss: Somebody, ending: str
) -> None:
    made = await _make(client, boss, "conversations.read")
    async with runtime.work(boss.organization_id) as work:
        await work.execute(ending)

    ended = await client.get("/api/v1/conversations", headers=_as(made["key"]))
    never = await client.get("/api/v1/conversations", headers=_as("ptk_0123456789ab_" + "x" * 43))

    assert (ended.status_code, ended.json()) == (never.status_code, never.json())
    assert ended.json()["error"]["code"] == "invalid_token"


async def test_revoking_ends_it_at_once_and_once(client: AsyncClient, boss: Somebody) -> None:
    made = await _make(client, boss, "conversations.read")
    one = f"{KEYS}/{made['id']}"

    renamed = await client.patch(one, json={"name": "Loja"}, headers=boss.headers)
    assert renamed.json()["name"] == "Loja"
    assert (await client.delete(one, headers=boss.headers)).status_code == 204
    assert (await client.get("/api/v1/conversations", headers=_as(made["key"]))).status_code == 401
    assert (await client.delete(one, headers=boss.headers)).status_code == 404
    assert (await client.get(one, headers=boss.headers)).json()["revoked_at"] is not None


async def test_nobody_gives_a_key_what_they_lack_or_what_no_key_may_have(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    ana = await somebody(runtime, boss.organization_id)
    async with runtime.work(boss.organization_id) as work:
        await grant(work, ana.id, "api_keys.write")

    async def refused(who: Somebody, scope: str, **fields: Any) -> tuple[int, str]:
        body = {"name": "x", "scopes": [scope], **fields}
        answer = await client.post(KEYS, json=body, headers=who.headers)
        return answer.status_code, answer.json()["error"]["code"]

    assert await refused(ana, "organization.write") == (403, "beyond_your_own")
    for scope in set(Permission) - SCOPES:
        assert await refused(boss, scope.value) == (422, "scope_not_for_keys")
    assert await refused(boss, "everything") == (422, "invalid")
    past = {"expires_at": "2020-01-01T00:00:00Z"}
    assert await refused(boss, "conversations.read", **past) == (422, "already_expired")
    assert await refused(boss, "conversations.read", expires_at="2031-01-01T00:00:00") == (422, "invalid")
    async with runtime.work(boss.organization_id) as work:
        assert await work.fetch("SELECT FROM api_keys") == []


async def test_no_change_of_a_key_is_accepted(client: AsyncClient, boss: Somebody) -> None:
    key = (await _make(client, boss, "conversations.read"))["key"]
    letters = string.ascii_letters + string.digits + "_-"
    tried = [
        key[:-1],
        key + "x",
        key.upper(),
        "ptk_",
        "ptk_" + "\x00" * 20,
        "ptk_é",
        key + "x" * 90,
        key.replace("ptk_", "ptk_ptk_"),
    ]
    chance = random.Random(SEED)
    for _ in range(200):
        place = chance.randrange(4, len(key))
        changed = key[:place] + chance.choice(letters) + key[place + 1 :]
        if changed != key:
            tried.append(changed)
    for guess in tried:
        header = {b"authorization": b"Bearer " + guess.encode()}
        answer = await client.get("/api/v1/conversations", headers=header)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_token"), guess


async def test_many_uses_at_once_are_one_key(client: AsyncClient, boss: Somebody) -> None:
    key = (await _make(client, boss, "conversations.read"))["key"]

    answers = await asyncio.gather(
        *(client.get("/api/v1/conversations", headers=_as(key)) for _ in range(40))
    )

    assert {answer.status_code for answer in answers} == {200}
