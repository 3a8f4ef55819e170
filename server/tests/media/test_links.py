"""Links: for one file, in one way, for a while; and the parts that players ask for."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from pytake.adapters.secrets.keyed_digests import KeyedDigests
from pytake.kit.ids import new_id
from pytake.media import links
from pytake.media.errors import LinkExpired
from pytake.media.links import LIVES, PLACE, Showing, Signer, safe_name
from pytake.media.ranges import Part, Unsatisfiable, part_of
from pytake.media.types import MediaFile
from simulator.samples import SAMPLES
from tests.media.conftest import Desk

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
DIGESTS = KeyedDigests("a" * 32)
ORGANIZATION = new_id()
FILE = MediaFile(new_id(), "0" * 64, 1, "image/jpeg")
VOICE = SAMPLES["voice"].read()


def apart(url: str | None) -> tuple[str, str]:
    token, _, name = (url or "").removeprefix(PLACE).partition("/")
    return token, unquote(name)


def test_a_link_says_what_it_is_for_and_for_how_long() -> None:
    signer = Signer(DIGESTS, ORGANIZATION, NOW)
    made = signer.of_message(new_id(), FILE, "pão.jpg")

    for url, showing in ((made.url, Showing.INLINE), (made.download_url, Showing.DOWNLOAD)):
        token, name = apart(url)
        assert name == "pão.jpg"
        assert links.read(DIGESTS, token, name, NOW) == (ORGANIZATION, FILE.id, showing)
        links.read(DIGESTS, token, name, signer.expires_at - timedelta(seconds=1))
        with pytest.raises(LinkExpired):
            links.read(DIGESTS, token, name, signer.expires_at)
    assert NOW + timedelta(seconds=LIVES) <= signer.expires_at <= NOW + timedelta(seconds=1.5 * LIVES)


def test_the_same_link_is_given_for_a_while() -> None:
    one, soon = (Signer(DIGESTS, ORGANIZATION, NOW + timedelta(minutes=minute)) for minute in (0, 10))

    assert one.of_message(ORGANIZATION, FILE, None) == soon.of_message(ORGANIZATION, FILE, None)


def test_whoever_changes_any_of_it_breaks_it() -> None:
    token, name = apart(Signer(DIGESTS, ORGANIZATION, NOW).of_message(new_id(), FILE, "a.pdf").download_url)

    for place, letter in enumerate(token[:-1]):
        other = "A" if letter != "A" else "B"
        with pytest.raises(LinkExpired):
            links.read(DIGESTS, token[:place] + other + token[place + 1 :], name, NOW)
    for changed in ("a.html", "", "a.pdf "):
        with pytest.raises(LinkExpired):
            links.read(DIGESTS, token, changed, NOW)
    with pytest.raises(LinkExpired):
        links.read(KeyedDigests("b" * 32), token, name, NOW)
    assert links.read(KeyedDigests("b" * 32, "a" * 32), token, name, NOW)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cardápio.pdf", "cardápio.pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("a\\b:c*d?.txt", "a b c d .txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\r\nb\x00.txt", "a b .txt"),
        ("...", ""),
        (None, ""),
        ("x" * 300 + ".pdf", "x" * 108 + ".pdf"),
        ("y" * 300, "y" * 120),
    ],
)
def test_a_name_is_one_line_and_no_path(given: str | None, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (None, None),
        ("bytes=0-", Part(0, 1000)),
        ("bytes=10-19", Part(10, 10)),
        ("bytes=990-5000", Part(990, 10)),
        ("bytes=-10", Part(990, 10)),
        ("bytes=-5000", Part(0, 1000)),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=" + "9" * 30 + "-", None),
    ],
)
def test_parts(asked: str | None, part: Part | None) -> None:
    assert part_of(asked, 1000) == part


@pytest.mark.parametrize("asked", ["bytes=1000-", "bytes=-0", "bytes=5000-6000"])
def test_parts_behind_the_end(asked: str) -> None:
    with pytest.raises(Unsatisfiable):
        part_of(asked, 1000)


@pytest.fixture
async def voice(desk: Desk) -> dict[str, Any]:
    await desk.maria.sends_sample("voice")
    await desk.until_stored()
    (message,) = await desk.messages()
    (found,) = await desk.links(message["id"])
    return found


async def test_a_player_gets_the_part_it_asks_for(desk: Desk, voice: dict[str, Any]) -> None:
    whole = await desk.client.get(voice["url"])
    part = await desk.client.get(voice["url"], headers={"range": "bytes=100-199"})
    end = await desk.client.get(voice["url"], headers={"range": "bytes=-50"})
    behind = await desk.client.get(voice["url"], headers={"range": f"bytes={len(VOICE)}-"})
    other = {"range": "bytes=0-9", "if-range": '"another"'}

    assert (whole.status_code, whole.content, whole.headers["accept-ranges"]) == (200, VOICE, "bytes")
    assert (part.status_code, part.content) == (206, VOICE[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(VOICE)}"
    assert end.content == VOICE[-50:]
    assert (behind.status_code, behind.headers["content-range"]) == (416, f"bytes */{len(VOICE)}")
    assert (await desk.client.get(voice["url"], headers=other)).content == VOICE


async def test_a_file_that_is_gone_is_not_found(desk: Desk, voice: dict[str, Any]) -> None:
    for path in desk.office.settings.files_folder().rglob("*"):
        if path.is_file():
            path.unlink()

    answer = await desk.client.get(voice["url"])

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "file_missing")
    await desk.office.owner.execute("DELETE FROM media_files")
    assert (await desk.client.get(voice["url"])).status_code == 404


async def test_a_link_is_not_told_to_the_log(desk: Desk, voice: dict[str, Any]) -> None:
    from starlette.requests import Request

    from pytake.http.request_records import path_told

    token, _ = apart(voice["url"])
    scope = {"type": "http", "path": voice["url"], "path_params": {"media_token": token}}

    assert token not in path_told(Request(scope).scope)
