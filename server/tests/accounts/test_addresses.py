"""A new e-mail address: asked for with the password, confirmed by letter, told to the old one."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx import Response

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from tests.accounts.people import Browser, a_browser, audited, code_of, mail, token_in
from tests.factories import PASSWORD, Somebody, somebody

NEW = "ana.nova@padaria-aurora.example"
FRESH = "a fresh horse battery"
UNUSABLE = (404, "link_unusable")
NONE = {"email": None, "expires_at": None}


async def _ask(browser: Browser, email: str = NEW, password: str = PASSWORD) -> Response:
    return await browser.post("/auth/email/change", {"email": email, "password": password})


async def _asked(browser: Browser, runtime: BuiltRuntime, who: Somebody, email: str = NEW) -> str:
    assert (await _ask(browser, email)).status_code == 202
    letters = await mail(runtime, who.organization_id)
    return token_in(next(letter for letter in letters if letter.recipient == email))


async def _confirm(browser: Browser, token: str) -> Response:
    return await browser.post("/auth/email/change/confirm", {"token": token})


async def test_an_address_changes_when_its_letter_was_opened(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser, a_browser(app, "203.0.113.4") as mailbox:
        browser.headers = ana.headers
        assert (await browser.get("/auth/email/change")).json() == NONE
        token = await _asked(browser, runtime, ana)
        waiting = (await browser.get("/auth/email/change")).json()
        assert waiting["email"] == NEW
        assert (await browser.get("/auth/me")).json()["email"] == ana.email, "not before"
        looked = await mailbox.post("/auth/links/look", {"token": token})
        assert (looked.json()["purpose"], looked.json()["email"]) == ("change_email", NEW)

        done = await _confirm(mailbox, token)

        assert (done.status_code, done.json()) == (200, {"email": NEW})
        me = (await browser.get("/auth/me")).json()
        assert (me["email"], me["email_verified"]) == (NEW, True)
        assert (await browser.get("/auth/email/change")).json() == NONE
        assert code_of(await _confirm(mailbox, token)) == UNUSABLE
        assert (await mailbox.sign_in(NEW)).status_code == 200
        assert code_of(await mailbox.sign_in(ana.email)) == (401, "wrong_credentials")
    letters = [(letter.recipient, letter.subject) for letter in await mail(runtime, ana.organization_id)]
    assert sorted(letters) == sorted(
        [
            (NEW, "Confirme o seu novo e-mail"),
            (ana.email, "Pedido de troca de e-mail"),
            (ana.email, "O e-mail da sua conta mudou"),
        ]
    )
    assert await audited(runtime, ana.organization_id) == [
        "user.email_change_asked",
        "user.email_changed",
        "session.opened",
    ]


async def test_the_old_address_is_told_where_to(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        await _confirm(browser, await _asked(browser, runtime, ana))
    told = [letter for letter in await mail(runtime, ana.organization_id) if letter.recipient == ana.email]
    assert len(told) == 2
    assert all(NEW in letter.text and "#" not in letter.text for letter in told), "told, and given no link"


async def test_whoever_finds_an_open_page_does_not_know_the_password(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        assert (await _ask(browser)).status_code == 401
        browser.headers = ana.headers
        for _ in range(5):
            assert code_of(await _ask(browser, password="not this one")) == (422, "wrong_password")
        assert code_of(await _ask(browser)) == (429, "too_many_attempts")
    assert await mail(runtime, ana.organization_id) == []


async def test_whose_address_is_taken_is_told_of_colleagues_and_to_who_reads_the_mail(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    ana, elsewhere = await somebody(runtime), await somebody(runtime)
    colleague = await somebody(runtime, ana.organization_id)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        assert code_of(await _ask(browser, ana.email.upper())) == (409, "email_unchanged")
        assert code_of(await _ask(browser, colleague.email.upper())) == (409, "email_taken")
        token = await _asked(browser, runtime, ana, elsewhere.email)
        assert code_of(await _confirm(browser, token)) == (409, "email_taken")
        assert (await browser.get("/auth/me")).json()["email"] == ana.email
        assert (await browser.sign_in(elsewhere.email)).json()["user"]["id"] == str(elsewhere.id)


@pytest.mark.parametrize("how", ["withdrawn", "again", "new password", "reset", "switched off", "removed"])
async def test_a_change_can_be_called_off(app: FastAPI, runtime: BuiltRuntime, how: str) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    ana = await somebody(runtime, boss.organization_id)
    async with a_browser(app) as browser, a_browser(app, "203.0.113.4") as other:
        browser.headers, other.headers = ana.headers, boss.headers
        token = await _asked(browser, runtime, ana)
        if how == "withdrawn":
            assert (await browser.delete("/auth/email/change")).status_code == 204
            assert code_of(await browser.delete("/auth/email/change")) == (404, "not_found")
        elif how == "again":
            await _ask(browser, "another@padaria-aurora.example")
        elif how == "new password":
            body = {"present_password": PASSWORD, "password": FRESH}
            assert (await browser.post("/auth/password", body)).status_code == 204
        elif how == "reset":
            await other.post("/auth/password/forgot", {"email": ana.email})
            reset = token_in((await mail(runtime, ana.organization_id))[0])
            await other.post("/auth/password/reset", {"token": reset, "password": FRESH})
        elif how == "switched off":
            await other.patch(f"/people/{ana.id}", {"is_active": False})
        else:
            await other.delete(f"/people/{ana.id}")
        assert code_of(await _confirm(browser, token)) == UNUSABLE
    async with runtime.work(ana.organization_id) as work:
        rows = await work.fetch("SELECT email FROM users WHERE id = $1", ana.id)
    assert rows[0]["email"] == ana.email


async def test_letters_to_the_old_address_open_nothing_any_more(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        await browser.post("/auth/email/verification")
        await browser.post("/auth/password/forgot", {"email": ana.email})
        reset, verify = [token_in(letter) for letter in (await mail(runtime, ana.organization_id))[:2]]
        await _confirm(browser, await _asked(browser, runtime, ana))
        assert code_of(await browser.post("/auth/email/verify", {"token": verify})) == UNUSABLE
        refused = await browser.post("/auth/password/reset", {"token": reset, "password": FRESH})
        assert code_of(refused) == UNUSABLE


async def test_no_other_link_changes_an_address(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        await browser.post("/auth/email/verification")
        verify = token_in((await mail(runtime, ana.organization_id))[0])
        assert code_of(await _confirm(browser, verify)) == UNUSABLE
        change = await _asked(browser, runtime, ana)
        for path, more in (("/auth/email/verify", {}), ("/auth/password/reset", {"password": FRESH})):
            assert code_of(await browser.post(path, {"token": change, **more})) == UNUSABLE
        assert (await _confirm(browser, change)).status_code == 200


async def test_of_two_who_want_the_same_address_one_gets_it(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana, bia = await somebody(runtime), await somebody(runtime)
    async with a_browser(app) as first, a_browser(app, "203.0.113.4") as second:
        first.headers, second.headers = ana.headers, bia.headers
        tokens = [await _asked(first, runtime, ana), await _asked(second, runtime, bia)]
        answers = await asyncio.gather(*(_confirm(first, token) for token in tokens))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_another_organizations_change_is_nobodys_business(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana, elsewhere = await somebody(runtime), await somebody(runtime, role=Role.ORG_ADMIN)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        await _asked(browser, runtime, ana)
        browser.headers = elsewhere.headers
        assert (await browser.get("/auth/email/change")).json() == NONE
        assert (await browser.delete("/auth/email/change")).status_code == 404
        browser.headers = ana.headers
        assert (await browser.get("/auth/email/change")).json()["email"] == NEW
