"""An organization that was just made has nobody: its first administrator comes by mail."""

from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from tests.accounts.people import Browser, a_browser, audited, code_of, mail, token_in
from tests.factories import somebody

ALL = "/platform/organizations"
LUA = {"email": "lua@cafe-sol.example", "full_name": "Lua Prado"}


async def _a_cafe(root: Browser) -> str:
    made = await root.post(ALL, {"name": "Café Sol", "slug": f"made-{uuid4().hex[:12]}"})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def _administrators(root: Browser, organization_id: str) -> Any:
    return (await root.get(f"{ALL}/{organization_id}/administrators")).json()["items"]


async def test_the_first_administrator_comes_by_mail(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime, role=Role.SUPER_ADMIN)
    address = {**LUA, "email": f"lua-{uuid4().hex[:8]}@cafe-sol.example"}
    async with a_browser(app) as root, a_browser(app) as browser:
        await root.sign_in(user.email)
        cafe = await _a_cafe(root)
        assert await _administrators(root, cafe) == []

        invited = await root.post(f"{ALL}/{cafe}/invitations", address)

        assert (invited.status_code, invited.json()["role"]) == (201, "org_admin")
        letter = (await mail(runtime, UUID(cafe)))[0]
        assert letter.recipient == address["email"]
        assert "Café Sol" in letter.text
        assert "Ana Souza" in letter.text, "the letter says who invites"
        listed = (await root.get(f"{ALL}/{cafe}/invitations")).json()["items"]
        assert [(each["email"], each["status"]) for each in listed] == [(address["email"], "pending")]
        accepted = {"token": token_in(letter), "password": "a fresh horse battery"}
        assert (await browser.post("/invitations/accept", accepted)).status_code == 200
        await browser.sign_in(address["email"], "a fresh horse battery")
        me = (await browser.get("/auth/me")).json()
        assert (me["role"], me["organization"]["name"]) == ("org_admin", "Café Sol")
        assert [each["email"] for each in await _administrators(root, cafe)] == [address["email"]]
        again = await root.post(f"{ALL}/{cafe}/invitations", address)
        assert code_of(again) == (409, "email_taken")
    assert await audited(runtime, UUID(cafe)) == [
        "organization.created",
        "user.invited",
        "user.created",
        "session.opened",
    ]


async def test_only_super_administrators_do(app: FastAPI, runtime: BuiltRuntime) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    root_user = await somebody(runtime, role=Role.SUPER_ADMIN)
    async with a_browser(app) as browser, a_browser(app) as root:
        await browser.sign_in(boss.email)
        await root.sign_in(root_user.email)
        other = f"{ALL}/{root_user.organization_id}"
        for answer in (
            await browser.post(f"{other}/invitations", LUA),
            await browser.get(f"{other}/invitations"),
            await browser.get(f"{other}/administrators"),
        ):
            assert code_of(answer) == (403, "permission_missing")
        for answer in (
            await root.post(f"{ALL}/{uuid4()}/invitations", LUA),
            await root.get(f"{ALL}/{uuid4()}/invitations"),
            await root.get(f"{ALL}/{uuid4()}/administrators"),
        ):
            assert code_of(answer) == (404, "not_found")
