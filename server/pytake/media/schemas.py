"""What the API says about files."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from pytake.media.types import Failure, Kind, State
from pytake.ports.uploads import UploadState


class MessageMedia(BaseModel):
    """The file of a message, as far as it is here. Links to it are asked for apart: they do not live long."""

    state: State
    error: Failure | None
    """Why it is not here, also while it will be tried again."""
    mime_type: str | None
    """What it is by its own bytes; `application/octet-stream` can only be downloaded."""
    file_name: str | None
    size: int | None
    width: int | None
    height: int | None
    has_thumbnail: bool


class MediaLinks(BaseModel):
    message_id: UUID
    url: str | None
    """To show it in the page; None when it can only be downloaded."""
    thumbnail_url: str | None
    download_url: str


class MediaLinkList(BaseModel):
    items: list[MediaLinks]
    expires_at: datetime
    """Until then every link is good."""


class HeaderSample(BaseModel):
    handle: str
    """Goes into the template's `header_content`."""
    mime_type: str
    size: int


class UploadRead(BaseModel):
    """How far an upload is."""

    state: UploadState
    received: int
    """Bytes."""
    size: int | None
    """As it was announced, and of the file itself once it is stored."""
    mime_type: str | None
    media_file_id: UUID | None
    """Once it is stored."""
    error: str | None
    """The code of what it was refused with; `broken_off` when its bytes ended too soon."""


class FileRead(BaseModel):
    id: UUID
    kind: Kind
    mime_type: str
    file_name: str | None
    size: int
    width: int | None
    height: int | None
    url: str | None
    thumbnail_url: str | None
    download_url: str


class KindLimits(BaseModel):
    kind: Kind
    max_bytes: int
    mime_types: list[str]
    """What a file of this kind may be, by its own bytes."""
    takes_caption: bool


class MediaLimits(BaseModel):
    """What WhatsApp takes, to be known before a file is uploaded."""

    kinds: list[KindLimits]
    max_caption_length: int
