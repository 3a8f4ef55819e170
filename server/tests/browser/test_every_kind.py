"""Every kind of message: written by the API, judged by WhatsApp, seen in the thread, ticked until read."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import uuid4

import av
import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from pytake.entrypoints.demo.account import WABA_ID
from simulator.samples import SAMPLES
from tests.browser.axe import assert_accessible
from tests.browser.kinds import FILE, KINDS, Json, Kind
from tests.browser.looks import SIZES, fits, look
from tests.browser.template_kinds import CODE, COMPONENTS, LANGUAGE, MARKETING, TEMPLATES
from tests.media.test_sending_files import recorded

pytestmark = pytest.mark.timeout(300)

PATIENCE = 30_000
SECONDS = 30.0
NAME = "Vera Prado"
ALL = {
    **KINDS,
    **{f"template {name}": kind for name, kind in TEMPLATES.items()},
    "answer": Kind("text", {"text": "Às sete."}, {"body": "Às sete."}, ("Às sete.",)),
}
LOOKED_AT = (
    "image",
    "location",
    "buttons",
    "form",
    "products",
    "cards with replies",
    "cards of products",
    "template words",
    "template place",
    "template cards",
    "template offer",
)
"""Bubbles whose surroundings are worth a picture."""


@dataclass
class Desk:
    """A customer who has written, and whoever answers by the API."""

    api: httpx.AsyncClient
    meta: httpx.AsyncClient
    wa_id: str
    began: int
    """Where the simulator's log stood."""
    conversation_id: str = ""

    @property
    def path(self) -> str:
        return f"/conversations/{self.conversation_id}/messages"

    async def write(self, kind: Kind, **more: Any) -> str:
        body = {"type": kind.type, "content": kind.content, **more}
        answer = await self.api.post(self.path, json=body)
        assert answer.status_code == 201, (kind, answer.text)
        return str(answer.json()["id"])

    async def log(self) -> list[Json]:
        asked = {"after": self.began, "limit": 5000}
        records: list[Json] = (await self.meta.get("/_simulator/log", params=asked)).json()["records"]
        return records

    async def asked(self, *message_ids: str) -> dict[str, Json]:
        """What WhatsApp has accepted of these, once it has all of them; it has refused nothing."""
        async with asyncio.timeout(SECONDS):
            while True:
                log = await self.log()
                assert [each for each in log if each["kind"] == "graph.refused"] == []
                taken = {
                    each["callback_data"].partition(".")[0]: each["body"]
                    for each in log
                    if each["kind"] == "graph.accepted" and each["to"] == self.wa_id
                }
                if set(message_ids) <= taken.keys():
                    return taken
                await asyncio.sleep(0.1)

    async def heard(self) -> Json:
        """What the customer wrote, once it is here."""
        async with asyncio.timeout(SECONDS):
            while True:
                found = (await self.api.get("/conversations", params={"q": NAME})).json()["items"]
                for talk in found:
                    if talk["contact"]["phone"] == f"+{self.wa_id}":
                        self.conversation_id = talk["id"]
                        said: Json = (await self.api.get(self.path)).json()["items"][0]
                        return said
                await asyncio.sleep(0.1)


@pytest.fixture
async def desk(pytake: dict[str, Any]) -> AsyncIterator[Desk]:
    async with (
        httpx.AsyncClient(base_url=f"{pytake['url']}/api/v1", timeout=30) as api,
        httpx.AsyncClient(base_url=pytake["phone"], timeout=30) as meta,
    ):
        login = {"email": pytake["email"], "password": pytake["password"]}
        token = (await api.post("/auth/login", json=login)).raise_for_status().json()["access_token"]
        api.headers["authorization"] = f"Bearer {token}"
        wa_id = f"55119{uuid4().int % 10**8:08}"
        person = {"wa_id": wa_id, "name": NAME}
        (await meta.post("/_simulator/customers", json=person)).raise_for_status()
        yield Desk(api, meta, wa_id, (await meta.get("/_simulator/log")).json()["last"])


async def test_every_kind_is_sent_judged_seen_and_read(
    browser: Browser, pytake: dict[str, Any], desk: Desk, tmp_path: Path
) -> None:
    await asyncio.gather(_have_templates(desk), _says(desk, "Bom dia! Vocês abrem hoje?"))
    said = await desk.heard()
    page = await _open(browser, pytake, desk)
    complaints: list[str] = []
    page.context.on("weberror", lambda error: complaints.append(str(error.error)))

    await _types(desk, said["whatsapp_message_id"])
    files = await _upload(desk, tmp_path)
    written = {
        name: await desk.write(
            _with_file(kind, files), **({"reply_to": said["id"]} if name == "answer" else {})
        )
        for name, kind in ALL.items()
    }

    taken = await desk.asked(*written.values())
    for name, kind in ALL.items():
        assert _without_ids(taken[written[name]]) == kind.asked, name
    assert taken[written["answer"]]["context"] == {"message_id": said["whatsapp_message_id"]}
    for name, kind in ALL.items():
        await _is_seen(_bubble(page, written[name]), kind)
    quote = _bubble(page, written["answer"]).get_by_title("Ir para a mensagem citada")
    await expect(quote).to_contain_text("Vocês abrem hoje?")
    await _has_pictures(page, written)
    await expect(page.get_by_text("Parado", exact=True)).to_be_visible()

    await _reacts(page, desk, said)
    for message_id in written.values():
        await expect(_tick(page, message_id, "Entregue")).to_be_visible(timeout=PATIENCE)
    (await desk.meta.post(f"/_simulator/customers/{desk.wa_id}/look", json={})).raise_for_status()
    for message_id in written.values():
        await expect(_tick(page, message_id, "Lida")).to_be_visible(timeout=PATIENCE)
    await _answers(page, desk)
    await _cards_move(page, written["cards with replies"])
    for name in LOOKED_AT:
        await _bubble(page, written[name]).scroll_into_view_if_needed()
        await look(page, f"kinds-{name}")
    await assert_accessible(page)
    assert complaints == []
    await page.context.close()


async def _have_templates(desk: Desk) -> None:
    """Meta has them, approved; PyTake has read them."""
    for name, components in COMPONENTS.items():
        template = {
            "waba_id": WABA_ID,
            "name": name,
            "language": LANGUAGE,
            "category": _category(name),
            "components": components,
        }
        (await desk.meta.put("/_simulator/templates", json=template)).raise_for_status()
    (await desk.api.post("/templates/sync", json={})).raise_for_status()
    async with asyncio.timeout(SECONDS):
        while True:
            known = (await desk.api.get("/templates", params={"limit": 100})).json()["items"]
            if COMPONENTS.keys() <= {each["name"] for each in known}:
                return
            await asyncio.sleep(0.1)


def _category(name: str) -> str:
    if name in MARKETING:
        return "MARKETING"
    return "AUTHENTICATION" if name == CODE else "UTILITY"


async def _says(desk: Desk, text: str) -> None:
    message = {"do": "text", "text": text}
    (await desk.meta.post(f"/_simulator/customers/{desk.wa_id}/messages", json=message)).raise_for_status()


async def _open(browser: Browser, pytake: dict[str, Any], desk: Desk) -> Page:
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    page = await context.new_page()
    await page.goto(f"{pytake['url']}/conversations/{desk.conversation_id}")
    await page.get_by_label("E-mail").fill(pytake["email"])
    await page.get_by_label("Senha", exact=True).fill(pytake["password"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name=NAME)).to_be_visible(timeout=PATIENCE)
    return page


async def _types(desk: Desk, wamid: str) -> None:
    """The customer sees that it is read, and that somebody writes."""
    read = await desk.api.post(f"/conversations/{desk.conversation_id}/read", json={"typing": True})
    assert read.status_code == 204, read.text
    async with asyncio.timeout(SECONDS):
        while not any(
            each["kind"] == "graph.read" and each["wamid"] == wamid and each["typing"]
            for each in await desk.log()
        ):
            await asyncio.sleep(0.1)
    chat = (await desk.meta.get(f"/_simulator/customers/{desk.wa_id}/chat")).json()
    assert chat["messages"][0]["status"] == "read"


async def _upload(desk: Desk, folder: Path) -> dict[str, str]:
    """The ids of a file of each kind."""
    sound = await asyncio.to_thread(recorded, folder / "a.mp3", "mp3", "libmp3lame")
    files: dict[str, tuple[str, str, bytes]] = {
        "image": ("image", "image/jpeg", SAMPLES["photo"].read()),
        "video": ("video", "video/mp4", await asyncio.to_thread(_film)),
        "audio": ("audio", "audio/mpeg", sound),
        "voice": ("audio", "audio/mpeg", sound),
        "document": ("document", "application/pdf", SAMPLES["document"].read()),
        "sticker": ("sticker", "image/webp", SAMPLES["sticker"].read()),
    }
    ids = {}
    for name, (kind, mime_type, content) in files.items():
        asked = {"kind": kind, "voice": "true" if name == "voice" else "false"}
        answer = await desk.api.post(
            "/media", params=asked, content=content, headers={"content-type": mime_type}
        )
        assert answer.status_code == 201, (name, answer.text)
        ids[name] = answer.json()["id"]
    return ids


def _film() -> bytes:
    """Half a second of grey."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as film:
        stream = film.add_stream("libx264", rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for at in range(5):
            frame = av.VideoFrame(320, 240, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([128]) * plane.buffer_size)
            frame.pts, frame.time_base = at, Fraction(1, 10)
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return written.getvalue()


def _with_file(kind: Kind, files: dict[str, str]) -> Kind:
    named = kind.content.get("media_file_id")
    if named is None:
        return kind
    return Kind(kind.type, {**kind.content, "media_file_id": files[named]}, kind.asked)


def _without_ids(body: Json) -> Any:
    said = body[body["type"]]
    if body["type"] in {"image", "video", "audio", "document", "sticker"}:
        assert said["id"]
        return {**said, "id": FILE}
    return said


def _bubble(page: Page, message_id: str) -> Locator:
    return page.locator(f"#message-{message_id}")


def _tick(page: Page, message_id: str, label: str) -> Locator:
    return _bubble(page, message_id).get_by_role("img", name=label, exact=True)


async def _is_seen(bubble: Locator, kind: Kind) -> None:
    await expect(bubble).to_be_visible(timeout=PATIENCE)
    for words in kind.shown:
        await expect(bubble).to_contain_text(words)
    if kind.has:
        await expect(bubble.locator(kind.has).first).to_be_visible(timeout=PATIENCE)


async def _has_pictures(page: Page, written: dict[str, str]) -> None:
    for name in ("image", "sticker"):
        bubble = _bubble(page, written[name])
        await bubble.scroll_into_view_if_needed()
        await expect(bubble.locator("img")).not_to_have_js_property("naturalWidth", 0, timeout=PATIENCE)


async def _answers(page: Page, desk: Desk) -> None:
    """The customer taps a card, and permits calls."""
    for tapped, shown in (("fubá", "Quero"), ("accept", "Permitiu ligações até")):
        tap = {"do": "tap", "id": tapped}
        (await desk.meta.post(f"/_simulator/customers/{desk.wa_id}/messages", json=tap)).raise_for_status()
        theirs = page.locator("[data-direction=inbound]").last
        await expect(theirs).to_contain_text(shown, timeout=PATIENCE)
    await expect(page.get_by_role("link", name=NAME)).to_contain_text("Permitiu ligações")


async def _cards_move(page: Page, message_id: str) -> None:
    """Sideways within their message, on a phone too, and the page stays where it is."""
    deck = _bubble(page, message_id).get_by_role("region", name="Cartões")
    before = page.viewport_size
    await page.set_viewport_size(SIZES["phone"])
    await deck.scroll_into_view_if_needed()
    moved = await deck.evaluate("deck => (deck.scrollLeft = 9999, deck.scrollLeft)")
    assert moved > 0
    assert await fits(page)
    if before:
        await page.set_viewport_size(before)


async def _reacts(page: Page, desk: Desk, said: Json) -> None:
    """A reaction hangs on what it is about, and comes off again."""
    theirs = _bubble(page, said["id"])
    for emoji in ("👍", ""):
        reaction = Kind("reaction", {"message_id": said["id"], "emoji": emoji}, {})
        message_id = await desk.write(reaction)
        taken = await desk.asked(message_id)
        asked = {"message_id": said["whatsapp_message_id"], "emoji": emoji}
        assert taken[message_id]["reaction"] == asked
        hanging = theirs.get_by_title("Reações")
        await (expect(hanging).to_have_text(emoji) if emoji else expect(hanging).to_be_hidden())
    chat = (await desk.meta.get(f"/_simulator/customers/{desk.wa_id}/chat")).json()
    assert chat["messages"][0]["reactions"] == {}
