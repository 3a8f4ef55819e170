"""Redis goes away under open sockets, and comes back."""

from pathlib import Path

from httpx import AsyncClient

from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import build_runtime, close_runtime
from pytake.entrypoints.embedded import Engines, Urls
from pytake.settings import Settings
from tests.factories import somebody
from tests.realtime.stage import QUICK, serving
from tests.runtimes import NoJobs


async def test_sockets_go_on_without_redis_and_new_ones_wait_for_it(
    settings: Settings, tmp_path: Path
) -> None:
    given = Urls(database_url=settings.database_url, mongodb_url=settings.mongodb_url)
    with Engines(tmp_path, given=given) as engines:
        assert engines.urls.redis_url
        own = settings.model_copy(update={"redis_url": engines.urls.redis_url})
        runtime = await build_runtime(own, "tests", NoJobs())
        async with serving(create_app(runtime, own, runtime.probes()), runtime, QUICK) as live:
            user = await somebody(runtime)
            browser = await live.browser(user)
            await browser.next()
            (redis,) = engines.running
            redis.child.end(0)

            await live.tell(user.organization_id, 1, 2)

            assert await browser.numbers(2) == [1, 2], "found by looking, though nobody rang"
            async with AsyncClient(base_url=f"http://{live.address}") as client:
                refused = await client.post("/api/v1/realtime/ticket", headers=user.headers)
                ready = await client.get("/readyz")
            assert (refused.status_code, refused.json()["error"]["code"]) == (503, "redis_unavailable")
            assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
            assert ready.json()["stores"] == {"postgresql": "up", "redis": "down", "mongodb": "up"}

            engines.restart(redis)
            await runtime.redis.returned()
            await live.tell(user.organization_id, 3)
            late = await live.browser(user, "0-0")
            assert await browser.numbers(1) == [3]
            assert await late.numbers(3) == [1, 2, 3]
            await browser.leave()
            await late.leave()
        await close_runtime(runtime)
