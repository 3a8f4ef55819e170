"""Meta refuses the id of a file it was given before: it is forgotten, and the file is uploaded anew, once."""

from typing import Any

import pytest

from pytake.conversations.service.enclosures import Posted, is_renewed
from pytake.ports.whatsapp import Policy, Refused
from simulator.samples import SAMPLES
from simulator.testing import RunningSimulator
from tests.media.conftest import Desk, uploaded, written

PHOTO = SAMPLES["photo"].read()
NOT_TAKEN = Refused(Policy.FAIL, 131053, "Media upload error", is_about_file=True)


@pytest.fixture
async def photo(talk: Desk) -> dict[str, Any]:
    """One that was sent before."""
    file: dict[str, Any] = (await uploaded(talk, PHOTO, "image/jpeg", kind="image")).json()
    await written(talk, "image", media_file_id=file["id"])
    await talk.maria.hears()
    await talk.office.settled()
    return file


def forget_at_meta(sim: RunningSimulator) -> None:
    media = sim.simulator.world.media
    for call in sim.logged("graph.accepted"):
        sent = call["body"][call["body"]["type"]]
        named = sent.get("header", {}).get("image", sent)
        if (file := media.find(str(named.get("id")))) is not None:
            media.remove(file)


def uploads(sim: RunningSimulator) -> int:
    return len(sim.logged("graph.call", call="media_upload"))


@pytest.mark.parametrize("type_", ["image", "button"])
async def test_an_id_that_meta_has_forgotten_is_made_anew(
    talk: Desk, sim: RunningSimulator, photo: dict[str, Any], type_: str
) -> None:
    forget_at_meta(sim)
    content = {"media_file_id": photo["id"]}
    if type_ == "button":
        buttons = [{"id": "sim", "title": "Sim"}]
        content = {"text": "Confirma?", "buttons": buttons, "header": {"type": "image", **content}}

    await written(talk, type_, **content)
    heard = await talk.maria.hears()
    await talk.office.settled()

    assert heard["body"]["type"] in {type_, "interactive"}
    assert (uploads(sim), len(sim.logged("graph.accepted"))) == (2, 2)
    assert await talk.office.count("SELECT count(*) FROM messages WHERE status = 'failed'") == 0


async def test_131053_at_the_call_is_tried_once_more_with_a_new_id(
    talk: Desk, sim: RunningSimulator, photo: dict[str, Any]
) -> None:
    sim.fault("graph", "error", endpoint="messages", code=131053, times=1)

    await written(talk, "image", media_file_id=photo["id"])
    await talk.maria.hears()
    await talk.office.settled()

    assert (uploads(sim), len(sim.logged("graph.accepted"))) == (2, 2)


async def test_a_new_id_that_is_refused_ends_it(
    talk: Desk, sim: RunningSimulator, photo: dict[str, Any]
) -> None:
    sim.fault("graph", "error", endpoint="messages", code=131053)

    await written(talk, "image", media_file_id=photo["id"])
    await talk.office.until("SELECT count(*) = 1 FROM messages WHERE error_code = 131053")
    await talk.office.settled()

    assert uploads(sim) == 2
    assert await talk.office.count("SELECT count(*) FROM outbox") == 0


async def test_whoever_is_refused_when_another_has_made_a_new_id_takes_that_one(
    talk: Desk, photo: dict[str, Any]
) -> None:
    """Two were under way with the old one."""
    runtime, tenant = talk.office.runtime, talk.tenant
    (old,) = await talk.office.rows("SELECT media_id, now() AS now FROM media_uploads")
    posted = Posted("image", {"media_file_id": photo["id"], "media_id": old["media_id"]}, old["now"])
    await talk.office.owner.execute(
        "UPDATE media_uploads SET media_id = 'new', expires_at = expires_at + interval '1 hour'"
    )

    assert await is_renewed(runtime, tenant.organization_id, tenant.number_id, posted, NOT_TAKEN)

    (kept,) = await talk.office.rows("SELECT media_id FROM media_uploads")
    assert kept["media_id"] == "new"


async def test_what_meta_finds_unusable_later_is_uploaded_anew_by_the_next_message(
    talk: Desk, sim: RunningSimulator, photo: dict[str, Any]
) -> None:
    (upload,) = await talk.office.rows("SELECT media_id FROM media_uploads")
    kept = sim.simulator.world.media.find(upload["media_id"])
    assert kept is not None
    kept.mime_type = "application/pdf"  # what is behind the id is no picture any more
    await written(talk, "image", media_file_id=photo["id"])
    await talk.office.until("SELECT count(*) = 1 FROM messages WHERE error_code = 131053")

    await written(talk, "image", media_file_id=photo["id"])
    await talk.office.until(
        "SELECT count(*) = 3 FROM messages WHERE whatsapp_message_id IS NOT NULL AND direction = 'outbound'"
    )
    await talk.office.settled()

    assert uploads(sim) == 2
    assert await talk.office.count("SELECT count(*) FROM messages WHERE status = 'failed'") == 1
