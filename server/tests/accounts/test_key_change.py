"""While the secret key is changed, and after: nobody is signed out, and what was sent by mail still opens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from pytake.accounts import marks
from pytake.accounts.service import links
from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.settings import Settings
from tests.accounts.people import DEVICE, Browser, a_browser, mail, token_in
from tests.factories import somebody
from tests.runtimes import NoJobs
from tests.servers import SECRET_KEY

NEXT_KEY = SECRET_KEY[::-1] + "2"


@asynccontextmanager
async def a_process(settings: Settings, app: FastAPI, current: str, *others: str) -> AsyncIterator[FastAPI]:
    known = {"secret_key": current, "other_secret_keys": ",".join(others)}
    chosen = Settings.model_validate(settings.model_dump(exclude_unset=True) | known)
    runtime = await build_runtime(chosen, "tests", NoJobs())
    other = create_app(runtime, chosen)
    other.state.rows_told = app.state.rows_told
    yield other
    await close_runtime(runtime)


async def test_processes_with_either_key_first_believe_each_other(
    app: FastAPI, runtime: BuiltRuntime, settings: Settings
) -> None:
    user = await somebody(runtime)
    async with (
        a_process(settings, app, SECRET_KEY, NEXT_KEY) as before,
        a_process(settings, app, NEXT_KEY, SECRET_KEY) as after,
        a_browser(before) as old,
        a_browser(after) as new,
    ):
        await old.sign_in(user.email)
        first = old.refresh_token
        await _carry(old, new)
        assert await new.is_in()
        assert (await new.refresh()).status_code == 200
        await _carry(new, old)
        assert await old.is_in()
        assert marks.successors(before.state.runtime.ports.digests, first)[1] == new.refresh_token
        device = old.client.cookies.get(DEVICE)
        assert marks.device_of(after.state.runtime.ports.digests, device, user.email)


async def test_a_sign_in_and_a_letter_outlive_the_change(
    app: FastAPI, runtime: BuiltRuntime, settings: Settings
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as before:
        await before.sign_in(user.email)
        await before.post("/auth/password/forgot", {"email": user.email})
        link = token_in((await mail(runtime, user.organization_id))[0])
        async with a_process(settings, app, NEXT_KEY, SECRET_KEY) as during:
            assert await links.look_at(during.state.runtime, link)
        async with a_process(settings, app, NEXT_KEY) as afterwards, a_browser(afterwards) as after:
            await _carry(before, after)
            assert not await after.is_in(), "the old key is gone, and with it what it signed"
            assert (await after.refresh()).status_code == 200
            assert await after.is_in()


async def _carry(source: Browser, target: Browser) -> None:
    target.headers = dict(source.headers)
    target.carry(source.refresh_token)
