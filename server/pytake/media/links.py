"""Links to files: signed, short-lived, and good for one file in one way only.

The address says everything: whose file, which, how it may be shown, until when. Who changes any of it breaks
the signature. The same link is given for a while, so that browsers can remember what they have.
"""

import re
import struct
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from enum import IntEnum
from hmac import compare_digest
from typing import Final, NamedTuple
from urllib.parse import quote
from uuid import UUID

from pytake.media.errors import LinkExpired
from pytake.media.schemas import FileRead, MediaLinks
from pytake.media.sniffing import SHOWN
from pytake.media.types import Kind, MediaFile
from pytake.ports.digests import Digests

PLACE: Final = "/api/v1/media/files/"
LIVES: Final = 3600
"""Seconds, at the least; at the most half as long again."""
_STEP: Final = LIVES // 2
_PURPOSE: Final = "links to files"
_SAID: Final = struct.Struct(">16s16sBI")
_MAC: Final = 16
SIGNED: Final = r"[A-Za-z0-9_-]{71}"
_LONGEST_NAME: Final = 120
_NOT_IN_NAMES: Final = re.compile(r'[/\\:*?"<>|%\x00-\x1f\x7f]+')


class Showing(IntEnum):
    INLINE = 1
    THUMBNAIL = 2
    DOWNLOAD = 3


class Link(NamedTuple):
    organization_id: UUID
    file_id: UUID
    showing: Showing


class Signer:
    """For one organization, with one moment for all links of an answer."""

    def __init__(self, digests: Digests, organization_id: UUID, now: datetime) -> None:
        self._digests = digests
        self._organization_id = organization_id
        self._until = (int(now.timestamp()) // _STEP + 1) * _STEP + LIVES

    @property
    def expires_at(self) -> datetime:
        return datetime.fromtimestamp(self._until, UTC)

    def of_message(self, message_id: UUID, file: MediaFile, name: str | None) -> MediaLinks:
        return MediaLinks(
            message_id=message_id,
            url=self._shown(file, name),
            thumbnail_url=self._thumbnail(file),
            download_url=self._link(file, Showing.DOWNLOAD, name),
        )

    def of_file(self, file: MediaFile, kind: Kind, name: str | None) -> FileRead:
        return FileRead(
            id=file.id,
            kind=kind,
            mime_type=file.mime_type,
            file_name=name,
            size=file.size,
            width=file.width,
            height=file.height,
            url=self._shown(file, name),
            thumbnail_url=self._thumbnail(file),
            download_url=self._link(file, Showing.DOWNLOAD, name),
        )

    def _shown(self, file: MediaFile, name: str | None) -> str | None:
        return self._link(file, Showing.INLINE, name) if file.mime_type in SHOWN else None

    def _thumbnail(self, file: MediaFile) -> str | None:
        return self._link(file, Showing.THUMBNAIL, None) if file.has_thumbnail else None

    def _link(self, file: MediaFile, showing: Showing, name: str | None) -> str:
        said = _SAID.pack(self._organization_id.bytes, file.id.bytes, showing, self._until)
        told = safe_name(name) or "file"
        mac = self._digests.mac(_PURPOSE, said + told.encode())[:_MAC]
        token = urlsafe_b64encode(said + mac).rstrip(b"=").decode()
        return f"{PLACE}{token}/{quote(told, safe='')}"


def read(digests: Digests, token: str, name: str, now: datetime) -> Link:
    """Raises LinkExpired, whatever is wrong with it."""
    if not re.fullmatch(SIGNED, token):
        raise LinkExpired
    given = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    said, mac = given[: _SAID.size], given[_SAID.size :]
    signed = said + name.encode("utf-8", "replace")
    if not any(compare_digest(mac, made[:_MAC]) for made in digests.macs(_PURPOSE, signed)):
        raise LinkExpired
    organization_id, file_id, showing, until = _SAID.unpack(said)
    if until <= now.timestamp():
        raise LinkExpired
    return Link(UUID(bytes=organization_id), UUID(bytes=file_id), Showing(showing))


def safe_name(name: str | None) -> str:
    """Of what a person called it: one line, no path, nothing that turns the direction of reading."""
    kept = unicodedata.normalize("NFC", (name or "").encode("utf-8", "replace").decode())
    kept = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in kept)
    kept = " ".join(_NOT_IN_NAMES.sub(" ", kept).split()).strip(". ")
    if len(kept) <= _LONGEST_NAME:
        return kept
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[: _LONGEST_NAME - 12]}{dot}{ending[:11]}" if dot else kept[:_LONGEST_NAME]
