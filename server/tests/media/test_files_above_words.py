"""A file above words: in the header of buttons, of a link, and of a template."""

from typing import Any
from uuid import uuid4

import pytest

from pytake.whatsapp.templates import tasks as templates
from simulator.samples import SAMPLES
from simulator.templates import Template
from simulator.testing import WABA_ID, RunningSimulator
from tests.media.conftest import Desk, uploaded, written

PHOTO = SAMPLES["photo"].read()
PDF = SAMPLES["document"].read()
FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(1000)
FILES = {
    "image": (PHOTO, "image/jpeg"),
    "video": (FILM, "video/mp4"),
    "document": (PDF, "application/pdf"),
}
BUTTONS: dict[str, Any] = {"text": "Confirma?", "buttons": [{"id": "sim", "title": "Confirmar"}]}
LINK: dict[str, Any] = {"text": "Veja", "url_button": {"title": "Abrir", "url": "https://example.com"}}


async def a_file(desk: Desk, kind: str) -> dict[str, Any]:
    content, mime_type = FILES[kind]
    file: dict[str, Any] = (await uploaded(desk, content, mime_type, kind=kind)).json()
    return file


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize(("type_", "content"), [("button", BUTTONS), ("interactive", LINK)])
async def test_a_file_of_ours_stands_above_buttons_and_links(
    talk: Desk, sim: RunningSimulator, kind: str, type_: str, content: dict[str, Any]
) -> None:
    file = await a_file(talk, kind)

    for _ in range(2):
        header = {"type": kind, "media_file_id": file["id"]}
        answer = await written(talk, type_, **content, header=header)
        assert answer.status_code == 201, answer.text
        heard = (await talk.maria.hears())["body"]["interactive"]["header"]
        kept = sim.simulator.world.media.find(heard[kind]["id"])
        assert heard == {"type": kind, kind: {"id": heard[kind]["id"]}}
        assert kept is not None
        assert sim.simulator.world.media.read(kept) == (await talk.client.get(file["download_url"])).content

    assert len(sim.logged("graph.call", call="media_upload")) == 1
    shown = (await talk.messages())[-1]
    assert (shown["media"]["state"], shown["media"]["mime_type"]) == ("stored", FILES[kind][1])
    (links,) = await talk.links(shown["id"])
    assert (await talk.client.get(links["download_url"])).status_code == 200


async def test_a_document_above_words_keeps_its_name(talk: Desk) -> None:
    file = await a_file(talk, "document")
    header = {"type": "document", "media_file_id": file["id"], "filename": "nota.pdf"}

    await written(talk, "button", **BUTTONS, header=header)

    heard = (await talk.maria.hears())["body"]["interactive"]["header"]["document"]
    assert heard["filename"] == "nota.pdf"
    assert (await talk.messages())[-1]["media"]["file_name"] == "nota.pdf"


async def test_a_template_s_header_is_a_file_of_ours(talk: Desk, sim: RunningSimulator) -> None:
    await _approved(talk, sim)
    file = await a_file(talk, "image")

    answer = await written(
        talk,
        "template",
        name="vitrine",
        language="pt_BR",
        parameters={"header": {"media_file_id": file["id"]}, "body.1": "Maria"},
    )

    assert answer.status_code == 201, answer.text
    heard = (await talk.maria.hears())["body"]["template"]["components"]
    assert [component["type"] for component in heard] == ["header", "body"]
    assert sim.simulator.world.media.find(heard[0]["parameters"][0]["image"]["id"])
    assert (await talk.messages())[-1]["media"]["state"] == "stored"


async def _approved(desk: Desk, sim: RunningSimulator) -> None:
    """A template with a picture in its header, at Meta and here."""
    components = [
        {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://meta.example/a.jpg"]}},
        {"type": "BODY", "text": "Olá {{1}}, veja.", "example": {"body_text": [["Maria"]]}},
    ]
    template = Template(WABA_ID, "vitrine", "pt_BR", "UTILITY", components, "POSITIONAL")
    template.status = "APPROVED"
    sim.simulator.world.keep_template(template)
    await desk.office.owner.execute("UPDATE whatsapp_template_syncs SET state = 'wanted', not_before = now()")
    await templates.keep_in_step(desk.office.runtime, desk.tenant.organization_id)
    await desk.office.until("SELECT count(*) = 1 FROM whatsapp_templates WHERE meta_status = 'APPROVED'")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"type": "image", "media_file_id": str(uuid4())}, "unknown_reference"),
        ({"type": "image", "media_file_id": "no id"}, "unknown_reference"),
        ({"type": "video", "media_file_id": "the photo"}, "whatsapp_message_malformed"),
        ({"type": "audio", "link": "https://a.example/a.mp3"}, "whatsapp_message_malformed"),
        (
            {"type": "image", "media_file_id": "the photo", "link": "https://a.example"},
            "whatsapp_message_malformed",
        ),
        ({"type": "image", "media_file_id": "the photo", "caption": "x"}, "whatsapp_message_malformed"),
        ({"type": "image", "media_file_id": "the photo", "filename": "x"}, "whatsapp_message_malformed"),
    ],
    ids=["of nobody", "no id", "of another kind", "sound", "twice", "caption", "name of a picture"],
)
async def test_what_cannot_stand_there_is_refused(talk: Desk, header: dict[str, Any], code: str) -> None:
    photo = await a_file(talk, "image")
    header = {key: photo["id"] if value == "the photo" else value for key, value in header.items()}

    answer = await written(talk, "button", **BUTTONS, header=header)

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


async def test_the_file_of_another_organization_stands_nowhere(talk: Desk) -> None:
    other = await talk.office.tenant("padaria-lua", phone_number_id="1098765432", flow=None, register=False)
    foreign = uuid4()
    await talk.office.owner.execute(
        "INSERT INTO media_files (id, organization_id, sha256, size, mime_type) "
        "VALUES ($1, $2, repeat('a', 64), 9, 'image/jpeg')",
        foreign,
        other.organization_id,
    )

    answer = await written(talk, "button", **BUTTONS, header={"type": "image", "media_file_id": str(foreign)})

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "unknown_reference")
