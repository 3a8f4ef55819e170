"""Every exchange of the corpus that is no send: PyTake asks as its file asks, and reads what it answers."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from pytake.adapters.meta.client import MetaClient
from pytake.adapters.meta.media import MetaMedia
from pytake.kit.errors import PyTakeError
from pytake.ports.whatsapp import PhoneNumber, Sender, WhatsAppRefused
from pytake.ports.whatsapp_media import MediaUnreachable, Place
from pytake.ports.whatsapp_numbers import Profile
from pytake.ports.whatsapp_templates import CreatedTemplate
from tests.adapters.meta import corpus
from tests.adapters.meta.graph import Request, replaying

TOKEN = "EAAG-a-token-that-must-not-leak"
SENDER = Sender("455900112233441", TOKEN)
WABA, APP, FILE = "310277445566100", "780011223344556", "1002003004005006"
FILES = {case["file"].removesuffix(".json"): case for case in corpus.index("graph")["files"]}
SAID = "wamid.HBgNNTUxMTkwMDAwMDAxMRUCABIYFDNBQTQ3M0E4QzFBQjI5RTU1RTQwAA=="
NEVER_ASKED = {"block-user", "media-delete", "waba-subscribed-apps-get"}
"""PyTake blocks nobody at WhatsApp, leaves files to expire, and subscribes again rather than ask whether."""

NUMBER = PhoneNumber(
    id="455900112233441",
    display_phone_number="+55 11 3000-0100",
    verified_name="Clínica Modelo",
    quality_rating="GREEN",
    throughput="STANDARD",
    platform_type="CLOUD_API",
    code_verification_status="VERIFIED",
)
OTHER = replace(
    NUMBER,
    id="455900112233442",
    display_phone_number="+55 11 3000-0200",
    verified_name="Clínica Modelo Sul",
    quality_rating="UNKNOWN",
)
PROFILE = Profile(
    about="Atendimento das 8h às 18h",
    address="Av. Inventada, 1000",
    description="Clínica de exemplo",
    email="contato@example.com",
    websites=("https://example.com/",),
    vertical="HEALTH",
    picture_url="https://pps.example.net/p.jpg",
)


EXISTS = {"meta_code": 100, "meta_subcode": 2388024}


@dataclass(frozen=True)
class Trouble:
    kind: type[PyTakeError]
    details: dict[str, Any]


@dataclass
class Line:
    client: MetaClient
    media: MetaMedia
    url: str
    file: Path

    async def upload(self) -> str:
        return await self.media.upload(SENDER, self.file, "image/jpeg", "foto.jpg")

    async def handle(self) -> str:
        return await self.media.upload_handle(APP, TOKEN, self.file, "image/jpeg", "foto.jpg")

    async def download(self, name: str) -> bytes:
        address = urlsplit(asked(name)["url"])
        place = Place(f"{self.url.removesuffix('/v25.0')}{address.path}?{address.query}", None, None, None)
        return b"".join([part async for part in self.media.download(SENDER, place)])

    async def list(self, waba: str = WABA, *, after: str | None = None) -> tuple[list[str], str | None]:
        page = await self.client.list_templates(waba, TOKEN, after=after)
        return [template.name for template in page.items], page.after

    async def create(self, name: str) -> CreatedTemplate:
        return await self.client.create_template(WABA, TOKEN, asked(name)["body"])

    async def delete(self, template_id: str | None) -> None:
        await self.client.delete_template(WABA, TOKEN, name="promo_relampago", template_id=template_id)


def asked(name: str) -> Any:
    return json.loads(corpus.body("graph", f"{name}.json"))["request"]


def creating(name: str) -> Callable[[Line], Awaitable[CreatedTemplate]]:
    return lambda line: line.create(name)


ASKED: dict[str, tuple[Callable[[Line], Awaitable[Any]], Any]] = {
    "mark-read": (lambda line: line.client.mark_read(SENDER, SAID), None),
    "typing-indicator": (lambda line: line.client.mark_read(SENDER, SAID, typing=True), None),
    "media-upload": (Line.upload, FILE),
    "media-get": (
        lambda line: line.media.locate(SENDER, FILE),
        Place(
            "https://lookaside.fbsbx.com/whatsapp_business/attachments/"
            f"?mid={FILE}&ext=1793491800&hash=INVENTED",
            "image/jpeg",
            "0f4636c78f65d3639ece5a064b5ae753e3408614a14fb18ab4d7540d2c248543",
            303_833,
        ),
    ),
    "media-download": (lambda line: line.download("media-download"), b"<binary>"),
    "error-media-expired-404": (
        lambda line: line.download("error-media-expired-404"),
        Trouble(MediaUnreachable, {"reason": "HTTP 404"}),
    ),
    "templates-list-page1": (Line.list, (["confirma_agenda", "pedido_enviado"], "QVFIUINVENTEDa1")),
    "templates-list-page2": (lambda line: line.list(after="QVFIUINVENTEDa1"), (["promo_relampago"], None)),
    "templates-list-empty": (lambda line: line.list("310277445566200"), ([], None)),
    "error-80007-waba-rate-limit": (
        Line.list,
        Trouble(WhatsAppRefused, {"meta_code": 80007, "meta_policy": "throttle_number", "retry_after": 720}),
    ),
    **{
        f"template-create-{kind}": (creating(f"template-create-{kind}"), CreatedTemplate(*answer))
        for kind, answer in {
            "positional": ("9900112233445501", "PENDING", "UTILITY"),
            "named": ("9900112233445504", "PENDING", "UTILITY"),
            "recategorised": ("9900112233445505", "APPROVED", "MARKETING"),
        }.items()
    },
    "error-2388024-template-exists": (
        creating("error-2388024-template-exists"),
        Trouble(WhatsAppRefused, {"title": "Content in This Language Already Exists", **EXISTS}),
    ),
    "error-2388299-dangling-parameter": (
        creating("error-2388299-dangling-parameter"),
        Trouble(WhatsAppRefused, {"meta_code": 100, "meta_subcode": 2388299}),
    ),
    "template-edit": (
        lambda line: line.client.edit_template("9900112233445502", TOKEN, asked("template-edit")["body"]),
        None,
    ),
    "template-delete-by-name": (lambda line: line.delete(None), None),
    "template-delete-by-id": (lambda line: line.delete("9900112233445502"), None),
    "upload-session-create": (Line.handle, "4::aW1hZ2UvanBlZw==:INVENTED"),
    "upload-session-send": (Line.handle, "4::aW1hZ2UvanBlZw==:INVENTED"),
    "phone-numbers-list": (lambda line: line.client.list_phone_numbers(WABA, TOKEN), [NUMBER, OTHER]),
    "phone-number-get": (
        lambda line: line.client.get_phone_number(SENDER),
        replace(NUMBER, status="CONNECTED", name_status="APPROVED", messaging_limit="TIER_2K"),
    ),
    "phone-number-request-code": (lambda line: line.client.request_code(SENDER, "SMS", "pt_BR"), None),
    "phone-number-verify-code": (lambda line: line.client.verify_code(SENDER, "123456"), None),
    "phone-number-register": (lambda line: line.client.register(SENDER, "212834"), None),
    "business-profile-get": (lambda line: line.client.get_profile(SENDER), PROFILE),
    "business-profile-update": (
        lambda line: line.client.set_profile(
            SENDER, {"about": "Atendimento das 8h às 19h", "websites": ["https://example.com/"]}
        ),
        None,
    ),
    "waba-subscribe-app": (lambda line: line.client.subscribe(WABA, TOKEN), None),
}
TOGETHER = {"upload-session-create": "upload-session-send", "upload-session-send": "upload-session-create"}


def test_every_file_is_asked_sent_or_never_asked() -> None:
    sends = {name for name, case in FILES.items() if is_of_sending(name, case)}
    assert {*ASKED, *NEVER_ASKED, *sends} == FILES.keys()


def is_of_sending(name: str, case: Any) -> bool:
    """These go through the pipeline: see `tests.pipeline.test_answers`."""
    return name.startswith("send-") or case["call"] in {"send message", "gateway page instead of JSON"}


@pytest.mark.parametrize("name", ASKED)
async def test_pytake_asks_as_the_file_asks_and_reads_what_it_answers(name: str, tmp_path: Path) -> None:
    file = tmp_path / "foto.jpg"
    file.write_bytes(bytes(303_833))
    ask, means = ASKED[name]
    async with replaying(name, *filter(None, [TOGETHER.get(name)])) as graph, MetaClient(graph.url) as client:
        line = Line(client, MetaMedia(graph.url), graph.url, file)
        try:
            told = await ask(line)
        except (WhatsAppRefused, MediaUnreachable) as refusal:
            told = refusal
        finally:
            await line.media.close()

    assert_is_told(told, means)
    for request in graph.requests:
        is_create = request.path.startswith(f"/v25.0/{APP}/uploads")
        said = "upload-session-create" if is_create else "upload-session-send" if name in TOGETHER else name
        assert_asks(request, asked(said))


def assert_is_told(told: Any, means: Any) -> None:
    if isinstance(means, Trouble):
        assert isinstance(told, means.kind)
        assert means.details.items() <= told.details.items()
    else:
        assert told == means


def assert_asks(request: Request, wanted: Any) -> None:
    """The same, but for which fields, and how many at once."""
    scheme = wanted["headers"]["Authorization"].split()[0]
    assert request.headers["Authorization"] == f"{scheme} {TOKEN}"
    query = dict(parse_qsl(urlsplit(request.path).query))
    theirs = dict(parse_qsl(urlsplit(wanted["url"]).query)) | wanted.get("query", {})
    assert _but_for_pages(query) == _but_for_pages(theirs)
    if wanted.get("body_kind") == "json":
        assert json.loads(request.body) == wanted["body"]
    if wanted.get("body_kind") == "multipart":
        assert b'name="messaging_product"\r\n\r\nwhatsapp' in request.body
        assert b'name="type"\r\n\r\nimage/jpeg' in request.body
        assert b'filename="foto.jpg"' in request.body
    if "file_offset" in wanted["headers"]:
        assert request.headers["file_offset"] == wanted["headers"]["file_offset"]


def _but_for_pages(query: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in query.items() if key not in {"fields", "limit"}}
