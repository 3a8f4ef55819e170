"""An empty installation is set up once, by who holds the link its machine printed, and by nobody else."""

import asyncio
import random
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from fastapi import FastAPI

from pytake.accounts import marks
from pytake.accounts.service import setting_up
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity import service as identity
from pytake.kit.ids import new_id
from pytake.kit.work import COMMAND
from tests.accounts.people import HOME, Browser, a_browser, audited, code_of, mail, token_in
from tests.factories import an_organization
from tests.sizes import SEED, full_or_tenth

PASSWORD = "a fresh horse battery"
UNUSABLE = (404, "link_unusable")


def _founding(token: str, **more: Any) -> dict[str, Any]:
    return {
        "token": token,
        "name": "Padaria Aurora",
        "slug": "padaria-aurora",
        "timezone": "America/Manaus",
        "locale": "es",
        "full_name": "Clara Aurora",
        "email": "clara@padaria-aurora.example",
        "password": PASSWORD,
        **more,
    }


async def _token(runtime: BuiltRuntime) -> str:
    link = await setting_up.make_link(runtime, COMMAND)
    assert link is not None
    assert urlsplit(link.url).path == "/setup"
    return urlsplit(link.url).fragment


async def _organizations(owner: asyncpg.Connection) -> int:
    count: int = await owner.fetchval("SELECT count(*) FROM organizations")
    return count


async def test_the_link_makes_an_organization_and_its_owner(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    token = await _token(runtime)
    async with a_browser(app) as browser:
        assert (await browser.get("/installation")).json() == {
            "is_set_up": False,
            "sends_mail": False,
            "shows_outbox": False,
        }
        assert (await browser.post("/setup/look", {"token": token})).status_code == 200

        done = await browser.post("/setup", _founding(token))

        assert (done.status_code, done.json()) == (200, {"email": "clara@padaria-aurora.example"})
        signed_in = await browser.sign_in("clara@padaria-aurora.example", PASSWORD)
        user = signed_in.json()["user"]
        assert (user["role"], user["organization"]["timezone"]) == ("super_admin", "America/Manaus")
        assert (await browser.get("/installation")).json()["is_set_up"]
        organization = (await browser.get("/organization")).json()
        assert (organization["slug"], organization["locale"]) == ("padaria-aurora", "es")
        assert set(organization["limits"].values()) == {None}
        (letter,) = await mail(runtime, user["organization"]["id"])
        assert letter.subject == "Confirma tu correo electrónico"
        verified = await browser.post("/auth/email/verify", {"token": token_in(letter)})
        assert verified.status_code == 204
        assert code_of(await browser.post("/setup", _founding(token))) == UNUSABLE
        assert code_of(await browser.post("/setup/look", {"token": token})) == UNUSABLE
    told = await owner.fetchrow("SELECT * FROM audit_logs WHERE action = 'organization.created'")
    assert str(told["user_id"]) == user["id"]
    assert PASSWORD not in str(dict(told))
    assert await audited(runtime, setting_up.INSTALLATION) == ["installation.setup_link_made"]
    assert await setting_up.make_link(runtime, COMMAND) is None


@pytest.mark.parametrize("ended", ["used", "expired", "replaced", "organization", "deleted organization"])
async def test_a_link_that_has_ended_opens_nothing(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection, ended: str
) -> None:
    token = await _token(runtime)
    match ended:
        case "used":
            async with a_browser(app) as first:
                assert (await first.post("/setup", _founding(token))).status_code == 200
            await owner.execute("DELETE FROM organizations")
        case "expired":
            await owner.execute("UPDATE setup_links SET expires_at = now()")
        case "replaced":
            await _token(runtime)
        case _:
            await an_organization(runtime)
            if ended == "deleted organization":
                await owner.execute("UPDATE organizations SET deleted_at = now(), is_active = false")
    before = await _organizations(owner)

    async with a_browser(app) as browser:
        assert code_of(await browser.post("/setup/look", {"token": token})) == UNUSABLE
        assert code_of(await browser.post("/setup", _founding(token))) == UNUSABLE
    assert await _organizations(owner) == before


async def test_of_twenty_at_once_one_founds(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    token = await _token(runtime)
    async with a_browser(app) as browser:
        answers = await asyncio.gather(
            *(
                browser.post(
                    "/setup",
                    _founding(token, slug=f"padaria-{number}", email=f"{number}@padaria-aurora.example"),
                )
                for number in range(20)
            )
        )

    assert sorted(answer.status_code for answer in answers) == [200] + [404] * 19
    assert await _organizations(owner) == 1
    assert await owner.fetchval("SELECT count(*) FROM users") == 1
    assert await owner.fetchval("SELECT count(*) FROM setup_links") == 0


async def test_the_command_line_and_the_link_do_not_both_win(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    """An organization is being made elsewhere when the link is used: the link waits, and loses."""
    token = await _token(runtime)
    async with a_browser(app) as browser:
        async with runtime.work(new_id()) as work:
            await identity.create_organization(work, name="Padaria", slug="padaria")
            founding = asyncio.create_task(browser.post("/setup", _founding(token)))
            waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"
            while not founding.done() and not await owner.fetchval(waits):
                await asyncio.sleep(0.01)
            assert not founding.done()
        assert code_of(await founding) == UNUSABLE
    assert await _organizations(owner) == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"password": "senha12345"}, (422, "password_unacceptable")),
        ({"timezone": "America/Atlantis"}, (422, "timezone_unknown")),
        ({"slug": "Padaria Aurora"}, (422, "invalid")),
        ({"email": "clara"}, (422, "invalid")),
        ({"role": "super_admin"}, (422, "invalid")),
    ],
)
async def test_what_is_refused_uses_no_link_up(
    app: FastAPI,
    runtime: BuiltRuntime,
    owner: asyncpg.Connection,
    changed: dict[str, str],
    refusal: tuple[int, str],
) -> None:
    token = await _token(runtime)
    async with a_browser(app) as browser:
        assert code_of(await browser.post("/setup", _founding(token, **changed))) == refusal
        assert await _organizations(owner) == 0
        assert (await browser.post("/setup", _founding(token))).status_code == 200


async def test_invented_tokens_and_those_of_other_links_open_nothing(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    chance = random.Random(SEED)
    token = await _token(runtime)
    link_id = await owner.fetchval("SELECT id FROM setup_links")
    invented = [
        "".join(
            chance.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") for _ in token
        )
        for _ in range(full_or_tenth(1_000))
    ]
    flipped = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    of_another_kind = marks.link_token(runtime.ports.digests, link_id)
    async with a_browser(app) as browser:
        for tried in (*invented[:25], *flipped[:25], of_another_kind, "", str(link_id)):
            answer = await browser.post("/setup", _founding(tried))
            assert answer.status_code in {404, 422, 429}, answer.text
    for tried in (*invented, *flipped, of_another_kind):
        assert marks.read_setup_token(runtime.ports.digests, tried) is None
    assert await _organizations(owner) == 0


async def test_a_foreign_page_sets_nothing_up(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    token = await _token(runtime)
    async with a_browser(app, origin="https://evil.example") as browser:
        refused = await browser.post("/setup", _founding(token))
    assert code_of(refused) == (403, "foreign_origin")
    assert await _organizations(owner) == 0


async def test_the_application_itself_cannot_look_at_the_link(
    runtime: BuiltRuntime,
) -> None:
    await _token(runtime)
    async with runtime.lookup() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("SELECT * FROM setup_links")


async def test_a_new_link_leads_home(runtime: BuiltRuntime) -> None:
    link = await setting_up.make_link(runtime, COMMAND)
    assert link is not None
    assert link.url.startswith(f"{HOME.replace('https', 'http')}/setup#")
    assert link.url not in repr(link)


async def test_looking_at_an_invitation_says_who_invited(app: FastAPI, runtime: BuiltRuntime) -> None:
    token = await _token(runtime)
    async with a_browser(app) as owner, a_browser(app) as guest:
        await owner.post("/setup", _founding(token))
        user = (await owner.sign_in("clara@padaria-aurora.example", PASSWORD)).json()["user"]
        await owner.post(
            "/invitations", {"email": "bia@padaria.example", "full_name": "Bia", "role": "viewer"}
        )
        letter, *_ = await mail(runtime, user["organization"]["id"])
        looked = await _looked(guest, token_in(letter))
    assert looked["inviter_name"] == "Clara Aurora"
    assert (looked["role"], looked["full_name"]) == ("viewer", "Bia")


async def _looked(browser: Browser, token: str) -> dict[str, Any]:
    looked: dict[str, Any] = (await browser.post("/auth/links/look", {"token": token})).json()
    return looked
