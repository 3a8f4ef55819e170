"""Signing in: the right password opens, everything else is refused alike."""

import asyncio
import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from pytake.identity import service
from pytake.identity.errors import EmailTaken, PasswordUnacceptable, SlugTaken
from pytake.identity.passwords import Passwords
from pytake.identity.permissions import OF_ROLE
from pytake.identity.tokens import AccessTokens
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.runtime import Runtime
from tests.factories import PASSWORD, a_user, an_organization, somebody, whoever
from tests.servers import SECRET_KEY

WRONG = {
    "error": {
        "code": "wrong_credentials",
        "message": "The e-mail address or the password is wrong.",
        "details": {},
    }
}


async def _sign_in(client: AsyncClient, email: str, password: str = PASSWORD) -> Any:
    return await client.post("/api/v1/auth/login", json={"email": email, "password": password})


async def test_the_right_password_opens(client: AsyncClient, runtime: Runtime) -> None:
    organization_id = await an_organization(runtime)
    user_id, email = await a_user(runtime, organization_id, role=Role.ORG_ADMIN)

    answer = await _sign_in(client, f"  {email.upper()} ")

    assert answer.status_code == 200
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("bearer", 15 * 60)
    assert body["user"] == {
        "id": str(user_id),
        "full_name": "Ana Souza",
        "email": email,
        "email_verified": False,
        "phone_number": None,
        "avatar_url": None,
        "preferences": {"language": None, "theme": None},
        "role": "org_admin",
        "organization": {
            "id": str(organization_id),
            "name": "Padaria Aurora",
            "slug": body["user"]["organization"]["slug"],
            "timezone": "America/Sao_Paulo",
        },
        "permissions": sorted(OF_ROLE[Role.ORG_ADMIN]),
        "simulator_url": None,
    }
    me = await client.get("/api/v1/auth/me", headers={"authorization": f"Bearer {body['access_token']}"})
    assert me.json() == body["user"]
    last = await _last_login(runtime, organization_id)
    assert last["last_login_at"] == last["last_seen_at"] is not None
    assert str(last["last_login_ip"]) == "127.0.0.1"


async def _last_login(runtime: Runtime, organization_id: Any) -> Any:
    async with runtime.work(organization_id) as work:
        return (await work.fetch("SELECT last_login_at, last_seen_at, last_login_ip FROM users"))[0]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE users SET is_active = false",
        "UPDATE users SET deleted_at = now()",
        "UPDATE organizations SET is_active = false",
        "UPDATE organizations SET deleted_at = now()",
    ],
)
async def test_who_was_switched_off_is_refused_like_a_stranger(
    client: AsyncClient, runtime: Runtime, change: str
) -> None:
    user = await somebody(runtime)
    async with runtime.work(user.organization_id) as work:
        await work.execute(change)

    signing_in, going_on = (
        await _sign_in(client, user.email),
        await client.get("/api/v1/auth/me", headers=user.headers),
    )

    assert (signing_in.status_code, signing_in.json()) == (401, WRONG)
    assert (going_on.status_code, going_on.json()["error"]["code"]) == (401, "invalid_token")


async def test_a_wrong_password_and_an_unknown_address_are_told_alike(
    client: AsyncClient, runtime: Runtime
) -> None:
    user = await somebody(runtime)

    wrong = await _sign_in(client, user.email, "something else entirely")
    unknown = await _sign_in(client, "nobody@nowhere.example")

    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json()) == (401, WRONG)
    assert wrong.headers["www-authenticate"] == unknown.headers["www-authenticate"]


async def test_an_unknown_address_costs_the_same_questions_and_the_same_hash(
    client: AsyncClient, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time itself is not measured here: it is made of these."""
    user = await somebody(runtime)
    done: list[str] = []
    verify = PasswordHash.verify_and_update

    def watched(self: PasswordHash, password: str, hash_: str) -> Any:
        done.append(" ".join(hash_.split("$")[1:4]))
        return verify(self, password, hash_)

    monkeypatch.setattr(PasswordHash, "verify_and_update", watched)
    await _sign_in(client, "somebody@elsewhere.example")  # what a first use of anything needs is asked here
    await _watch_statements(runtime, done)

    await _sign_in(client, user.email, "something else entirely")
    for_a_user, done[:] = list(done), []
    await _sign_in(client, "nobody@nowhere.example")

    assert done == for_a_user
    assert done.count("argon2id v=19 m=19456,t=2,p=1") == 1
    assert sum("find_user" in step for step in done) == 1
    assert sum("password_hash" in step for step in done) == 1
    assert sum("take_attempts" in step for step in done) == 1


async def _watch_statements(runtime: Runtime, done: list[str]) -> None:
    """Whatever a first use of a connection needs has been asked before."""
    async with runtime.work(new_id()) as work:
        await work.fetch("SELECT 1")
        work.connection.add_query_logger(lambda query: done.append(whoever(query.query)))
    await asyncio.sleep(0)
    done.clear()


NO_SIGN_INS: list[dict[str, Any]] = [
    {"email": "a@b.example"},
    {"email": "no address", "password": PASSWORD},
    {"email": "a\x00@b.example", "password": PASSWORD},
    {"email": "a@b.example", "password": ""},
    {"email": "a@b.example", "password": "x" * 201},
    {"email": {"$ne": None}, "password": {"$ne": None}},
    {"email": "a@b.example", "password": PASSWORD, "role": "super_admin"},
    {"email": "a@b.example", "password": "half a pair: \ud800"},
]


async def test_what_is_no_sign_in_is_not_valid(client: AsyncClient) -> None:
    for body in NO_SIGN_INS:
        answer = await client.post(
            "/api/v1/auth/login", content=json.dumps(body), headers={"content-type": "application/json"}
        )

        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
        assert PASSWORD not in answer.text


async def test_an_old_hash_is_replaced_at_the_next_sign_in(client: AsyncClient, runtime: Runtime) -> None:
    user = await somebody(runtime)
    old = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=8_192, parallelism=1)]).hash(PASSWORD)
    async with runtime.work(user.organization_id) as work:
        await work.execute("UPDATE users SET password_hash = $1", old)

    assert (await _sign_in(client, user.email)).status_code == 200

    async with runtime.work(user.organization_id) as work:
        stored = (await work.fetch("SELECT password_hash FROM users"))[0]["password_hash"]
    assert "$m=19456,t=2,p=1$" in stored
    assert (await _sign_in(client, user.email)).status_code == 200


async def test_an_address_and_a_slug_are_given_once(runtime: Runtime) -> None:
    here, there = await an_organization(runtime), await an_organization(runtime)
    await a_user(runtime, here, email="ana@padaria-aurora.example")

    with pytest.raises(EmailTaken):
        await a_user(runtime, there, email="Ana@Padaria-Aurora.example")
    async with runtime.work(new_id()) as work:
        await service.create_organization(work, name="Um", slug="a-slug")
    with pytest.raises(SlugTaken):
        async with runtime.work(new_id()) as work:
            await service.create_organization(work, name="Dois", slug="a-slug")
    assert await service.find_organization(runtime, "a-slug") is not None
    assert await service.find_organization(runtime, "another") is None


@pytest.mark.parametrize(
    ("password", "accepted"),
    [
        ("ten chars!", True),
        ("nine char", False),
        ("x" * 201, False),
        ("Ana@padaria-aurora.example", False),
        ("pão de queijo", True),
        ("1234567890", False),
        ("senha12345", False),
        ("qwertyuiop", False),
        ("brasil2026", False),
        ("padaria-aurora1", False),
        ("aaaaaaaaaaaaaaaaaaaa", False),
    ],
)
async def test_passwords_have_a_few_rules(password: str, accepted: bool) -> None:
    passwords = Passwords()
    if not accepted:
        with pytest.raises(PasswordUnacceptable):
            await passwords.hash(password, email="ana@padaria-aurora.example")
        return

    stored = await passwords.hash(password, email="ana@padaria-aurora.example")

    assert await passwords.verify(password, stored) == (True, None)
    assert await passwords.verify(password + "!", stored) == (False, None)
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_an_accent_is_the_same_however_it_is_typed() -> None:
    passwords = Passwords()

    stored = await passwords.hash("pa\u0303o de queijo", email="")

    assert (await passwords.verify("p\u00e3o de queijo", stored))[0]


async def test_a_token_ends(client: AsyncClient, runtime: Runtime) -> None:
    user = await somebody(runtime)
    async with runtime.work(user.organization_id) as work:
        yesterday = work.now - timedelta(days=1)
    token = AccessTokens(timedelta(hours=1), SECRET_KEY).issue(
        user.id, user.organization_id, new_id(), yesterday
    )

    answer = await client.get("/api/v1/auth/me", headers={"authorization": f"Bearer {token}"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_token")


async def test_sign_ins_hash_two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hash takes 19 MiB while it lasts."""
    passwords, running, most, turn = Passwords(), 0, 0, threading.Lock()
    verify = PasswordHash.verify_and_update

    def watched(self: PasswordHash, password: str, hash_: str) -> Any:
        nonlocal running, most
        with turn:
            running += 1
            most = max(most, running)
        try:
            return verify(self, password, hash_)
        finally:
            with turn:
                running -= 1

    monkeypatch.setattr(PasswordHash, "verify_and_update", watched)
    answers = await asyncio.gather(*(passwords.verify("a guess", None) for _ in range(20)))

    assert answers == [(False, None)] * 20
    assert most <= 2
