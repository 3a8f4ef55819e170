"""What a customer sends: the message at once, its file from Meta, and every way in which that fails."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest

from pytake.adapters.meta.media import MetaMedia
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.media import fetching, jobs, tasks
from pytake.ports.storage import FileMissing, file_key
from pytake.ports.whatsapp import Sender, WhatsAppUnreachable
from simulator.samples import SAMPLES
from simulator.testing import RunningSimulator
from tests.factories.people import a_user, bearer
from tests.media.conftest import Desk
from tests.pipeline import deliveries as meta

DAY = 86_400


def file_of(message: dict[str, Any]) -> dict[str, Any]:
    file: dict[str, Any] = message["media"]
    return file


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_file_is_fetched_stored_and_shown(desk: Desk, name: str) -> None:
    sample = SAMPLES[name]
    await desk.maria.sends_sample(name, caption="veja" if name == "photo" else None)
    await desk.until_stored()

    (message,) = await desk.messages()

    size = {"photo": (960, 720), "sticker": (512, 512)}.get(name, (None, None))
    assert message["type"] == sample.kind
    assert file_of(message) == {
        "state": "stored",
        "error": None,
        "mime_type": sample.mime_type.partition(";")[0],
        "file_name": sample.more.get("filename"),
        "size": len(sample.read()),
        "width": size[0],
        "height": size[1],
        "has_thumbnail": name in {"photo", "sticker"},
    }
    (links,) = await desk.links(message["id"])
    shown = await desk.client.get(links["url"] or links["download_url"])
    assert shown.content == sample.read()


async def test_the_thread_is_told_when_the_file_is_there(desk: Desk) -> None:
    await desk.maria.sends_image()
    await desk.until_stored()

    events = await desk.office.rows("SELECT type, payload FROM events ORDER BY sequence")

    assert [event["type"] for event in events][-1] == fetching.CHANGED
    assert str(await desk.conversation()) in events[-1]["payload"]


async def test_a_message_is_there_before_its_file(desk: Desk, sim: RunningSimulator) -> None:
    sim.fault("graph", "slow", endpoint="media_download", seconds=2.0)
    await desk.maria.sends_image("olha")
    await desk.office.until("SELECT count(*) = 1 FROM messages")

    (message,) = await desk.messages()

    assert message["content"]["caption"] == "olha"
    assert (file_of(message)["state"], file_of(message)["mime_type"]) == ("waiting", "image/jpeg")
    assert await desk.links(message["id"]) == []
    await desk.until_stored()


async def test_the_same_file_twice_is_stored_once(desk: Desk) -> None:
    for _ in range(3):
        await desk.maria.sends_image()
    await desk.until_stored(3)

    assert await desk.office.count("SELECT count(*) FROM media_files") == 1
    kept = [path for path in desk.office.settings.files_folder().rglob("*") if path.is_file()]
    digest = hashlib.sha256(SAMPLES["photo"].read()).hexdigest()
    assert {path.name for path in kept} == {digest, f"{digest}.thumbnail"}


@pytest.mark.parametrize("fault", ["error", "cut", "spoiled", "html"])
async def test_trouble_that_passes_costs_a_moment(desk: Desk, sim: RunningSimulator, fault: str) -> None:
    sim.fault("graph", fault, endpoint="media_download", times=1)
    await desk.maria.sends_image()

    await desk.until_stored()

    assert await desk.office.count("SELECT tries FROM attachments") == 2


async def test_while_it_is_tried_again_one_sees_why(desk: Desk, sim: RunningSimulator) -> None:
    sim.fault("graph", "spoiled", endpoint="media_download")
    await desk.maria.sends_image()
    await desk.office.until("SELECT error = 'damaged' FROM attachments")

    (message,) = await desk.messages()

    assert (file_of(message)["state"], file_of(message)["error"]) == ("waiting", "damaged")
    assert await desk.office.count("SELECT count(*) FROM media_files") == 0


async def test_what_meta_has_no_more_fails_at_once_and_can_be_tried_again(
    desk: Desk, sim: RunningSimulator
) -> None:
    sim.fault("graph", "error", endpoint="media", code=100, times=1)
    await desk.maria.sends_image()
    await desk.until_failed()
    (message,) = await desk.messages()
    assert (file_of(message)["state"], file_of(message)["error"]) == ("failed", "expired")
    path = f"/api/v1/conversations/{await desk.conversation()}/messages/{message['id']}/media/retry"

    assert (await desk.client.post(path, headers=await desk.headers_of(Role.VIEWER))).status_code == 403
    assert (await desk.post(path)).status_code == 204
    await desk.until_stored()

    again = await desk.post(path)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "nothing_to_retry")
    (deed,) = await desk.office.rows("SELECT action FROM audit_logs WHERE resource_type = 'message'")
    assert deed["action"] == "message.media_retried"


async def test_nothing_to_retry_is_not_found(desk: Desk) -> None:
    await desk.maria.says("oi")
    await desk.office.until("SELECT count(*) = 1 FROM messages")
    (message,) = await desk.messages()
    path = f"/api/v1/conversations/{await desk.conversation()}/messages/{{}}/media/retry"

    assert file_of(message) is None
    assert (await desk.post(path.format(message["id"]))).status_code == 404
    assert (await desk.post(path.format(uuid4()))).status_code == 404


async def test_after_seven_days_it_is_gone(desk: Desk, sim: RunningSimulator) -> None:
    content = SAMPLES["photo"].read()
    file = sim.simulator.world.media.add(desk.tenant.phone_number_id, "image/jpeg", content, lives=7 * DAY)
    sim.shift_clock(7 * DAY + 1)
    await desk.maria.sends("image", {"mime_type": "image/jpeg", "id": file.id})

    await desk.until_failed()

    assert await desk.office.count("SELECT count(*) FROM attachments WHERE error = 'expired'") == 1


async def test_larger_than_whatsapp_allows_is_cut_off(desk: Desk) -> None:
    await desk.maria.sends_file("image", b"\xff\xd8\xff" + b"x" * (5 * 1024 * 1024), "image/jpeg")

    await desk.until_failed()

    assert await desk.office.count("SELECT count(*) FROM attachments WHERE error = 'too_large'") == 1


async def test_whoever_dies_while_fetching_is_not_waited_for_for_ever(desk: Desk) -> None:
    """Its try was counted, so what ends every process that fetches it is given up."""
    await desk.maria.sends_image()
    await desk.until_stored()
    await desk.office.owner.execute(
        "UPDATE attachments SET state = 'waiting', media_file_id = NULL, tries = $1, next_try_at = now()",
        len(fetching.PAUSES),
    )

    await desk.until_failed()

    assert await desk.office.count("SELECT count(*) FROM attachments WHERE error = 'gave_up'") == 1


async def test_a_worker_that_starts_finds_what_nobody_told_it(desk: Desk) -> None:
    await desk.maria.sends_image()
    await desk.until_stored()
    await desk.office.crew.stop(1)
    await desk.office.owner.execute(
        "UPDATE attachments SET state = 'waiting', media_file_id = NULL, next_try_at = now()"
    )

    assert await tasks.unfetched(desk.office.runtime) == [jobs.fetch(desk.tenant.organization_id)]


async def test_a_message_without_a_file_costs_no_statement_more(desk: Desk) -> None:
    await desk.maria.says("oi")
    await desk.maria.sends("image", {"mime_type": "image/jpeg"})
    await desk.office.until("SELECT count(*) = 2 FROM messages")

    assert await desk.office.count("SELECT count(*) FROM attachments") == 0


async def test_what_an_organization_had_goes_with_it(desk: Desk, sim: RunningSimulator) -> None:
    await desk.maria.sends_image()
    await desk.until_stored()
    runtime, organization_id = desk.office.runtime, desk.tenant.organization_id
    digest = hashlib.sha256(SAMPLES["photo"].read()).hexdigest()
    key = file_key(organization_id, digest)
    assert [part async for part in runtime.ports.storage.read(key)]

    await desk.office.owner.execute("DELETE FROM organizations WHERE id = $1", organization_id)
    assert await tasks.left_behind(runtime) == []
    await desk.office.owner.execute("UPDATE media_leftovers SET left_at = now() - interval '1 hour'")
    (nudge,) = await tasks.left_behind(runtime)
    assert nudge == jobs.remove_files_left(organization_id)
    await tasks.remove_files_left(runtime, organization_id)

    assert await tasks.left_behind(runtime) == []
    with pytest.raises(FileMissing):
        assert [part async for part in runtime.ports.storage.read(key)]


async def test_another_organization_sees_nothing_of_it(desk: Desk) -> None:
    await desk.maria.sends_image()
    await desk.until_stored()
    (message,) = await desk.messages()
    runtime = desk.office.runtime
    stranger = new_id()
    async with runtime.work(stranger) as work:
        await work.execute(
            "INSERT INTO organizations (id, name, slug) VALUES ($1, 'Outra', 'outra')", stranger
        )
    user_id, _ = await a_user(runtime, stranger)
    theirs = await bearer(runtime, stranger, user_id)
    path = f"/api/v1/conversations/{await desk.conversation()}"

    seen = await desk.client.get(f"{path}/media-links?message_id={message['id']}", headers=theirs)
    retried = await desk.client.post(f"{path}/messages/{message['id']}/media/retry", headers=theirs)

    assert (seen.status_code, retried.status_code) == (404, 404)


async def test_the_token_goes_to_no_other_host() -> None:
    media = MetaMedia("https://graph.facebook.com/v25.0")
    trusted = ["https://graph.facebook.com/x", "https://lookaside.fbsbx.com/a?mid=1", "https://a.fbcdn.net/x"]
    foreign = [
        "http://lookaside.fbsbx.com/a",
        "https://fbsbx.com.evil.example/a",
        "https://evilfbsbx.com/a",
        "https://lookaside.fbsbx.com@evil.example/a",
        "file:///etc/passwd",
        "https://169.254.169.254/latest",
        "",
    ]

    assert [media._is_trusted(url) for url in trusted] == [True, True, True]
    assert not any(media._is_trusted(url) for url in foreign)


async def test_without_meta_there_is_a_reason() -> None:
    media = MetaMedia("http://127.0.0.1:1/v25.0")
    with pytest.raises(WhatsAppUnreachable):
        await media.locate(Sender("1", "token"), "2")
    await media.close()


async def test_a_photo_from_the_phone_of_the_business_is_fetched_too(desk: Desk) -> None:
    file = desk.maria.sim.simulator.world.media.add(
        desk.tenant.phone_number_id, "image/jpeg", SAMPLES["photo"].read(), lives=DAY
    )
    echo = {
        "from": "551130000100",
        "to": desk.maria.person.wa_id,
        "id": meta.wamid(),
        "timestamp": str(meta.now()),
        "type": "image",
        "image": {"id": file.id, "mime_type": "image/jpeg"},
    }
    value = meta.value(desk.tenant.phone_number_id, message_echoes=[echo])

    await desk.office.deliver(desk.tenant, meta.delivery(value, field="smb_message_echoes"))

    await desk.until_stored()
