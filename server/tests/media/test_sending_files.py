"""Files of ours: checked and mended when they come, uploaded before they are sent, then known to Meta."""

import array
import asyncio
import io
import math
from pathlib import Path
from uuid import uuid4

import av
import pytest
from PIL import Image

from pytake.identity.types import Role
from simulator.samples import SAMPLES
from simulator.testing import RunningSimulator
from tests.media.conftest import Desk, uploaded, written
from tests.media.test_hostile_files import HTML, a_png, with_place

PHOTO = SAMPLES["photo"].read()
PDF = SAMPLES["document"].read()


def recorded(path: Path, container: str, codec: str, layout: str = "mono") -> bytes:
    """Two seconds of a tone, as a browser records it."""
    rate, size = 48_000, 960
    with av.open(str(path), "w", format=container) as written:
        said = written.add_stream(codec, rate=rate)
        assert isinstance(said, av.AudioStream)
        said.layout = layout
        for at in range(0, 2 * rate, size):
            frame = av.AudioFrame(format="s16", layout=layout, samples=size)
            frame.sample_rate, frame.pts = rate, at
            wave = [int(8000 * math.sin((at + step) * 0.05)) for step in range(size)]
            plain = array.array("h", [level for level in wave for _ in range(len(frame.layout.channels))])
            plane = frame.planes[0]
            plane.update(plain.tobytes().ljust(plane.buffer_size, b"\0"))
            written.mux(said.encode(frame))
        written.mux(said.encode(None))
    return path.read_bytes()


async def test_a_photo_is_uploaded_once_and_sent_by_its_id(talk: Desk, sim: RunningSimulator) -> None:
    answer = await uploaded(talk, PHOTO, "image/jpeg", kind="image", file_name="vitrine.jpg")
    assert answer.status_code == 201, answer.text
    file = answer.json()
    assert (file["mime_type"], file["width"], file["height"]) == ("image/jpeg", 960, 720)
    assert (await talk.client.get(file["thumbnail_url"])).status_code == 200

    for _ in range(2):
        answer = await written(talk, "image", media_file_id=file["id"], caption="A vitrine")
        assert answer.status_code == 201, answer.text
        heard = await talk.maria.hears()
        assert heard["body"]["image"]["caption"] == "A vitrine"
        assert sim.simulator.world.media.find(heard["body"]["image"]["id"])

    assert len(sim.logged("graph.call", call="media_upload")) == 1
    messages = await talk.messages()
    assert [message["media"]["state"] for message in messages[1:]] == ["stored", "stored"]
    assert len(await talk.links(*(message["id"] for message in messages))) == 2


async def test_an_id_that_is_too_old_is_made_anew(talk: Desk, sim: RunningSimulator) -> None:
    file = (await uploaded(talk, PDF, "application/pdf", kind="document", file_name="nota.pdf")).json()
    await written(talk, "document", media_file_id=file["id"], filename="nota.pdf")
    first = await talk.maria.hears()
    await talk.office.owner.execute("UPDATE media_uploads SET expires_at = now()")

    await written(talk, "document", media_file_id=file["id"], filename="nota.pdf")
    second = await talk.maria.hears()

    assert first["body"]["document"]["id"] != second["body"]["document"]["id"]
    assert second["body"]["document"]["filename"] == "nota.pdf"


async def test_an_upload_that_fails_is_tried_again_and_nothing_is_sent_twice(
    talk: Desk, sim: RunningSimulator
) -> None:
    sim.fault("graph", "error", endpoint="media_upload", code=131000, times=2)
    file = (await uploaded(talk, PHOTO, "image/jpeg", kind="image")).json()

    await written(talk, "image", media_file_id=file["id"])
    await talk.maria.hears(patience=40)
    await talk.office.settled()

    assert len(sim.logged("graph.accepted")) == 1


async def test_what_meta_refuses_fails_with_its_reason(talk: Desk, sim: RunningSimulator) -> None:
    sim.fault("graph", "error", endpoint="media_upload", code=131053)
    file = (await uploaded(talk, PHOTO, "image/jpeg", kind="image")).json()

    await written(talk, "image", media_file_id=file["id"])

    await talk.office.until("SELECT count(*) = 1 FROM messages WHERE status = 'failed'")
    assert await talk.office.count("SELECT count(*) FROM messages WHERE error_code = 131053") == 1


@pytest.mark.parametrize(
    ("container", "codec", "layout"),
    [
        ("webm", "libopus", "mono"),
        ("webm", "libopus", "stereo"),
        ("ogg", "libopus", "mono"),
        ("mp3", "libmp3lame", "mono"),
    ],
)
async def test_a_recording_is_sent_as_a_voice(
    talk: Desk, sim: RunningSimulator, tmp_path: Path, container: str, codec: str, layout: str
) -> None:
    content = await asyncio.to_thread(recorded, tmp_path / f"a.{container}", container, codec, layout)
    answer = await uploaded(talk, content, f"audio/{container}", kind="audio", voice="true")
    assert answer.status_code == 201, answer.text
    file = answer.json()
    assert file["mime_type"] == "audio/ogg"

    await written(talk, "audio", media_file_id=file["id"], voice=True)
    heard = await talk.maria.hears()

    kept = sim.simulator.world.media.find(heard["body"]["audio"]["id"])
    assert kept is not None
    with av.open(io.BytesIO(sim.simulator.world.media.read(kept)), "r") as voice:
        stream = voice.streams.audio[0]
        seconds = sum(frame.samples / frame.sample_rate for frame in voice.decode(stream))
        assert (voice.format.name, stream.codec_context.name, stream.channels) == ("ogg", "opus", 1)
        assert 1.9 <= seconds <= 2.1
    assert heard["body"]["audio"]["voice"] is True


async def test_where_a_photo_was_taken_is_not_passed_on(talk: Desk) -> None:
    answer = await uploaded(talk, with_place(), "image/jpeg", kind="image")
    shown = await talk.client.get(answer.json()["download_url"])

    with Image.open(io.BytesIO(shown.content)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (600, 600), {})


@pytest.mark.parametrize(
    ("content", "mime_type", "kind", "status", "code"),
    [
        (b"", "image/jpeg", "image", 422, "file_empty"),
        (HTML, "image/jpeg", "image", 422, "whatsapp_message_malformed"),
        (HTML, "text/html", "document", 422, "whatsapp_message_malformed"),
        (PHOTO, "image/jpeg", "video", 422, "whatsapp_message_malformed"),
        (PHOTO, "image/webp", "sticker", 422, "whatsapp_message_malformed"),
        (a_png(50_000, 50_000), "image/png", "image", 422, "image_unreadable"),
        (PHOTO[:2000], "image/jpeg", "image", 422, "image_unreadable"),
        (b"\xff\xd8\xff" + bytes(5 * 1024 * 1024), "image/jpeg", "image", 413, "file_too_large"),
        (
            b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(101 * 1024),
            "image/webp",
            "sticker",
            422,
            "whatsapp_limit_exceeded",
        ),
        (b"no sound", "audio/webm", "audio", 422, "whatsapp_message_malformed"),
    ],
)
async def test_what_whatsapp_does_not_take_is_refused_by_name(
    desk: Desk, content: bytes, mime_type: str, kind: str, status: int, code: str
) -> None:
    answer = await uploaded(desk, content, mime_type, kind=kind)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert await desk.office.count("SELECT count(*) FROM media_files") == 0


async def test_a_recording_that_is_none_is_refused(desk: Desk) -> None:
    answer = await uploaded(desk, b"no sound at all", "audio/webm", kind="audio", voice="true")

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "voice_unreadable")


async def test_the_limits_are_told_before_anything_is_uploaded(desk: Desk) -> None:
    told = (await desk.get("/api/v1/media/limits")).json()
    kinds = {kind.pop("kind"): kind for kind in told["kinds"]}
    assert told["max_caption_length"] == 1024
    assert kinds["image"] == {
        "max_bytes": 5 * 1024 * 1024,
        "mime_types": ["image/jpeg", "image/png"],
        "takes_caption": True,
    }
    captioned = {kind for kind, limits in kinds.items() if limits["takes_caption"]}
    assert captioned == {"image", "video", "document"}

    most = kinds["sticker"]["max_bytes"]
    answer = await uploaded(desk, bytes(most + 1), "image/webp", kind="sticker")
    assert answer.json()["error"]["details"] == {"limit": most}
    nobody = await desk.client.get("/api/v1/media/limits", headers=await desk.headers_of(Role.VIEWER))
    assert nobody.status_code == 403


async def test_a_file_of_nobody_or_of_another_kind_is_not_written(talk: Desk) -> None:
    file = (await uploaded(talk, PDF, "application/pdf", kind="document")).json()

    unknown = await written(talk, "image", media_file_id=str(uuid4()))
    other = await written(talk, "image", media_file_id=file["id"])
    both = await written(talk, "document", media_file_id=file["id"], link="https://a.example/a.pdf")

    assert [answer.status_code for answer in (unknown, other, both)] == [422, 422, 422]
    assert unknown.json()["error"]["code"] == "unknown_reference"


async def test_who_may_not_write_may_not_upload(desk: Desk) -> None:
    desk.headers = await desk.headers_of(Role.VIEWER)
    assert (await uploaded(desk, PHOTO, "image/jpeg", kind="image")).status_code == 403


async def test_a_machine_uploads_and_sends_with_the_scope_of_writing(talk: Desk) -> None:
    boss = await talk.headers_of(Role.ORG_ADMIN)

    async def key(*scopes: str) -> dict[str, str]:
        made = await talk.client.post(
            "/api/v1/api-keys", json={"name": "ERP", "scopes": scopes}, headers=boss
        )
        return {"authorization": f"Bearer {made.json()['key']}"}

    talk.headers = await key("conversations.read", "conversations.read_all")
    refused = await uploaded(talk, PHOTO, "image/jpeg", kind="image")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "permission_missing")

    talk.headers = await key("conversations.read", "conversations.read_all", "conversations.reply")
    file = (await uploaded(talk, PHOTO, "image/jpeg", kind="image")).json()
    answer = await written(talk, "image", media_file_id=file["id"])

    assert (answer.status_code, answer.json()["sender_type"]) == (201, "api")
    assert (await talk.maria.hears())["body"]["image"]["id"]
    (deed,) = await talk.office.rows(
        "SELECT user_id, metadata FROM audit_logs WHERE action = 'media.uploaded'"
    )
    assert deed["user_id"] is None
    assert "api_key_id" in deed["metadata"]
