"""The picture of a number's profile: uploaded by the app, named by its handle, shown to everybody."""

from typing import Any

import aiohttp

from simulator.samples import SAMPLES
from simulator.testing import APP_ID, PHONE_NUMBER_ID, RunningSimulator
from tests.business import Graph

PROFILE = f"{PHONE_NUMBER_ID}/whatsapp_business_profile"


async def _handle(graph: Graph, content: bytes, file_type: str) -> str:
    said = f"file_name=p&file_length={len(content)}&file_type={file_type}"
    _, session = await graph.post(f"{APP_ID}/uploads?{said}")
    headers = {"Authorization": f"OAuth {graph.token}", "file_offset": "0"}
    url = f"{graph.url}/{session['id']}"
    async with graph.session.post(url, data=content, headers=headers) as response:
        handle: str = (await response.json())["h"]
    return handle


async def _change(graph: Graph, **changes: object) -> tuple[int, dict[str, Any]]:
    return await graph.post(PROFILE, {"messaging_product": "whatsapp", **changes})


async def _picture_url(graph: Graph) -> str | None:
    _, answer = await graph.get(f"{PROFILE}?fields=about,profile_picture_url")
    url: str | None = answer["data"][0].get("profile_picture_url")
    return url


async def test_a_picture_is_shown_until_another_replaces_it(
    sim: RunningSimulator, graph: Graph, session: aiohttp.ClientSession
) -> None:
    photo = SAMPLES["photo"].read()
    assert await _picture_url(graph) is None

    await _change(graph, profile_picture_handle=await _handle(graph, photo, "image/jpeg"))
    first = await _picture_url(graph)
    await _change(graph, about="Pães")
    assert await _picture_url(graph) == first
    await _change(graph, profile_picture_handle=await _handle(graph, photo + b"!", "image/jpeg"))
    second = await _picture_url(graph)

    assert first is not None
    assert second not in {None, first}
    async with session.get(str(second)) as shown, session.get(first) as gone:
        assert (await shown.read(), shown.content_type) == (photo + b"!", "image/jpeg")
        assert gone.status == 404


async def test_only_the_handle_of_a_picture_is_taken(sim: RunningSimulator, graph: Graph) -> None:
    document = await _handle(graph, SAMPLES["document"].read(), "application/pdf")

    answers = [await _change(graph, profile_picture_handle=each) for each in (document, "4::nothing", 7)]

    assert [(status, answer["error"]["code"]) for status, answer in answers] == [(400, 100)] * 3
    assert await _picture_url(graph) is None


async def test_no_other_file_is_shown_at_that_address(
    sim: RunningSimulator, graph: Graph, session: aiohttp.ClientSession
) -> None:
    media_id = await graph.uploaded("image/jpeg", SAMPLES["photo"].read())

    async with session.get(f"{sim.base_url}/profile-pictures/{media_id}") as response:
        assert response.status == 404
