"""A36: no page but ours changes anything, and reading changes nothing."""

import re

import asyncpg
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from pytake.accounts.endpoints import ROUTERS
from pytake.entrypoints.bootstrap import BuiltRuntime
from tests.accounts.people import HOME, REFRESH, a_browser, code_of
from tests.factories import somebody
from tests.sizes import Figure

FOREIGN: list[dict[str, str]] = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "https://pytake.test.evil.example"},
    {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    {"origin": "http://localhost:5173"},
    {"origin": ""},
    {"origin": "http://["},
    {"origin": "http://[", "sec-fetch-site": "same-origin"},
    {"origin": "pytake.test"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": HOME, "sec-fetch-site": "cross-site"},
    {"origin": "http://pytake.test", "sec-fetch-site": "cross-site"},
]
OURS: list[dict[str, str]] = [
    {},
    {"origin": HOME},
    {"origin": HOME, "sec-fetch-site": "same-origin"},
    {"origin": "http://pytake.test", "sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
]


def routes(app: FastAPI, *, writing: bool) -> list[tuple[str, str]]:
    """Of the routers that set or read cookies."""
    known = {getattr(route, "path", "") for router in ROUTERS for route in router.routes}
    return [
        (method, re.sub(r"\{.*?\}", "01999999-9999-7999-8999-999999999999", context.path_format or ""))
        for context in iter_route_contexts(app.routes)
        if context.path_format in known
        for method in sorted((context.methods or set()) - {"HEAD"})
        if (method != "GET") is writing
    ]


async def test_every_route_with_a_cookie_refuses_foreign_pages(
    app: FastAPI, runtime: BuiltRuntime, figure: Figure
) -> None:
    user, asked = await somebody(runtime), 0
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        token = browser.refresh_token
        for method, path in routes(app, writing=True):
            for headers in FOREIGN:
                answer = await browser.client.request(
                    method, path, json={}, headers=browser.headers | headers
                )
                assert code_of(answer) == (403, "foreign_origin"), f"{method} {path} {headers}"
                assert "set-cookie" not in answer.headers
                asked += 1
        assert browser.refresh_token == token
        assert (await browser.refresh()).status_code == 200, "nothing was used up"
    assert asked >= 150
    figure(f"A36: {asked} calls of foreign pages, all refused")


@pytest.mark.parametrize("headers", OURS)
async def test_our_own_page_and_programs_are_let_in(
    app: FastAPI, runtime: BuiltRuntime, headers: dict[str, str]
) -> None:
    user = await somebody(runtime)
    async with a_browser(app, **headers) as browser:
        assert (await browser.sign_in(user.email)).status_code == 200
        assert (await browser.refresh()).status_code == 200


async def test_reading_changes_nothing(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        before = await _everything(owner)
        for method, path in routes(app, writing=False):
            await browser.client.request(method, path, headers=browser.headers)
        for path in ("refresh", "logout", "password/reset", "email/verify"):
            answer = await browser.get(f"/auth/{path}", cookie=f"{REFRESH}={browser.refresh_token}")
            assert answer.status_code == 405

        assert await _everything(owner) == before


async def _everything(owner: asyncpg.Connection) -> list[str]:
    tables = ("users", "user_sessions", "refresh_tokens", "one_time_links", "mails", "audit_logs")
    return [
        str(await owner.fetch(f"SELECT t::text FROM {table} t ORDER BY 1"))  # noqa: S608 - the names in the loop beside it
        for table in tables
    ]
