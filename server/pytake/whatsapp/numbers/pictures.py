"""The picture that customers see of a number: Meta keeps it, we bring it there and show it."""

import asyncio
import tempfile
from pathlib import Path
from typing import Final
from uuid import UUID

from pytake.identity import jpeg
from pytake.kit.errors import NotFound
from pytake.ports.whatsapp_media import MediaUnreachable
from pytake.whatsapp.errors import PictureTooLarge, PictureUnacceptable
from pytake.whatsapp.numbers.acting import Acting

SMALLEST, LARGEST = 192, 1024
"""Pixels, of each side. WhatsApp shows no smaller ones."""
MOST_BYTES: Final = 512 * 1024
JPEG: Final = "image/jpeg"
_READ_AT_MOST: Final = 5 * 1024 * 1024
"""As large as Meta takes them from others than us."""
_SHOWN: Final = {JPEG: b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


def accepted(content: bytes) -> bytes:
    """What Meta is given of it. Raises PictureTooLarge and PictureUnacceptable."""
    if len(content) > MOST_BYTES:
        raise PictureTooLarge(limit=MOST_BYTES)
    try:
        return jpeg.portrait(content, SMALLEST, LARGEST)
    except jpeg.NotAPortrait as error:
        raise PictureUnacceptable(reason=str(error), smallest=SMALLEST, largest=LARGEST) from None


async def replace(acting: Acting, number_id: UUID, content: bytes) -> None:
    """`content` comes from `accepted`.

    Raises NotFound, NumberWithoutToken, NumberWithoutAppId, and what Meta answers.
    """
    sender, app_id = await acting.by_app(number_id)
    with tempfile.TemporaryDirectory(prefix="pytake-") as folder:
        file = Path(folder) / "profile.jpg"
        await asyncio.to_thread(file.write_bytes, content)
        handle = await acting.runtime.ports.media.upload_handle(
            app_id, sender.access_token, file, JPEG, file.name
        )
    await acting.runtime.ports.numbers.set_profile(sender, {"profile_picture_handle": handle})
    async with acting.work() as work:
        work.audit("number.picture_changed", number_id)


async def read(acting: Acting, number_id: UUID) -> tuple[str, bytes]:
    """Its type and what it is. Raises NotFound when there is none, MediaUnreachable and what Meta answers."""
    profile = await acting.runtime.ports.numbers.get_profile(await acting.sender(number_id))
    if profile.picture_url is None:
        raise NotFound
    content = await acting.runtime.ports.media.picture(profile.picture_url, _READ_AT_MOST)
    for mime_type, beginning in _SHOWN.items():
        if content.startswith(beginning):
            return mime_type, content
    raise MediaUnreachable(reason="it is no picture that browsers show")
