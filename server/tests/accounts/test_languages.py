"""Whoever is not here to say which language they speak is written to in their organization's."""

import asyncpg
import pytest
from fastapi import FastAPI

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from tests.accounts.people import a_browser, mail, token_in
from tests.factories import somebody

SPEAK = "UPDATE organizations SET settings = settings || jsonb_build_object('locale', $1::text)"
CHOOSE = "UPDATE users SET preferences = jsonb_build_object('language', $1::text)"


async def test_an_invitation_and_the_new_person_speak_as_the_organization_does(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    await owner.execute(SPEAK, "es")
    async with a_browser(app, **{"accept-language": "en"}) as browser:
        browser.headers = boss.headers
        invitation = {"email": "bia@padaria.example", "full_name": "Bia", "role": "agent"}
        assert (await browser.post("/invitations", invitation)).status_code == 201
        (letter,) = await mail(runtime, boss.organization_id)
        accepted = {"token": token_in(letter), "password": "a long enough one 7"}
        assert (await browser.post("/invitations/accept", accepted)).is_success

    assert await owner.fetchval("SELECT locale FROM mails") == "es"
    languages = await owner.fetch("SELECT email, preferences ->> 'language' AS language FROM users")
    assert dict(languages) == {boss.email: None, "bia@padaria.example": "es"}


@pytest.mark.parametrize(
    ("chosen", "organization", "written"),
    [("en", "es", "en"), (None, "es", "es"), (None, None, "en"), (None, "tlh", "en")],
)
async def test_a_new_password_is_told_in_one_s_own_language(
    app: FastAPI,
    runtime: BuiltRuntime,
    owner: asyncpg.Connection,
    chosen: str | None,
    organization: str | None,
    written: str,
) -> None:
    ana = await somebody(runtime)
    if chosen:
        await owner.execute(CHOOSE, chosen)
    if organization:
        await owner.execute(SPEAK, organization)
    else:
        await owner.execute("UPDATE organizations SET settings = settings - 'locale'")
    async with a_browser(app, **{"accept-language": "en"}) as browser:
        await browser.post("/auth/password/forgot", {"email": ana.email})
    await mail(runtime, ana.organization_id)

    assert await owner.fetchval("SELECT locale FROM mails") == written
