"""The profile's picture: brought to Meta by its app's upload, shown from where Meta keeps it, replaced."""

from typing import Any

import pytest

from pytake.identity.jpeg import only_pixels
from pytake.identity.types import Role
from pytake.ports.whatsapp_media import MediaUnreachable
from pytake.whatsapp.numbers import pictures
from simulator.testing import APP_ID, APP_SECRET, PHONE_NUMBER_ID
from tests.factories import somebody
from tests.factories.pictures import a_jpeg, part
from tests.numbers.conftest import CHANNELS, NUMBERS, Bench

SMALL, LARGE = a_jpeg(192, 192), a_jpeg(640, 640)
SPOKEN = a_jpeg(192, 192, part(0xFE, b"taken at home"))


@pytest.fixture
async def picture(bench: Bench) -> str:
    """Where it is changed and read."""
    body = {"name": "Loja", "app_secret": APP_SECRET, "meta_app_id": APP_ID}
    channel = await bench.ask("POST", CHANNELS, 201, body)
    return f"{NUMBERS}/{(await bench.connect(channel_id=channel['id']))['id']}/profile/picture"


async def _put(bench: Bench, path: str, content: bytes, who: Any = None) -> Any:
    headers = {**(who or bench.boss).headers, "content-type": "image/jpeg"}
    return await bench.client.put(path, content=content, headers=headers)


async def _get(bench: Bench, path: str) -> Any:
    return await bench.client.get(path, headers=bench.boss.headers)


async def test_a_picture_is_brought_shown_and_replaced(bench: Bench, picture: str) -> None:
    assert (await _get(bench, picture)).status_code == 404

    first = await _put(bench, picture, SPOKEN)
    shown = await _get(bench, picture)
    second = await _put(bench, picture, LARGE)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["picture_url"] not in {None, second.json()["picture_url"]}
    assert (shown.content, shown.headers["content-type"]) == (only_pixels(SMALL).content, "image/jpeg")
    assert "taken at home" not in shown.text
    assert shown.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert (await _get(bench, picture)).content == only_pixels(LARGE).content
    assert (await bench.actions())[-2:] == ["number.picture_changed"] * 2
    about = await bench.ask("PATCH", picture.removesuffix("/picture"), 200, {"about": "Pães"})
    assert about["picture_url"] == second.json()["picture_url"]


@pytest.mark.parametrize(
    ("content", "status", "code", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n", 422, "picture_unacceptable", "not_a_jpeg"),
        (SMALL[:-40], 422, "picture_unacceptable", "not_a_jpeg"),
        (a_jpeg(192, 200), 422, "picture_unacceptable", "not_square"),
        (a_jpeg(191, 191), 422, "picture_unacceptable", "size"),
        (a_jpeg(1025, 1025), 422, "picture_unacceptable", "size"),
        (SMALL + bytes(pictures.MOST_BYTES), 413, "picture_too_large", None),
    ],
    ids=["png", "broken", "not-square", "too-small", "too-wide", "too-large"],
)
async def test_what_is_no_picture_never_leaves(
    bench: Bench, picture: str, content: bytes, status: int, code: str, reason: str | None
) -> None:
    refused = await _put(bench, picture, content)

    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
    assert refused.json()["error"]["details"].get("reason") == reason
    assert bench.office.sim.logged("graph.call", call="uploads") == []


async def test_an_app_without_its_id_has_to_be_given_it(bench: Bench) -> None:
    number = await bench.connect()
    path = f"{NUMBERS}/{number['id']}/profile/picture"

    refused = await _put(bench, path, SMALL)
    await bench.ask("PATCH", f"{CHANNELS}/{number['channel_id']}", 200, {"meta_app_id": APP_ID})
    taken = await _put(bench, path, SMALL)

    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "number_without_app_id")
    assert taken.status_code == 200


async def test_what_meta_refuses_leaves_the_picture_as_it_was(bench: Bench, picture: str) -> None:
    await _put(bench, picture, SMALL)
    bench.office.sim.fault("graph", "error", endpoint="profile", code=80007, times=1)

    refused = await _put(bench, picture, LARGE)

    assert refused.json()["error"]["details"]["meta_code"] == 80007
    assert (await _get(bench, picture)).content == only_pixels(SMALL).content
    assert (await bench.actions()).count("number.picture_changed") == 1


async def test_whoever_only_looks_changes_none(bench: Bench, picture: str) -> None:
    viewer = await somebody(bench.office.runtime, bench.boss.organization_id, role=Role.VIEWER)

    assert (await _put(bench, picture, SMALL, viewer)).status_code == 403


async def test_only_meta_is_asked_for_it_and_not_for_ever(bench: Bench, picture: str) -> None:
    url = (await _put(bench, picture, LARGE)).json()["picture_url"]
    media = bench.office.runtime.ports.media

    for elsewhere in (
        "http://127.0.0.1:9/p.jpg",
        "https://facebook.com.evil.example/p.jpg",
        "file:///etc/hosts",
    ):
        with pytest.raises(MediaUnreachable, match="not Meta's"):
            await media.picture(elsewhere, pictures.MOST_BYTES)
    with pytest.raises(MediaUnreachable, match="too large"):
        await media.picture(url, 100)


async def test_what_meta_shows_is_a_picture_or_nothing(bench: Bench, picture: str) -> None:
    await _put(bench, picture, SMALL)
    world = bench.office.sim.simulator.world
    number = world.accounts.numbers[PHONE_NUMBER_ID]
    page = world.media.add(PHONE_NUMBER_ID, "text/html", b"<script>alert(1)</script>", lives=60)
    number.profile["profile_picture"] = page.id

    refused = await _get(bench, picture)

    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "media_unreachable")
