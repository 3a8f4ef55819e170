"""An upload that somebody asks about: how far it is, what it made; nothing depends on who remembers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

from pytake.adapters.redis import keys
from pytake.identity.types import Role
from simulator.samples import SAMPLES
from tests.media.conftest import Desk, uploaded, written

PDF = SAMPLES["document"].read()


async def asked(desk: Desk, upload_id: UUID) -> Any:
    answer = await desk.get(f"/api/v1/media/uploads/{upload_id}")
    return answer.json() if answer.status_code == 200 else answer.status_code


async def begin(desk: Desk, upload_id: UUID, parts: AsyncIterator[bytes], size: int) -> Any:
    return await desk.client.post(
        "/api/v1/media",
        params={"kind": "document", "upload_id": str(upload_id)},
        content=parts,
        headers={**desk.headers, "content-type": "application/pdf", "content-length": str(size)},
    )


async def test_one_sees_how_far_it_is_and_what_it_made(desk: Desk) -> None:
    upload_id, go_on = uuid4(), asyncio.Event()
    large = PDF + bytes(3 * 1024 * 1024)

    async def parts() -> AsyncIterator[bytes]:
        yield large[: 2 * 1024 * 1024]
        await go_on.wait()
        yield large[2 * 1024 * 1024 :]

    assert await asked(desk, upload_id) == 404
    async with asyncio.TaskGroup() as group:
        ended = group.create_task(begin(desk, upload_id, parts(), len(large)))
        while (now := await asked(desk, upload_id)) == 404 or not now["received"]:
            await asyncio.sleep(0.01)
        assert now == {
            "state": "receiving",
            "received": 2 * 1024 * 1024,
            "size": len(large),
            "mime_type": "application/pdf",
            "media_file_id": None,
            "error": None,
        }
        go_on.set()

    file = ended.result().json()
    assert await asked(desk, upload_id) == {
        **now,
        "state": "stored",
        "received": len(large),
        "media_file_id": file["id"],
    }


async def test_what_was_refused_says_why(desk: Desk) -> None:
    upload_id = uuid4()

    refused = await uploaded(desk, b"x", "application/pdf", kind="document", upload_id=str(upload_id))

    assert refused.status_code == 422
    told = await asked(desk, upload_id)
    assert (told["state"], told["error"]) == ("refused", "whatsapp_message_malformed")


async def test_it_is_forgotten_after_an_hour_and_lost_with_redis_but_the_file_is_not(talk: Desk) -> None:
    upload_id = uuid4()
    redis = talk.office.runtime.redis
    file = (await uploaded(talk, PDF, "application/pdf", kind="document", upload_id=str(upload_id))).json()
    kept = [name async for name in _names(redis)]
    assert len(kept) == 1
    lives = await redis.run(lambda server: server.pttl(kept[0]))
    assert 0 < lives <= 3_600_000

    await redis.run(lambda server: server.flushdb())

    assert await asked(talk, upload_id) == 404
    again = (await uploaded(talk, PDF, "application/pdf", kind="document")).json()
    assert again["id"] == file["id"]
    await written(talk, "document", media_file_id=file["id"])
    assert (await talk.maria.hears())["body"]["document"]["id"]


async def _names(redis: Any) -> AsyncIterator[str]:
    pattern = keys.upload(UUID(int=0)).name.replace(str(UUID(int=0)), "*")
    for name in await redis.run(lambda server: server.keys(pattern)):
        yield name


async def test_each_organization_has_ids_of_its_own(desk: Desk) -> None:
    upload_id = uuid4()
    await uploaded(desk, PDF, "application/pdf", kind="document", upload_id=str(upload_id))
    ours = await asked(desk, upload_id)
    other = await desk.office.tenant("padaria-lua", phone_number_id="1098765432", flow=None, register=False)
    neighbour = Desk(desk.office, other, desk.maria, desk.client, {})
    neighbour.headers = await neighbour.headers_of(Role.AGENT)

    assert await asked(neighbour, upload_id) == 404
    await uploaded(neighbour, b"x", "application/pdf", kind="document", upload_id=str(upload_id))

    assert (await asked(neighbour, upload_id))["state"] == "refused"
    assert await asked(desk, upload_id) == ours


async def test_who_may_not_write_may_not_ask(desk: Desk) -> None:
    desk.headers = await desk.headers_of(Role.VIEWER)
    assert await asked(desk, uuid4()) == 403


async def test_a_file_that_was_removed_is_not_told_of(desk: Desk) -> None:
    upload_id = uuid4()
    await uploaded(desk, PDF, "application/pdf", kind="document", upload_id=str(upload_id))

    await desk.office.owner.execute("DELETE FROM media_files")

    assert await asked(desk, upload_id) == 404
