"""The sample of a header that is a file: given to Meta by the number's app, submitted by its handle."""

import io
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from pytake.identity.types import Role
from simulator.samples import SAMPLES
from simulator.testing import APP_ID
from tests.factories import somebody
from tests.media.test_hostile_files import with_place
from tests.templates.conftest import TEMPLATES, Office

PHOTO = with_place()
PDF = SAMPLES["document"].read()
FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(1000)
FILES = {
    "IMAGE": (PHOTO, "image/jpeg"),
    "VIDEO": (FILM, "video/mp4"),
    "DOCUMENT": (PDF, "application/pdf"),
}


@pytest.fixture
async def app_office(office: Office) -> Office:
    """Its Meta app is known by its id, too."""
    async with office.runtime.work(office.organization_id) as work:
        await work.execute("UPDATE channels SET meta_app_id = $1", APP_ID)
    return office


async def give(
    office: Office,
    kind: str,
    expects: int = 201,
    *,
    file: str | None = None,
    number_id: UUID | None = None,
    headers: dict[str, str] | None = None,
) -> Any:
    content, mime_type = FILES.get(file or kind, (b"", ""))
    answer = await office.client.post(
        f"{TEMPLATES}/header-samples",
        params={"whatsapp_number_id": str(number_id or office.number_id), "header_type": kind},
        content=content,
        headers={**(headers or office.boss.headers), "content-type": mime_type},
    )
    assert answer.status_code == expects, answer.text
    return answer.json()


@pytest.mark.parametrize("kind", FILES)
async def test_a_header_that_is_a_file_is_submitted_with_its_sample(app_office: Office, kind: str) -> None:
    sample = await give(app_office, kind)
    behind = app_office.sim.simulator.world.uploads.behind(sample["handle"])
    assert behind is not None
    assert (behind.app_id, behind.file_type) == (APP_ID, FILES[kind][1])
    assert (sample["mime_type"], sample["size"]) == (behind.file_type, len(behind.received))

    content = {"header_type": kind, "header_content": sample["handle"], "body_text": "Olá, veja."}
    template = await app_office.submitted("vitrine", content=content)

    assert (template["meta_status"], template["issues"]) == ("PENDING", [])
    assert app_office.remote("vitrine").components[0] == {
        "type": "HEADER",
        "format": kind,
        "example": {"header_handle": [sample["handle"]]},
    }


async def test_a_handle_that_nobody_was_given_is_refused_by_meta(app_office: Office) -> None:
    content = {"header_type": "IMAGE", "header_content": "4::abc", "body_text": "Olá, veja."}

    template = await app_office.submitted("vitrine", content=content)

    assert (template["meta_status"], template["refusal"]["subcode"]) == ("DRAFT", 2388043)


@pytest.mark.parametrize(
    ("kind", "file", "code"),
    [
        ("IMAGE", "DOCUMENT", "whatsapp_message_malformed"),
        ("DOCUMENT", "IMAGE", "whatsapp_message_malformed"),
        ("IMAGE", "nothing", "file_empty"),
    ],
)
async def test_a_file_of_another_kind_is_refused_before_meta_hears_of_it(
    app_office: Office, kind: str, file: str, code: str
) -> None:
    refused = await give(app_office, kind, 422, file=file)

    assert refused["error"]["code"] == code
    assert app_office.sim.logged("graph.call", call="uploads") == []


async def test_a_text_is_a_document_and_no_sample(
    app_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FILES, "TEXT", (b"abc", "text/plain"))

    refused = await give(app_office, "DOCUMENT", 422, file="TEXT")

    assert refused["error"]["code"] == "whatsapp_message_malformed"


async def test_a_number_whose_app_has_no_id_says_so(office: Office) -> None:
    assert (await give(office, "IMAGE", 409))["error"]["code"] == "number_without_app_id"


async def test_what_meta_answers_is_told(app_office: Office) -> None:
    app_office.sim.fault("graph", "error", endpoint="uploads", code=190, times=1)

    refused = await give(app_office, "IMAGE", 409)

    assert refused["error"]["code"] == "whatsapp_refused"
    assert (await give(app_office, "IMAGE"))["handle"]
    async with app_office.runtime.work(app_office.organization_id) as work:
        (deed,) = await work.fetch("SELECT action FROM audit_logs WHERE action = 'template.sample_given'")
        assert deed
        assert await work.fetch("SELECT FROM media_files") == []


async def test_where_a_photo_was_taken_is_not_told_to_meta(app_office: Office) -> None:
    handle = (await give(app_office, "IMAGE"))["handle"]

    behind = app_office.sim.simulator.world.uploads.behind(handle)
    assert behind is not None
    with Image.open(io.BytesIO(behind.received)) as picture:
        assert dict(picture.getexif()) == {}


async def test_a_neighbour_s_number_is_not_there(app_office: Office) -> None:
    neighbour = await somebody(app_office.runtime, role=Role.ORG_ADMIN)
    here = app_office.boss

    app_office.boss = neighbour
    foreign = await give(app_office, "IMAGE", 404)
    unknown = await give(app_office, "IMAGE", 404, number_id=uuid4())

    assert foreign["error"]["code"] == unknown["error"]["code"]
    app_office.boss = here


async def test_who_may_not_write_templates_gives_no_samples(app_office: Office) -> None:
    agent = await somebody(app_office.runtime, role=Role.AGENT)
    await give(app_office, "IMAGE", 403, headers=dict(agent.headers))


async def test_a_machine_gives_samples_with_the_scope_of_templates(app_office: Office) -> None:
    async def key(scope: str) -> dict[str, str]:
        body = {"name": "ERP", "scopes": [scope]}
        made = await app_office.client.post("/api/v1/api-keys", json=body, headers=app_office.boss.headers)
        return {"authorization": f"Bearer {made.json()['key']}"}

    await give(app_office, "IMAGE", 403, headers=await key("templates.read"))
    assert (await give(app_office, "IMAGE", headers=await key("templates.write")))["handle"]
