"""The web application is served behind the API, never in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from pytake.http.errors import install_errors
from pytake.http.middleware import Edge
from pytake.http.web import WebApp, is_built

PAGE = "<!doctype html><title>PyTake</title>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text(PAGE)
    (built / "assets" / "app-4f2a.js").write_text("export {}")
    (built / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("nobody sees this")
    return built


@pytest.fixture
async def client(folder: Path) -> AsyncIterator[AsyncClient]:
    app = FastAPI(redirect_slashes=False)
    install_errors(app)
    app.add_middleware(Edge)

    @app.post("/api/v1/things")
    async def things() -> None: ...

    app.router.default = WebApp(folder, app.router.default)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://pytake.test") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/index.html", "/conversas/01999", "/fluxos"])
async def test_every_page_is_the_application_and_is_asked_for_each_time(
    client: AsyncClient, path: str
) -> None:
    answer = await client.get(path)

    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["cache-control"] == "no-cache"
    again = await client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")


async def test_a_hashed_file_is_kept_for_ever(client: AsyncClient) -> None:
    answer = await client.get("/assets/app-4f2a.js")

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/assets/app-old.js", "/robots.txt", "/api/v1/unknown", "/webhooks/x", "/ws", "/../secret.txt"]
)
async def test_what_is_missing_is_missing(client: AsyncClient, path: str) -> None:
    answer = await client.get(path)

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/%00"])
async def test_nothing_outside_the_folder_is_served(client: AsyncClient, path: str) -> None:
    answer = await client.get(path)

    assert "nobody" not in answer.text


async def test_the_api_s_own_refusals_stay_its_own(client: AsyncClient) -> None:
    assert (await client.get("/api/v1/things")).status_code == 405
    assert (await client.post("/conversas")).status_code == 404


def test_a_folder_without_a_page_is_not_built(tmp_path: Path, folder: Path) -> None:
    assert is_built(folder)
    assert not is_built(tmp_path)
