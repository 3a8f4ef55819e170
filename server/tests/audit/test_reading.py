"""The trail for people: names instead of ids, and all of it as one file."""

import csv
import io
from typing import Any

import asyncpg
import pytest
from httpx import AsyncClient

from pytake.audit import reading
from pytake.departments import service as departments
from pytake.departments.schemas import DepartmentWrite
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.kit.work import Actor
from tests.factories import Somebody, a_user, bearer, somebody
from tests.schema.rows import fill

URL = "/api/v1/audit-logs"


@pytest.fixture
async def ana(runtime: BuiltRuntime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def _deed(runtime: BuiltRuntime, who: Somebody, action: str, **said: Any) -> None:
    async with runtime.work(who.organization_id, Actor("user", who.id)) as work:
        work.audit(action, **said)


async def _file(client: AsyncClient, who: Somebody, **wanted: str) -> list[list[str]]:
    answer = await client.get(f"{URL}/export", headers=who.headers, params=wanted)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf"), "spreadsheets take it for Latin-1 without this mark"
    separator = ";" if wanted.get("separator") == "semicolon" else ","
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=separator))


async def test_whatever_a_row_mentions_has_a_name(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody
) -> None:
    bruno, _ = await a_user(runtime, ana.organization_id)
    async with runtime.work(ana.organization_id) as work:
        vendas = (await departments.create(work, DepartmentWrite(name="Vendas").model_dump()))["id"]
        await work.execute(
            "UPDATE users SET full_name = 'Bruno Lima', deleted_at = now() WHERE id = $1", bruno
        )
    await _deed(runtime, ana, "department.member_set", resource_id=vendas, after={"user_id": bruno})
    await _deed(
        runtime, ana, "thing.done", resource_id=new_id(), metadata={"session_ids": [str(ana.id), "x" * 36]}
    )
    stranger = await somebody(runtime)
    await _deed(runtime, ana, "thing.done", resource_id=stranger.id)

    names = (await client.get(URL, headers=ana.headers)).json()["names"]

    assert names == {str(bruno): "Bruno Lima", str(vendas): "Vendas", str(ana.id): "Ana Souza"}


async def test_numbers_channels_templates_and_the_organization_have_theirs(
    client: AsyncClient, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    tenant = await fill(owner)
    other = await fill(owner)
    user_id, _ = await a_user(runtime, tenant.id, role=Role.ORG_ADMIN)
    named = ("whatsapp_numbers", "channels", "whatsapp_templates", "organizations")
    async with runtime.work(tenant.id, Actor("user", user_id)) as work:
        theirs = [str(each.rows[table]) for each in (tenant, other) for table in named]
        work.audit("thing.done", metadata={"things": theirs})

    answer = await client.get(URL, headers=await bearer(runtime, tenant.id, user_id))

    names = answer.json()["names"]
    assert set(names) == {str(tenant.rows[table]) for table in named}
    assert all(names.values())


async def test_the_file_has_every_row_that_is_asked_for(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 2)
    for n in range(5):
        await _deed(runtime, ana, f"thing.done_{n}", before={"name": "a"}, after={"name": "b; c,\nd"})
    await _deed(runtime, ana, "other.done")

    head, *lines = await _file(client, ana, action="thing.", separator="semicolon")

    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert [line["action"] for line in told] == [f"thing.done_{n}" for n in (4, 3, 2, 1, 0)]
    assert (told[0]["before"], told[0]["after"]) == ('{"name":"a"}', '{"name":"b; c,\\nd"}')
    assert (told[0]["user_name"], told[0]["actor"], told[0]["sequence"]) == ("Ana Souza", "user", "5")

    monkeypatch.setattr(reading, "MOST_EXPORTED", 3)
    assert len(await _file(client, ana)) == 4


async def test_no_cell_is_a_formula(client: AsyncClient, runtime: BuiltRuntime, ana: Somebody) -> None:
    await _deed(runtime, ana, "thing.done", description="=HYPERLINK(1)")

    head, line = await _file(client, ana)

    assert dict(zip(head, line, strict=True))["description"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
async def test_only_administrators_get_the_file(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody, role: Role
) -> None:
    bia = await somebody(runtime, role=role)
    await _deed(runtime, ana, "thing.done")

    assert (await client.get(f"{URL}/export", headers=bia.headers)).status_code == 403
    assert (await client.get(f"{URL}/export")).status_code == 401
    other = await somebody(runtime, role=Role.ORG_ADMIN)
    assert len(await _file(client, other)) == 1
