"""The picture, film or document that shows Meta how the header of a template will look.

Meta takes it by its app, not by a number, and gives a handle that only templates know.
"""

from collections.abc import AsyncIterable
from enum import StrEnum
from uuid import UUID

from pytake.media import sniffing, uploading
from pytake.media.schemas import HeaderSample
from pytake.media.types import Announced, Kind
from pytake.ports.whatsapp_limits import check_sample
from pytake.whatsapp.numbers.acting import Acting


class SampleKind(StrEnum):
    """The headers that are a file."""

    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    DOCUMENT = "DOCUMENT"


async def give(
    acting: Acting,
    number_id: UUID,
    parts: AsyncIterable[bytes],
    *,
    header_type: SampleKind,
    claimed: str | None,
) -> HeaderSample:
    """Nothing of it is kept here.

    Raises NotFound, NumberWithoutToken, NumberWithoutAppId, what `uploading.sendable` raises, and what Meta
    answers.
    """
    sender, app_id = await acting.by_app(number_id)
    kind = Kind(header_type.lower())
    async with uploading.sendable(parts, Announced(kind, claimed, None)) as given:
        mime_type, size = sniffing.sniff(given.head, claimed), given.size
        check_sample(kind, mime_type)
        handle = await acting.runtime.ports.media.upload_handle(
            app_id, sender.access_token, given.path, mime_type, "file"
        )
    async with acting.work() as work:
        work.audit(
            "template.sample_given",
            after={"whatsapp_number_id": number_id, "header_type": header_type.value, "size": size},
        )
    return HeaderSample(handle=handle, mime_type=mime_type, size=size)
