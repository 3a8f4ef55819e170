"""Links by mail: proof of an address, once, for one purpose."""

import asyncio
import base64
import random
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from pytake.accounts import marks
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.passwords import Passwords
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from tests.accounts.people import Browser, a_browser, audited, code_of, mail, token_in
from tests.factories import PASSWORD, somebody
from tests.sizes import SEED, Figure, full_or_tenth

NEW = "a fresh horse battery"
UNUSABLE = (404, "link_unusable")


async def _asked(browser: Browser, runtime: BuiltRuntime, user: Any) -> str:
    assert (await browser.post("/auth/password/forgot", {"email": user.email})).status_code == 202
    return token_in((await mail(runtime, user.organization_id))[0])


async def test_a_new_password_by_mail(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as signed_in, a_browser(app) as browser:
        await signed_in.sign_in(user.email)
        token = await _asked(browser, runtime, user)
        looked = await browser.post("/auth/links/look", {"token": token})
        assert looked.json()["purpose"] == "reset_password"
        assert (looked.json()["email"], looked.json()["organization_name"]) == (user.email, "Padaria Aurora")

        done = await browser.post("/auth/password/reset", {"token": token, "password": NEW})

        assert (done.status_code, done.json()) == (200, {"email": user.email})
        assert not await signed_in.is_in(), "every session has ended"
        assert code_of(await browser.sign_in(user.email, PASSWORD)) == (401, "wrong_credentials")
        assert (await browser.sign_in(user.email, NEW)).status_code == 200
        again = await browser.post("/auth/password/reset", {"token": token, "password": NEW})
        assert code_of(again) == UNUSABLE
        subjects = [letter.subject for letter in await mail(runtime, user.organization_id)]
        assert subjects == ["A sua senha mudou", "Crie uma nova senha"]
    assert await audited(runtime, user.organization_id) == [
        "session.opened",
        "user.password_reset",
        "session.opened",
    ]


@pytest.mark.parametrize("fresh_hash", [None, "the old password, hashed anew"])
async def test_a_new_password_beats_a_sign_in_under_way(
    app: FastAPI, runtime: BuiltRuntime, monkeypatch: pytest.MonkeyPatch, fresh_hash: str | None
) -> None:
    user = await somebody(runtime)
    passwords: Passwords = app.state.reception.passwords
    verify = passwords.verify
    async with a_browser(app) as thief, a_browser(app) as browser:
        token = await _asked(browser, runtime, user)

        async def while_it_is_reset(password: str, stored: str | None) -> tuple[bool, str | None]:
            right, _ = await verify(password, stored)
            await browser.post("/auth/password/reset", {"token": token, "password": NEW})
            return right, fresh_hash

        monkeypatch.setattr(passwords, "verify", while_it_is_reset)
        assert code_of(await thief.sign_in(user.email, PASSWORD)) == (401, "wrong_credentials")
        monkeypatch.undo()
        assert (await browser.sign_in(user.email, NEW)).status_code == 200
        assert len((await browser.get("/auth/sessions")).json()["items"]) == 1


async def test_asking_tells_nobody_who_has_an_account(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user, gone = await somebody(runtime), await somebody(runtime)
    async with runtime.work(gone.organization_id) as work:
        await work.execute("UPDATE users SET is_active = false")
    statements: list[list[str]] = []
    async with a_browser(app) as browser:
        for email in ("warm@up.example", user.email, "nobody@nowhere.example", gone.email):
            asked: list[str] = []
            async with runtime.work(new_id()) as work:
                work.connection.add_query_logger(lambda query, asked=asked: asked.append(query.query))
            answer = await browser.post("/auth/password/forgot", {"email": email})
            assert (answer.status_code, answer.text) == (202, "null")
            statements.append(asked)
    letters = await mail(runtime, user.organization_id, gone.organization_id)

    assert [letter.recipient for letter in letters] == [user.email]
    assert await owner.fetchval("SELECT count(*) FROM reset_requests") == 0
    assert len(statements[1]) >= 6
    assert statements[1][:6] == statements[2][:6] == statements[3][:6]


async def test_an_address_gets_three_letters_an_hour_and_the_asker_hears_nothing_of_it(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        for _ in range(6):
            answer = await browser.post("/auth/password/forgot", {"email": user.email})
            assert answer.status_code == 202
    assert len(await mail(runtime, user.organization_id)) == 3


async def test_a_stranger_who_asks_for_passwords_keeps_no_other_letter_away(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    user = await somebody(runtime)
    async with a_browser(app, "203.0.113.4") as stranger, a_browser(app) as browser:
        for _ in range(6):
            await stranger.post("/auth/password/forgot", {"email": user.email})
        browser.headers = user.headers
        assert (await browser.post("/auth/email/verification")).status_code < 300
    subjects = [letter.subject for letter in await mail(runtime, user.organization_id)]
    assert (len(subjects), len(set(subjects))) == (4, 2)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE one_time_links SET expires_at = now()",
        "UPDATE one_time_links SET withdrawn_at = now()",
        "UPDATE one_time_links SET used_at = now()",
        "UPDATE one_time_links SET purpose = 'verify_email'",
        "UPDATE users SET is_active = false",
        "UPDATE users SET email = 'moved@elsewhere.example'",
        "DELETE FROM one_time_links",
    ],
)
async def test_a_link_that_has_ended_opens_nothing(app: FastAPI, runtime: BuiltRuntime, change: str) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        token = await _asked(browser, runtime, user)
        async with runtime.work(user.organization_id) as work:
            await work.execute(change)

        refused = await browser.post("/auth/password/reset", {"token": token, "password": NEW})
    assert code_of(refused) == UNUSABLE
    async with runtime.work(user.organization_id) as work:
        rows = await work.fetch("SELECT password_hash FROM users")
    async with a_browser(app) as browser:
        if "is_active" not in change and "email" not in change:
            assert (await browser.sign_in(user.email, PASSWORD)).status_code == 200
    assert rows[0]["password_hash"].startswith("$argon2id$")


async def test_a_bad_password_uses_no_link_up(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        token = await _asked(browser, runtime, user)
        refused = await browser.post("/auth/password/reset", {"token": token, "password": "senha12345"})
        assert code_of(refused) == (422, "password_unacceptable")
        assert refused.json()["error"]["details"] == {
            "field": "password",
            "reason": "too_easy",
            "shortest": 10,
            "longest": 200,
        }
        assert (
            await browser.post("/auth/password/reset", {"token": token, "password": NEW})
        ).status_code == 200


async def test_of_twenty_at_once_one_uses_the_link(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        token = await _asked(browser, runtime, user)
        body = {"token": token, "password": NEW}
        answers = await asyncio.gather(*(browser.post("/auth/password/reset", body) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] + [404] * 19


async def test_no_guess_at_a_link_is_accepted(runtime: BuiltRuntime, figure: Figure) -> None:
    """A14: half of them are 48 bytes of chance, half change a bit of a token of ours."""
    digests, chance = runtime.ports.digests, random.Random(SEED)
    ours = base64.urlsafe_b64decode(marks.link_token(digests, new_id()))
    tried = full_or_tenth(1_000_000)
    hits = 0
    for number in range(tried):
        guess = bytearray(chance.randbytes(48) if number % 2 else ours)
        if not number % 2:
            guess[chance.randrange(48)] ^= 1 << chance.randrange(8)
        hits += marks.read_link_token(digests, base64.urlsafe_b64encode(guess).decode()) is not None
    figure(f"A14: {tried} guesses at links, {hits} accepted")
    assert hits == 0


async def test_what_is_no_link_is_told_alike(app: FastAPI, runtime: BuiltRuntime) -> None:
    invented = ["x", "é", "=", "A" * 64, marks.link_token(runtime.ports.digests, new_id())]
    async with a_browser(app) as browser:
        for token in invented:
            for path, more in (
                ("/auth/links/look", {}),
                ("/auth/email/verify", {}),
                ("/auth/password/reset", {"password": NEW}),
                ("/invitations/accept", {"password": NEW}),
            ):
                assert code_of(await browser.post(path, {"token": token, **more})) == UNUSABLE


async def test_an_address_is_verified_by_mail(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app, **{"accept-language": "de, en;q=0.8"}) as browser:
        browser.headers = user.headers
        assert (await browser.post("/auth/email/verification")).status_code == 202
        letter = (await mail(runtime, user.organization_id))[0]
        assert letter.subject == "Confirm your e-mail address"

        for path, more in (
            ("/auth/password/reset", {"password": NEW}),
            ("/invitations/accept", {"password": NEW}),
        ):
            assert code_of(await browser.post(path, {"token": token_in(letter), **more})) == UNUSABLE
        assert (await browser.post("/auth/email/verify", {"token": token_in(letter)})).status_code == 204
        assert code_of(await browser.post("/auth/email/verify", {"token": token_in(letter)})) == UNUSABLE
        assert code_of(await browser.post("/auth/email/verification")) == (409, "email_already_verified")
    async with runtime.work(user.organization_id) as work:
        rows = await work.fetch("SELECT email_verified, email_verified_at FROM users")
    assert rows[0]["email_verified"]
    assert rows[0]["email_verified_at"]


async def test_an_invitation_makes_a_colleague(app: FastAPI, runtime: BuiltRuntime) -> None:
    admin = await somebody(runtime, role=Role.ORG_ADMIN)
    invited = {"email": "bia@padaria-aurora.example", "full_name": "Bia {0.__class__}", "role": "viewer"}
    async with a_browser(app) as browser, a_browser(app, "203.0.113.4") as bia:
        browser.headers = admin.headers
        made = await browser.post("/invitations", invited)
        assert made.status_code == 201, made.text
        assert (made.json()["status"], made.json()["role"]) == ("pending", "viewer")
        letter = (await mail(runtime, admin.organization_id))[0]
        assert "Olá, Bia {0.__class__}!\n\nAna Souza convidou você" in letter.text

        body = {"token": token_in(letter), "password": NEW, "full_name": "Beatriz"}
        assert (await bia.post("/invitations/accept", body)).json() == {"email": invited["email"]}
        assert code_of(await bia.post("/invitations/accept", body)) == UNUSABLE
        user = (await bia.sign_in(invited["email"], NEW)).json()["user"]
        assert (user["full_name"], user["role"]) == ("Beatriz", "viewer")
        listed = (await browser.get("/invitations")).json()["items"]
        assert [each["status"] for each in listed] == ["accepted"]
    assert await audited(runtime, admin.organization_id) == ["user.invited", "user.created", "session.opened"]


async def test_who_may_invite_whom(app: FastAPI, runtime: BuiltRuntime) -> None:
    agent = await somebody(runtime)
    admin = await somebody(runtime, agent.organization_id, role=Role.ORG_ADMIN)
    elsewhere = await somebody(runtime, role=Role.ORG_ADMIN)
    invited = {"email": "bia@padaria-aurora.example", "full_name": "Bia"}
    async with a_browser(app) as browser:
        browser.headers = agent.headers
        assert code_of(await browser.post("/invitations", invited)) == (403, "permission_missing")
        browser.headers = admin.headers
        above = await browser.post("/invitations", invited | {"role": "super_admin"})
        assert code_of(above) == (403, "beyond_your_own")
        colleague = await browser.post("/invitations", invited | {"email": agent.email.upper()})
        assert code_of(colleague) == (409, "email_taken")
        foreign = await browser.post("/invitations", invited | {"email": elsewhere.email})
        assert foreign.status_code == 201, "who works elsewhere is nobody's business here"
        letter = (await mail(runtime, admin.organization_id))[0]
        taken = await browser.post("/invitations/accept", {"token": token_in(letter), "password": NEW})
        assert code_of(taken) == (409, "email_taken"), "told to who reads the mail"

        browser.headers = elsewhere.headers
        refused = [await browser.delete(f"/invitations/{id_}") for id_ in (foreign.json()["id"], new_id())]
        assert refused[0].json() == refused[1].json()
        assert [answer.status_code for answer in refused] == [404, 404]
        assert (await browser.get("/invitations")).json() == {"items": []}
        browser.headers = admin.headers
        assert (await browser.delete(f"/invitations/{foreign.json()['id']}")).status_code == 204
        body = {"token": token_in(letter), "password": NEW}
        assert code_of(await browser.post("/invitations/accept", body)) == UNUSABLE


async def test_a_second_invitation_replaces_the_first(app: FastAPI, runtime: BuiltRuntime) -> None:
    admin = await somebody(runtime, role=Role.ORG_ADMIN)
    invited = {"email": "bia@padaria-aurora.example", "full_name": "Bia"}
    async with a_browser(app) as browser:
        browser.headers = admin.headers
        tokens = []
        for _ in range(2):
            await browser.post("/invitations", invited)
            tokens.append(token_in((await mail(runtime, admin.organization_id))[0]))
        answers = [
            await browser.post("/invitations/accept", {"token": token, "password": NEW}) for token in tokens
        ]
    assert [answer.status_code for answer in answers] == [404, 200]
