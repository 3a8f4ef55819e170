"""Administrators read the calls that their organization made."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from pytake.adapters.mongo import documents as mongo
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.http.request_log import COLLECTION
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from tests.factories import Somebody, somebody

URL = "/api/v1/request-logs"
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture
async def ana(runtime: BuiltRuntime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


def a_call(organization_id: UUID | None, **said: Any) -> dict[str, Any]:
    return {
        "_id": new_id(),
        "organization_id": organization_id,
        "user_id": None,
        "api_key_id": None,
        "method": "GET",
        "path": "/api/v1/conversations",
        "query_params": {},
        "headers": {},
        "body": None,
        "status_code": 200,
        "response_time_ms": 7,
        "ip_address": "203.0.113.9",
        "user_agent": "Firefox/99",
        "success": True,
        "error_message": None,
        "request_id": "request-0001",
        "created_at": NOON,
    } | said


async def remember(runtime: BuiltRuntime, *calls: dict[str, Any]) -> None:
    await runtime.documents.append(COLLECTION, calls)


async def read(client: AsyncClient, who: Somebody, **wanted: Any) -> Any:
    answer = await client.get(URL, headers=who.headers, params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_call_can_be_read_as_it_was_remembered(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody
) -> None:
    call = a_call(ana.organization_id, user_id=ana.id, body={"name": "Vendas", "password": "[redacted]"})
    await remember(runtime, call)

    (item,) = (await read(client, ana))["items"]

    assert item == {
        **{name: value for name, value in call.items() if name not in {"_id", "organization_id"}},
        "id": str(call["_id"]),
        "user_id": str(ana.id),
        "created_at": "2026-03-09T12:00:00Z",
    }


async def test_only_one_s_own_organization_s_and_nobody_s_are_not_shown(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody
) -> None:
    bob = await somebody(runtime, role=Role.SUPER_ADMIN)
    await remember(runtime, a_call(ana.organization_id), a_call(None))

    assert len((await read(client, ana))["items"]) == 1
    assert (await read(client, bob))["items"] == []


async def test_the_newest_come_first_page_by_page_also_of_one_moment(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody
) -> None:
    calls = [a_call(ana.organization_id, created_at=NOON + timedelta(hours=n // 4)) for n in range(10)]
    await remember(runtime, *calls)

    pages, cursor = [], None
    while True:
        page = await read(client, ana, limit=3, **({"cursor": cursor} if cursor else {}))
        pages.append([item["id"] for item in page["items"]])
        if (cursor := page["next"]) is None:
            break

    newest = sorted(calls, key=lambda call: (call["created_at"], call["_id"]), reverse=True)
    assert [len(page) for page in pages] == [3, 3, 3, 1]
    assert [each for page in pages for each in page] == [str(call["_id"]) for call in newest]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"status": "4xx"}, "bc"),
        ({"status": "5xx"}, "d"),
        ({"method": "POST"}, "b"),
        ({"path": "/api/v1/dep"}, "bd"),
        ({"path": "/api/v1/departments/1"}, "d"),
        ({"path": "v1"}, ""),
        ({"path": ".*"}, ""),
        ({"since": "2026-03-09T13:00:00Z"}, "cd"),
        ({"until": "2026-03-09T13:00:00Z"}, "ab"),
        ({"since": "2026-03-09T13:00:00Z", "until": "2026-03-09T14:00:00Z", "status": "4xx"}, "c"),
        ({"user_id": str(UUID(int=1))}, "b"),
        ({"api_key_id": str(UUID(int=2))}, "c"),
    ],
    ids=str,
)
async def test_it_is_searched_by_what_who_when_and_how_it_ended(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody, wanted: dict[str, str], found: str
) -> None:
    one = ana.organization_id
    later = {"created_at": NOON + timedelta(hours=1)}
    await remember(
        runtime,
        a_call(one, request_id="a"),
        a_call(
            one,
            request_id="b",
            method="POST",
            path="/api/v1/departments",
            status_code=400,
            user_id=UUID(int=1),
        ),
        a_call(one, request_id="c", status_code=499, api_key_id=UUID(int=2), **later),
        a_call(one, request_id="d", path="/api/v1/departments/1", status_code=500, **later),
    )

    assert {item["request_id"] for item in (await read(client, ana, **wanted))["items"]} == set(found)


@pytest.mark.parametrize(
    "wanted",
    [{"cursor": "x"}, {"cursor": "-1"}, {"limit": 101}, {"status": "200"}, {"method": "get"}, {"path": "\0"}],
    ids=str,
)
async def test_what_is_not_valid_is_refused(
    client: AsyncClient, ana: Somebody, wanted: dict[str, Any]
) -> None:
    assert (await client.get(URL, headers=ana.headers, params=wanted)).status_code == 422


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
async def test_only_administrators_may_read_it(
    client: AsyncClient, runtime: BuiltRuntime, role: Role
) -> None:
    bia = await somebody(runtime, role=role)

    assert (await client.get(URL, headers=bia.headers)).status_code == 403
    assert (await client.get(URL)).status_code == 401


async def test_without_mongodb_it_says_so(client: AsyncClient, runtime: BuiltRuntime, ana: Somebody) -> None:
    await runtime.documents.close()

    for _ in range(2):
        answer = await client.get(URL, headers=ana.headers)

        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "request_logs_away"
        assert answer.headers["retry-after"]


async def test_a_search_that_takes_too_long_is_given_up_and_harms_nobody(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    await remember(runtime, *[a_call(ana.organization_id) for _ in range(20_000)])
    monkeypatch.setattr(mongo, "_LONGEST_SEARCH_MS", 1)

    answer = await client.get(URL, headers=ana.headers, params={"status": "5xx"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "request_logs_too_many")
    assert not runtime.documents.is_resting()


async def test_a_page_is_read_from_an_index_in_its_order(runtime: BuiltRuntime, ana: Somebody) -> None:
    await remember(runtime, *[a_call(ana.organization_id) for _ in range(5)])
    found = runtime.documents.database[COLLECTION].find({"organization_id": ana.organization_id})

    plan = str(await found.sort([("created_at", -1), ("_id", -1)]).limit(3).explain())

    assert "IXSCAN" in plan
    assert "'SORT'" not in plan
