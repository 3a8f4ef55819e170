"""Files that nobody uses: removed after a week, with everything that is kept of them, and no others."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pytake.adapters.storage.folder import FolderStorage
from pytake.kit.work import Work
from pytake.media import jobs, repository, tasks
from pytake.ports.storage import StorageAway
from simulator.samples import SAMPLES
from tests.media.conftest import Desk, uploaded, written

PHOTO = SAMPLES["photo"].read()
PDF = SAMPLES["document"].read()


async def a_photo(desk: Desk) -> dict[str, Any]:
    answer = await uploaded(desk, PHOTO, "image/jpeg", kind="image")
    assert answer.status_code == 201, answer.text
    file: dict[str, Any] = answer.json()
    return file


async def pass_a_week(desk: Desk) -> None:
    passed = "UPDATE media_files SET next_check_at = next_check_at - interval '7 days'"
    await desk.office.owner.execute(passed)


async def clear(desk: Desk) -> None:
    await tasks.clear_unused(desk.office.runtime, desk.tenant.organization_id)


async def files(desk: Desk) -> int:
    return await desk.office.count("SELECT count(*) FROM media_files")


def kept(desk: Desk) -> list[Path]:
    return [path for path in desk.office.settings.files_folder().rglob("*") if path.is_file()]


async def test_what_was_never_sent_is_removed_with_its_thumbnail(desk: Desk) -> None:
    photo = await a_photo(desk)
    await clear(desk)
    assert (await files(desk), len(kept(desk))) == (1, 2)

    await pass_a_week(desk)
    assert await tasks.unchecked(desk.office.runtime) == [jobs.clear_unused(desk.tenant.organization_id)]
    await clear(desk)

    assert (await files(desk), kept(desk)) == (0, [])
    assert await tasks.unchecked(desk.office.runtime) == []
    assert (await desk.client.get(photo["download_url"])).status_code == 404


async def test_what_a_message_carries_stays_until_the_message_goes(talk: Desk) -> None:
    photo = await a_photo(talk)
    await written(talk, "image", media_file_id=photo["id"])
    await talk.maria.hears()
    await talk.maria.sends_sample("document")
    await talk.until_stored(2)

    await pass_a_week(talk)
    await clear(talk)
    assert await files(talk) == 2
    assert await tasks.unchecked(talk.office.runtime) == []

    await talk.office.settled()
    await talk.office.owner.execute("DELETE FROM conversations")
    await talk.office.owner.execute("UPDATE media_files SET next_check_at = now()")
    await clear(talk)
    assert (await files(talk), kept(talk)) == (0, [])


async def test_a_picture_above_buttons_is_in_use(talk: Desk) -> None:
    photo = await a_photo(talk)
    header = {"type": "image", "media_file_id": photo["id"]}
    await written(talk, "button", text="Confirma?", buttons=[{"id": "1", "title": "Sim"}], header=header)

    await pass_a_week(talk)
    await clear(talk)

    assert await files(talk) == 1
    await talk.maria.hears()


async def test_what_is_uploaded_again_stays_another_week(desk: Desk) -> None:
    await a_photo(desk)
    await pass_a_week(desk)

    await a_photo(desk)
    await clear(desk)

    assert (await files(desk), len(kept(desk))) == (1, 2)


async def test_the_files_of_others_are_not_looked_at(desk: Desk) -> None:
    await a_photo(desk)
    await pass_a_week(desk)
    other = await desk.office.tenant("padaria-lua", phone_number_id="1098765432", flow=None, register=False)

    await tasks.clear_unused(desk.office.runtime, other.organization_id)

    assert (await files(desk), len(kept(desk))) == (1, 2)


async def test_while_the_storage_is_away_the_row_stays_and_nobody_may_use_it(
    talk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = await a_photo(talk)
    await pass_a_week(talk)
    monkeypatch.setattr(FolderStorage, "remove", _away)
    await clear(talk)
    assert await files(talk) == 1

    refused = await written(talk, "image", media_file_id=photo["id"])
    assert refused.json()["error"]["code"] == "unknown_reference"
    assert await tasks.unchecked(talk.office.runtime) == []

    monkeypatch.undo()
    await talk.office.owner.execute("UPDATE media_files SET next_check_at = now()")  # whoever removed it died
    await clear(talk)
    assert (await files(talk), kept(talk)) == (0, [])


async def _away(*_: Any) -> None:
    raise StorageAway


async def test_a_message_under_way_holds_its_file(talk: Desk) -> None:
    """It is being written when the sweep comes, and committed after the sweep has looked."""
    photo = await a_photo(talk)
    await pass_a_week(talk)
    runtime, organization_id = talk.office.runtime, talk.tenant.organization_id

    async with runtime.work(organization_id) as work:
        assert await repository.hold(work, UUID(photo["id"]))
        await asyncio.wait_for(clear(talk), timeout=30)

    assert (await files(talk), len(kept(talk))) == (1, 2)


async def test_what_is_being_removed_can_be_uploaded_again_and_is_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes come while those that are leaving are on their way out: they are put in afterwards."""
    await a_photo(desk)
    await pass_a_week(desk)
    removing, looked, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    remove, may_come = FolderStorage.remove, repository.may_come

    async def slowly(storage: FolderStorage, *keys: str) -> None:
        removing.set()
        await go_on.wait()
        await remove(storage, *keys)

    async def looks(work: Work, sha256: str) -> bool:
        may = await may_come(work, sha256)
        looked.set()
        return may

    monkeypatch.setattr(FolderStorage, "remove", slowly)
    monkeypatch.setattr(repository, "may_come", looks)
    async with asyncio.TaskGroup() as group:
        group.create_task(clear(desk))
        await removing.wait()
        again = group.create_task(a_photo(desk))
        await looked.wait()
        go_on.set()

    file = again.result()
    assert len(kept(desk)) == 2
    assert (await desk.client.get(file["download_url"])).content
    assert await desk.office.count("SELECT count(*) FROM media_files WHERE NOT is_leaving") == 1


@pytest.mark.parametrize("sweeps", [1, 3])
async def test_while_sweeps_run_every_message_that_was_taken_has_its_file(talk: Desk, sweeps: int) -> None:
    """They are swept and sent at the same time: whoever wins, nothing is sent without its bytes."""
    contents = [PDF + b"%" + str(number).encode() for number in range(12)]
    given = [
        (await uploaded(talk, content, "application/pdf", kind="document")).json() for content in contents
    ]
    await pass_a_week(talk)

    path = f"/api/v1/conversations/{await talk.conversation()}/messages"
    bodies = [{"type": "document", "content": {"media_file_id": file["id"]}} for file in given]
    async with asyncio.TaskGroup() as group:
        sending = [group.create_task(talk.post(path, json=body)) for body in bodies]
        for _ in range(sweeps):
            group.create_task(clear(talk))
    answers = [sent.result() for sent in sending]

    taken = [file for file, answer in zip(given, answers, strict=True) if answer.status_code == 201]
    assert {answer.status_code for answer in answers} <= {201, 422}
    heard = {(await talk.maria.hears())["body"]["document"]["id"] for _ in taken}
    assert len(heard) == len(taken)
    assert await files(talk) == len(taken) == len(kept(talk))
    assert await talk.office.count("SELECT count(*) FROM attachments WHERE media_file_id IS NULL") == 0
