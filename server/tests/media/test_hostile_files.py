"""Two hundred files that mean harm: none of them is ever anything but pixels, sound, or bytes to download."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
from PIL import Image

from pytake.media import sniffing
from simulator.samples import SAMPLES
from tests.media.conftest import Desk

PHOTO = SAMPLES["photo"].read()
VOICE = SAMPLES["voice"].read()
STICKER = SAMPLES["sticker"].read()
PDF = SAMPLES["document"].read()
HTML = b"<!DOCTYPE html><html><body><script>alert(document.domain)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
JS = b"alert(document.cookie)//"
NAMES = [
    "../../etc/passwd",
    "..\\..\\windows\\system32\\cmd.exe",
    "\u202egpj.exe",
    "a\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
    '";filename="x.html',
    "a" * 5000 + ".html",
    "<img src=x onerror=alert(1)>.jpg",
    ".htaccess",
    "\ud800x.pdf",
    "CON",
    "a/b/c.svg",
    "%2e%2e%2fpasswd",
    "\u0000.html",
    "   ",
]


def _chunk(name: bytes, said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))


def a_png(width: int, height: int, pixels: bytes = b"") -> bytes:
    frame = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", frame)
        + _chunk(b"IDAT", zlib.compress(pixels))
        + _chunk(b"IEND", b"")
    )


def a_bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.txt", b"0" * 1_000_000)
    return written.getvalue()


def with_place() -> bytes:
    """A photo that says where it was taken."""
    written = io.BytesIO()
    picture = Image.new("RGB", (600, 600), "orange")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (23.0, 33.0, 0.0), 3: "W", 4: (46.0, 38.0, 0.0)})
    picture.save(written, "JPEG", exif=exif)
    return written.getvalue()


CONTENTS: dict[str, bytes] = {
    "a page": HTML,
    "a page behind spaces": b" \n\t" * 300 + HTML,
    "a page behind a mark": b"\xef\xbb\xbf" + HTML,
    "a page in UTF-16": HTML.decode().encode("utf-16"),
    "an SVG": SVG,
    "an SVG with a prolog": b'<?xml version="1.0"?>' + SVG,
    "a script": JS,
    "a photo, then a page": PHOTO + HTML,
    "a page in a photo's comment": PHOTO[:2]
    + b"\xff\xfe"
    + struct.pack(">H", len(HTML) + 2)
    + HTML
    + PHOTO[2:],
    "the first bytes of a photo, then a page": b"\xff\xd8\xff" + HTML,
    "the first bytes of a PNG, then an SVG": b"\x89PNG\r\n\x1a\n" + SVG,
    "a GIF that is a script": b"GIF89a/*" + bytes(20) + b"*/=1;" + JS,
    "a WebP that is a page": b"RIFF\x40\x00\x00\x00WEBP" + HTML,
    "sound, then a page": VOICE + HTML,
    "an Ogg that is a film": b"OggS" + bytes(24) + b"\x80theora" + HTML,
    "a song that is a page": b"ID3" + HTML,
    "a film that is a page": b"\x00\x00\x00\x18ftypisom" + HTML,
    "50,000 by 50,000 pixels": a_png(50_000, 50_000),
    "100,000 by 1,000 pixels, all there": a_png(100_000, 1_000, bytes(1000)),
    "no pixels": a_png(0, 0),
    "more pixels than there are": a_png(2**31 - 1, 2**31 - 1),
    "a PNG that breaks off": a_png(100, 100)[:40],
    "a photo that breaks off": PHOTO[:1000],
    "a sticker that breaks off": STICKER[:200],
    "an archive that swells": a_bomb(),
    "a document with macros": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a PDF with a script": PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (app) >>"),
    "a PDF, then a page": PDF + HTML,
    "a program": b"MZ" + bytes(500),
    "another program": b"\x7fELF" + bytes(500),
    "a page for offices": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML,
    "flash": b"CWS\x0a" + bytes(100),
    "a stylesheet": b"body{background:url(javascript:alert(1))}",
    "one byte": b"<",
    "nothing but zeros": bytes(4096),
    "nothing but ones": b"\xff" * 4096,
}
CLAIMS = (
    ("image", "image/jpeg"),
    ("image", "image/svg+xml"),
    ("document", "text/html"),
    ("document", "text/html; charset=utf-7"),
    ("audio", "audio/ogg; codecs=opus"),
    ("video", "text/javascript"),
    ("sticker", "image/webp"),
)


def hostile() -> Iterator[tuple[str, str, bytes, str]]:
    """Kind, claimed type, bytes and name; what is larger than its kind may be is another test's."""
    numbered = 0
    for content in CONTENTS.values():
        for kind, mime_type in CLAIMS:
            yield kind, mime_type, content, NAMES[numbered % len(NAMES)]
            numbered += 1


async def test_none_of_two_hundred_hostile_files_is_ever_run_or_breaks_anything(desk: Desk) -> None:
    files = list(hostile())
    assert len(files) >= 200
    for kind, mime_type, content, name in files:
        await desk.maria.sends_file(kind, content, mime_type, filename=name)
    await desk.office.until(
        "SELECT count(*) = $1 FROM attachments WHERE state <> 'waiting'", len(files), patience=90
    )
    assert await desk.office.count("SELECT count(*) FROM attachments WHERE state = 'stored'") == len(files)

    shown = served = 0
    for at in range(0, len(files), 100):
        ids = [
            str(row["message_id"])
            for row in await desk.office.rows(
                "SELECT message_id FROM attachments ORDER BY message_id OFFSET $1 LIMIT 100", at
            )
        ]
        for links in await desk.links(*ids):
            for way in ("url", "thumbnail_url", "download_url"):
                if links[way] is None:
                    continue
                answer = await desk.client.get(links[way])
                served += 1
                shown += way != "download_url"
                assert answer.status_code == 200, answer.text
                assert is_harmless(answer.headers, way), (links[way], answer.headers)
    assert served > 200
    assert shown > 0
    listed = await desk.get(f"/api/v1/conversations/{await desk.conversation()}/messages?limit=100")
    assert listed.status_code == 200


def is_harmless(headers: httpx.Headers, way: str) -> bool:
    told = {name.lower(): value for name, value in headers.multi_items()}
    policies = [value for name, value in headers.multi_items() if name == "content-security-policy"]
    is_inline = told["content-disposition"].startswith("inline;")
    allowed = sniffing.SHOWN if is_inline else {sniffing.BYTES}
    return (
        told["content-type"] in allowed
        and told["x-content-type-options"] == "nosniff"
        and any("sandbox" in policy and "default-src 'none'" in policy for policy in policies)
        and (is_inline or way == "download_url")
        and not set(told["content-disposition"]) & set("\r\n")
        and told["cache-control"].startswith("private")
    )


async def test_a_small_picture_of_a_photo_says_nothing_of_where_it_was_taken(desk: Desk) -> None:
    await desk.maria.sends_file("image", with_place(), "image/jpeg")
    await desk.until_stored()
    (message,) = await desk.messages()
    (links,) = await desk.links(message["id"])

    thumbnail = await desk.client.get(links["thumbnail_url"])

    with Image.open(io.BytesIO(thumbnail.content)) as picture:
        assert (picture.format, max(picture.size), dict(picture.getexif())) == ("WEBP", 480, {})


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/media/files/x/y",
        f"/api/v1/media/files/{'A' * 71}/file",
        f"/api/v1/media/files/{'_' * 71}/..%2f..%2fsecret.key",
        f"/api/v1/media/files/{UUID(int=7)}/file",
    ],
)
async def test_an_invented_link_leads_nowhere(desk: Desk, path: str) -> None:
    assert (await desk.client.get(path)).status_code in {404, 422}
