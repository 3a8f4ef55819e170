"""Files on WhatsApp's side: found by their id, fetched from where they are, and uploaded."""

import contextlib
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from pytake.kit.errors import NotFound, Unavailable
from pytake.kit.frozen import frozen
from pytake.ports.whatsapp import Sender


class MediaGone(NotFound):
    """Meta does not know the id: it has expired, or belongs to another number."""

    code = "media_gone"
    message = "WhatsApp does not have this file any more."


class MediaUnreachable(Unavailable):
    code = "media_unreachable"
    message = "The file could not be fetched from WhatsApp: {reason}."


@frozen
class Place:
    """Where a file is for the next five minutes."""

    url: str
    mime_type: str | None = None
    sha256: str | None = None
    """Hexadecimal."""
    size: int | None = None


_HEX, _BASE64 = 64, 44
"""How long a SHA-256 is, either way."""


def sha256_hex(said: str | None) -> str | None:
    """Webhooks say it in base64, the Graph API in hexadecimal; None for what is neither."""
    with contextlib.suppress(ValueError):
        if said and len(said) == _BASE64:
            return b64decode(said, validate=True).hex()
        if said and len(said) == _HEX:
            return bytes.fromhex(said).hex()
    return None


class WhatsAppMedia(Protocol):
    async def locate(self, sender: Sender, media_id: str) -> Place:
        """Raises MediaGone, WhatsAppRefused, WhatsAppUnreachable."""
        ...

    def download(self, sender: Sender, place: Place) -> AsyncIterator[bytes]:
        """The bytes, part by part. Raises MediaUnreachable, also in the middle."""
        ...

    async def upload(self, sender: Sender, file: Path, mime_type: str, file_name: str) -> str:
        """The id by which this number may send it for thirty days.

        Raises WhatsAppRefused, WhatsAppUnreachable.
        """
        ...

    async def upload_handle(
        self, app_id: str, access_token: str, file: Path, mime_type: str, file_name: str
    ) -> str:
        """How a template's example or a profile's picture names the file.

        Raises WhatsAppRefused and WhatsAppUnreachable.
        """
        ...

    async def picture(self, url: str, most: int) -> bytes:
        """A picture that Meta shows to everybody, of up to that many bytes. Raises MediaUnreachable."""
        ...

    async def close(self) -> None: ...
