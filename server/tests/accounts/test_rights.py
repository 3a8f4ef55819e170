"""Where getting in meets rights: invitations give no more than one holds, and who is out is out."""

from uuid import UUID

import pytest
from fastapi import FastAPI

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from tests.accounts.people import a_browser, audited, code_of, mail, token_in
from tests.factories import grant, somebody

INVITED = {"email": "bia@padaria-aurora.example", "full_name": "Bia"}
NEW = "tarde azul no cais 7"


async def test_nobody_invites_who_may_more_than_themselves(app: FastAPI, runtime: BuiltRuntime) -> None:
    agent = await somebody(runtime)
    async with runtime.work(agent.organization_id) as work:
        await grant(work, agent.id, "users.invite")
    async with a_browser(app) as browser:
        browser.headers = agent.headers
        for role in (Role.ORG_ADMIN, Role.VIEWER):
            answer = await browser.post("/invitations", INVITED | {"role": role.value})
            assert code_of(answer) == (403, "beyond_your_own")
        assert (await browser.post("/invitations", INVITED | {"role": "agent"})).status_code == 201


async def test_an_invitation_sent_again_is_one(app: FastAPI, runtime: BuiltRuntime) -> None:
    admin = await somebody(runtime, role=Role.ORG_ADMIN)
    async with a_browser(app) as browser:
        browser.headers = admin.headers
        key = {"idempotency-key": "invite-bia-once"}
        first, again = [await browser.post("/invitations", INVITED, **key) for _ in range(2)]
        assert (first.status_code, first.content) == (again.status_code, again.content)
        assert again.headers["idempotent-replayed"] == "true"
        other = await browser.post("/invitations", INVITED | {"full_name": "Ana"}, **key)
        assert code_of(other) == (422, "idempotency_key_reused")
    assert len(await mail(runtime, admin.organization_id)) == 1
    assert await audited(runtime, admin.organization_id) == ["user.invited"]


async def test_an_invitation_does_not_exceed_the_plan(app: FastAPI, runtime: BuiltRuntime) -> None:
    admin = await somebody(runtime, role=Role.ORG_ADMIN)
    async with a_browser(app) as browser, a_browser(app) as guest:
        browser.headers = admin.headers
        await browser.post("/invitations", INVITED | {"role": "agent"})
        token = token_in((await mail(runtime, admin.organization_id))[0])
        accepted = {"token": token, "password": NEW}
        await _may_have_agents(runtime, admin.organization_id, 1)
        refused = await guest.post("/invitations/accept", accepted)
        assert code_of(refused) == (409, "limit_reached")
        in_vain = await browser.post("/invitations", INVITED | {"role": "agent"})
        assert code_of(in_vain) == (409, "limit_reached")
        watching = {"email": "caio@padaria-aurora.example", "full_name": "Caio", "role": "viewer"}
        assert (await browser.post("/invitations", watching)).status_code == 201
        await _may_have_agents(runtime, admin.organization_id, 2)
        assert (await guest.post("/invitations/accept", accepted)).status_code == 200


@pytest.mark.parametrize("how", ["switched off", "removed"])
async def test_whoever_is_out_has_no_session_any_more(app: FastAPI, runtime: BuiltRuntime, how: str) -> None:
    admin = await somebody(runtime, role=Role.ORG_ADMIN)
    agent = await somebody(runtime, admin.organization_id)
    async with a_browser(app) as boss, a_browser(app) as browser:
        boss.headers = admin.headers
        await browser.sign_in(agent.email)
        assert await browser.is_in()
        path = f"/people/{agent.id}"
        out = await (boss.patch(path, {"is_active": False}) if how == "switched off" else boss.delete(path))
        assert out.is_success
        assert not await browser.is_in()
        if how == "switched off":
            assert (await boss.patch(path, {"is_active": True})).status_code == 200
            assert not await browser.is_in(), "back at work is not signed in again"
            assert code_of(await browser.refresh()) == (401, "invalid_token")
            await browser.sign_in(agent.email)
            assert await browser.is_in()
        else:
            assert code_of(await browser.sign_in(agent.email)) == (401, "wrong_credentials")


async def _may_have_agents(runtime: BuiltRuntime, organization_id: UUID, how_many: int) -> None:
    async with runtime.work(organization_id) as work:
        await work.execute(
            "UPDATE organizations SET max_agents = $2 WHERE id = $1", organization_id, how_many
        )
