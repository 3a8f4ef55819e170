"""Pictures of people: pixels and nothing else, seen by whoever knows the address, and by nobody else."""

import secrets
import struct

import asyncpg
import pytest
from fastapi import FastAPI
from httpx import Response

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity import jpeg
from pytake.identity.avatars import MOST_BYTES
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from tests.accounts.people import Browser, a_browser, audited, code_of
from tests.factories import somebody
from tests.factories.pictures import a_jpeg, part

SCRIPT = b"<html><script>alert(1)</script>"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00@\x00\x00\x00@\x08\x02\x00\x00\x00"
GIF = b"GIF89a\x40\x00\x40\x00\x00\x00\x00;"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ZIP = b"PK\x05\x06" + bytes(18)
FRAME = part(0xC0, struct.pack(">BHHB", 8, 64, 64, 1) + b"\x01\x11\x00")
CUT = a_jpeg()[:-2]

HOSTILE = {
    "nothing": b"",
    "a PNG": PNG,
    "a GIF": GIF,
    "a WebP": WEBP,
    "an SVG": SVG,
    "an SVG behind the first two bytes": b"\xff\xd8" + SVG,
    "a page": SCRIPT,
    "a page in front": SCRIPT + a_jpeg(),
    "a page behind": a_jpeg() + SCRIPT,
    "an archive behind": a_jpeg() + ZIP,
    "a picture behind": a_jpeg() + a_jpeg(),
    "two frames": a_jpeg(64, 64, FRAME),
    "an arithmetic frame": a_jpeg().replace(b"\xff\xc0", b"\xff\xc9"),
    "a hierarchical part": a_jpeg(64, 64, part(0xDE, bytes(8))),
    "four colours": a_jpeg().replace(
        FRAME, part(0xC0, struct.pack(">BHHB", 8, 64, 64, 4) + b"\x01\x11\x00" * 4)
    ),
    "twelve bits": a_jpeg().replace(FRAME, part(0xC0, struct.pack(">BHHB", 12, 64, 64, 1) + b"\x01\x11\x00")),
    "no frame": a_jpeg().replace(FRAME, b""),
    "no end": CUT,
    "an end within the pixels": CUT[:-40] + b"\xff\xd9" + CUT[-40:] + b"\xff\xd9",
    "a part longer than the file": b"\xff\xd8\xff\xe0\xff\xff" + a_jpeg()[2:],
    "a part without a length": b"\xff\xd8\xff\xe0\x00\x00" + a_jpeg()[2:],
    "only a beginning": b"\xff\xd8",
    "a hundred scans": CUT + CUT[CUT.index(b"\xff\xda") :] * 100 + b"\xff\xd9",
    "no height": a_jpeg(64, 0),
    "no width": a_jpeg(0, 64),
}


async def _put(browser: Browser, content: bytes) -> Response:
    headers = browser.headers | {"content-type": "image/jpeg"}
    return await browser.client.put("/api/v1/profile/avatar", content=content, headers=headers)


async def test_a_picture_is_shown_wherever_its_person_is(app: FastAPI, runtime: BuiltRuntime) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    async with a_browser(app) as browser, a_browser(app, "203.0.113.4") as stranger:
        browser.headers = boss.headers
        assert (await browser.get("/auth/me")).json()["avatar_url"] is None
        kept = await _put(browser, a_jpeg())

        url = kept.json()["avatar_url"]
        assert url.startswith("/api/v1/avatars/")
        assert (await browser.get("/auth/me")).json()["avatar_url"] == url
        assert (await browser.get("/people/me")).json()["avatar_url"] == url
        assert (await browser.get("/people")).json()["items"][0]["avatar_url"] == url
        assert (await browser.sign_in(boss.email)).json()["user"]["avatar_url"] == url
        shown = await stranger.client.get(url)
        assert (shown.status_code, shown.content) == (200, jpeg.only_pixels(a_jpeg()).content)
    assert await audited(runtime, boss.organization_id) == ["user.avatar_changed", "session.opened"]


async def test_a_browser_takes_it_for_a_picture_only(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        url = (await _put(browser, a_jpeg())).json()["avatar_url"]
        headers = (await browser.client.get(url)).headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, max-age=31536000, immutable"
    assert headers["content-disposition"] == "inline; filename=avatar.jpg"
    assert "default-src 'none'; sandbox" in headers.get_list("content-security-policy")
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_a_new_picture_has_a_new_address_and_the_old_one_is_gone(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        first, second = [(await _put(browser, a_jpeg(size, size))).json()["avatar_url"] for size in (64, 128)]
        assert first != second
        assert code_of(await browser.client.get(first)) == (404, "not_found")
        assert (await browser.client.get(second)).status_code == 200
        removed = await browser.delete("/profile/avatar")
        assert (removed.status_code, removed.json()["avatar_url"]) == (200, None)
        assert code_of(await browser.client.get(second)) == (404, "not_found")
        assert code_of(await browser.delete("/profile/avatar")) == (404, "not_found")
    assert await owner.fetchval("SELECT count(*) FROM avatars") == 0


async def test_what_else_was_in_it_is_left_out(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)
    told = [part(0xE1, b"Exif\0\0 23.5505 S, 46.6333 W"), part(0xFE, SCRIPT), part(0xEF, ZIP)]
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        kept = await _put(browser, a_jpeg(64, 64, *told))
        assert kept.status_code == 200, kept.text
        content = (await browser.client.get(kept.json()["avatar_url"])).content
    assert content == jpeg.only_pixels(a_jpeg()).content
    assert not any(word in content for word in (b"Exif", b"script", b"PK"))


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
async def test_what_is_no_picture_is_refused(app: FastAPI, runtime: BuiltRuntime, content: bytes) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        refused = await _put(browser, content)
        assert code_of(refused) == (422, "avatar_unacceptable"), refused.text
        assert refused.json()["error"]["details"]["reason"] == "not_a_jpeg"
        assert (await browser.get("/auth/me")).json()["avatar_url"] is None


@pytest.mark.parametrize(
    ("width", "height", "reason"),
    [
        (31, 31, "size"),
        (513, 513, "size"),
        (65_535, 65_535, "size"),
        (64, 65, "not_square"),
        (65_535, 1, "not_square"),
    ],
)
async def test_its_size_is_what_it_says(
    app: FastAPI, runtime: BuiltRuntime, width: int, height: int, reason: str
) -> None:
    """Announced sizes are believed: no decoder here is asked to make room for them."""
    ana = await somebody(runtime)
    claimed = a_jpeg().replace(struct.pack(">HH", 64, 64), struct.pack(">HH", height, width))
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        refused = await _put(browser, claimed)
    assert code_of(refused) == (422, "avatar_unacceptable")
    assert refused.json()["error"]["details"] == {"reason": reason, "smallest": 32, "largest": 512}


async def test_it_is_small(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)
    tables = part(0xDB, b"\0" + b"\x01" * 64)
    full = a_jpeg(64, 64, *[tables] * ((MOST_BYTES - 1_000) // len(tables)))
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        assert (await _put(browser, full)).status_code == 200
        refused = await _put(browser, full + bytes(MOST_BYTES))
    assert code_of(refused) == (413, "avatar_too_large")


async def test_an_address_is_guessed_by_nobody(app: FastAPI, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        url = (await _put(browser, a_jpeg())).json()["avatar_url"]
        address = url.rpartition("/")[2]
        assert len(address) == 43
        assert code_of(await browser.get(f"/avatars/{secrets.token_urlsafe(32)}")) == (404, "not_found")
        for guess in (
            str(ana.id),
            address[:-1],
            address + "A",
            address[:-1] + "%00",
            "..",
            f"{address}' OR '1",
        ):
            assert (await browser.get(f"/avatars/{guess}")).status_code in {404, 422}, guess


async def test_the_wall_stands_before_pictures(app: FastAPI, runtime: BuiltRuntime) -> None:
    """Whoever works elsewhere finds no picture by any question, and changes none."""
    ana, elsewhere = await somebody(runtime), await somebody(runtime, role=Role.ORG_ADMIN)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        url = (await _put(browser, a_jpeg())).json()["avatar_url"]
        browser.headers = elsewhere.headers
        assert (await browser.get(f"/people/{ana.id}")).status_code == 404
        assert code_of(await browser.delete("/profile/avatar")) == (404, "not_found")
        assert (await browser.client.get(url)).status_code == 200, "known by its address"
    for organization_id in (elsewhere.organization_id, new_id()):
        async with runtime.work(organization_id) as work:
            work.unaudited("a test")
            assert await work.fetch("SELECT id FROM avatars") == []
            assert await work.fetch("UPDATE avatars SET content = '' RETURNING id") == []
            assert await work.fetch("DELETE FROM avatars RETURNING id") == []


async def test_whoever_leaves_takes_their_picture_along(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    ana = await somebody(runtime, boss.organization_id)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        url = (await _put(browser, a_jpeg())).json()["avatar_url"]
        browser.headers = boss.headers
        assert (await browser.delete(f"/people/{ana.id}")).status_code == 204
        assert (await browser.client.get(url)).status_code == 404
    assert await owner.fetchval("SELECT avatar_url FROM users WHERE id = $1", ana.id) is None


async def test_strangers_have_none(app: FastAPI, runtime: BuiltRuntime) -> None:
    async with a_browser(app) as browser:
        assert (await _put(browser, a_jpeg())).status_code == 401
        assert (await browser.delete("/profile/avatar")).status_code == 401
