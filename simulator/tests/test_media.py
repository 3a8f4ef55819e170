"""Files: what customers send, what businesses upload, links, and everything that can go wrong with them."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from simulator.samples import SAMPLES
from simulator.testing import ACCESS_TOKEN, APP_ID, PHONE_NUMBER_ID, RunningSimulator, fast_config
from tests.business import MARIA, Business, Graph

DAY = 86_400
BEARER = {"Authorization": f"Bearer {ACCESS_TOKEN}"}
PHOTO = SAMPLES["photo"].read()


async def _sent(sim: RunningSimulator, business: Business, name: str = "photo") -> str:
    """The media id that the webhook names."""
    wamid = await sim.customer(MARIA, "Maria").sends_sample(name)
    await sim.wait_for(lambda _: any(message["id"] == wamid for message in business.messages))
    message = next(message for message in business.messages if message["id"] == wamid)
    media_id: str = message[SAMPLES[name].kind]["id"]
    return media_id


async def _fetch(session: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, bytes]:
    async with session.get(url, headers=headers or BEARER) as response:
        return response.status, await response.read()


@pytest.mark.parametrize("name", SAMPLES)
async def test_what_a_customer_sends_can_be_fetched(
    sim: RunningSimulator, business: Business, graph: Graph, session: aiohttp.ClientSession, name: str
) -> None:
    media_id = await _sent(sim, business, name)
    told = business.messages[0][SAMPLES[name].kind]
    content = SAMPLES[name].read()

    status, answer = await graph.get(f"{media_id}?phone_number_id={PHONE_NUMBER_ID}")

    assert status == 200
    assert base64.b64decode(told["sha256"]).hex() == answer["sha256"] == hashlib.sha256(content).hexdigest()
    assert (answer["file_size"], answer["mime_type"]) == (len(content), SAMPLES[name].mime_type)
    assert await _fetch(session, answer["url"]) == (200, content)


async def test_a_link_needs_the_token_and_lives_five_minutes(
    sim: RunningSimulator, business: Business, graph: Graph, session: aiohttp.ClientSession
) -> None:
    media_id = await _sent(sim, business)
    _, answer = await graph.get(media_id)
    url: str = answer["url"]

    assert (await _fetch(session, url, Accept="*/*"))[0] == 401
    assert (await _fetch(session, url, Authorization="Bearer another"))[0] == 401
    assert (await _fetch(session, url.replace(parse_qs(urlsplit(url).query)["hash"][0], "0" * 64)))[0] == 404
    sim.shift_clock(301)
    assert (await _fetch(session, url))[0] == 404
    _, again = await graph.get(media_id)
    assert (await _fetch(session, again["url"]))[0] == 200


async def test_ids_expire(sim: RunningSimulator, business: Business, graph: Graph) -> None:
    of_customer = await _sent(sim, business)
    own = await graph.uploaded("image/jpeg", PHOTO)

    sim.shift_clock(7 * DAY + 1)
    assert (await graph.get(of_customer))[1]["error"]["error_subcode"] == 33
    assert (await graph.get(own))[0] == 200
    sim.shift_clock(23 * DAY)
    assert (await graph.get(own))[0] == 400


async def test_an_upload_is_sent_and_deleted(
    sim: RunningSimulator, graph: Graph, session: aiohttp.ClientSession
) -> None:
    await sim.customer(MARIA, "Maria").says("oi")
    media_id = await graph.uploaded("image/jpeg", PHOTO)
    assert (await graph.send(type="image", image={"id": media_id}))[0] == 200

    async with session.delete(f"{sim.graph_url}/{media_id}", headers=BEARER) as response:
        assert await response.json() == {"success": True}
    status, answer = await graph.send(type="image", image={"id": media_id})
    assert (status, answer["error"]["code"]) == (400, 100)


async def test_a_file_of_another_kind_fails_later(sim: RunningSimulator, graph: Graph) -> None:
    await sim.customer(MARIA, "Maria").says("oi")
    media_id = await graph.uploaded("application/pdf")

    status, answer = await graph.send(type="image", image={"id": media_id})

    assert status == 200
    await sim.wait_for_status(answer["messages"][0]["id"], "failed")


@pytest.mark.parametrize(
    ("mime_type", "size", "code"),
    [
        ("image/gif", 10, 100),
        ("text/html", 10, 100),
        ("image/jpeg", 5 * 1024 * 1024 + 1, 131053),
        ("image/webp", 500 * 1024 + 1, 131053),
        ("audio/ogg", 0, 131053),
    ],
)
async def test_what_whatsapp_does_not_take_is_refused(
    graph: Graph, mime_type: str, size: int, code: int
) -> None:
    status, answer = await graph.upload(b"x" * size, mime_type)
    assert (status, answer["error"]["code"]) == (400, code)


async def test_a_large_document_is_taken(graph: Graph) -> None:
    assert await graph.uploaded("application/pdf", b"x" * 20 * 1024 * 1024)


async def test_another_number_does_not_exist(graph: Graph) -> None:
    status, answer = await graph.upload(PHOTO, "image/jpeg", number="999")
    assert (status, answer["error"]["error_subcode"]) == (400, 33)


async def test_downloads_can_go_wrong(
    sim: RunningSimulator, business: Business, graph: Graph, session: aiohttp.ClientSession
) -> None:
    media_id = await _sent(sim, business)
    url = (await graph.get(media_id))[1]["url"]

    sim.fault("graph", "error", endpoint="media", code=131000, times=1)
    assert (await graph.get(media_id))[0] == 500
    sim.fault("graph", "error", endpoint="media_download", times=1)
    assert (await _fetch(session, url))[0] == 404
    sim.fault("graph", "spoiled", endpoint="media_download", times=1)
    status, content = await _fetch(session, url)
    assert (status, len(content), content == PHOTO) == (200, len(PHOTO), False)
    sim.fault("graph", "html", endpoint="media_download", times=1)
    assert (await _fetch(session, url))[0] == 502
    sim.fault("graph", "slow", endpoint="media_download", times=1, seconds=0.05)
    assert await _fetch(session, url) == (200, PHOTO)
    sim.fault("graph", "cut", endpoint="media_download", times=1)
    with pytest.raises(aiohttp.ClientPayloadError):
        await _fetch(session, url)
    assert await _fetch(session, url) == (200, PHOTO)


async def test_a_handle_for_templates(sim: RunningSimulator, session: aiohttp.ClientSession) -> None:
    begin = f"{sim.graph_url}/{APP_ID}/uploads?file_name=a.jpg&file_length={len(PHOTO)}&file_type=image/jpeg"
    oauth = {"Authorization": f"OAuth {ACCESS_TOKEN}"}
    async with session.post(begin, headers=BEARER) as response:
        upload = (await response.json())["id"]
    assert upload.startswith("upload:")

    async with session.post(
        f"{sim.graph_url}/{upload}", data=PHOTO[:1000], headers={**oauth, "file_offset": "0"}
    ) as response:
        assert await response.json() == {"id": upload, "file_offset": 1000}
    async with session.post(
        f"{sim.graph_url}/{upload}", data=PHOTO, headers={**oauth, "file_offset": "0"}
    ) as response:
        assert response.status == 400
    async with session.get(f"{sim.graph_url}/{upload}", headers=oauth) as response:
        assert await response.json() == {"id": upload, "file_offset": 1000}
    async with session.post(
        f"{sim.graph_url}/{upload}", data=PHOTO[1000:], headers={**oauth, "file_offset": "1000"}
    ) as response:
        handle = (await response.json())["h"]

    behind = sim.simulator.world.uploads.behind(handle)
    assert behind is not None
    assert bytes(behind.received) == PHOTO


async def test_the_page_sends_bytes_and_shows_them(
    sim: RunningSimulator, business: Business, session: aiohttp.ClientSession
) -> None:
    sim.customer(MARIA, "Maria")
    path = f"{sim.base_url}/_simulator/customers/{MARIA}/files"
    query = {"kind": "document", "filename": "../../etc/passwd", "caption": "veja"}
    async with session.post(
        path, params=query, data=b"<script>alert(1)</script>", headers={"Content-Type": "text/html"}
    ) as response:
        assert response.status == 201
        told = (await response.json())["message"]["content"]
    await sim.wait_for(lambda _: bool(business.messages))

    assert business.messages[0]["document"] == told
    assert told["filename"] == "../../etc/passwd"
    async with session.get(f"{sim.base_url}/_simulator/files/{told['id']}") as shown:
        assert shown.content_type == "application/octet-stream"
        assert shown.headers["Content-Disposition"] == "attachment"
    async with session.post(path, params={"kind": "poem"}, data=b"x") as refused:
        assert refused.status == 400
    async with session.post(
        path, params={"kind": "image"}, data=b"x", headers={"Origin": "http://evil.example"}
    ) as refused:
        assert refused.status == 403


async def test_another_life_still_has_the_files(
    business: Business, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    config = fast_config(data=tmp_path)
    async with RunningSimulator(config) as first:
        await first.register(callback_url=business.url)
        media_id = await _sent(first, business)

    async with RunningSimulator(config) as second:
        _, answer = await Graph(session, second.graph_url).get(media_id)
        assert await _fetch(session, answer["url"]) == (200, PHOTO)


@pytest.mark.parametrize(
    "message",
    [
        {
            "type": "interactive",
            "interactive": {
                "type": "button",
                "header": {"type": "image", "image": {"id": "1"}},
                "body": {"text": "?"},
                "action": {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "Sim"}}]},
            },
        },
        {
            "type": "template",
            "template": {
                "name": "a",
                "language": {"code": "pt_BR"},
                "components": [
                    {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]},
                ],
            },
        },
    ],
    ids=["buttons", "template"],
)
async def test_a_media_id_above_words_is_the_number_s_too(
    sim: RunningSimulator, graph: Graph, message: dict[str, Any]
) -> None:
    await sim.customer(MARIA, "Maria").says("oi")

    status, answer = await graph.send(**message)

    assert (status, answer["error"]["code"]) == (400, 100)
    assert "image['id']" in answer["error"]["error_data"]["details"]
