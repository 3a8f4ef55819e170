"""How far uploads are, for whoever asks. Forgotten after an hour, or at any moment: nothing depends on it."""

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from pytake.kit.frozen import frozen


class UploadState(StrEnum):
    RECEIVING = "receiving"
    CHECKING = "checking"
    """All of it is here; it is looked at, mended and stored."""
    STORED = "stored"
    REFUSED = "refused"


@frozen
class Progress:
    state: UploadState
    received: int = 0
    size: int | None = None
    """As it was announced."""
    mime_type: str | None = None
    media_file_id: UUID | None = None
    """Once it is there. Its row says where."""
    error: str | None = None
    """The code of what it was refused with."""


class Uploads(Protocol):
    async def note(self, upload_id: UUID, progress: Progress) -> None:
        """Never fails: where nobody can remember, nobody is told."""
        ...

    async def find(self, upload_id: UUID) -> Progress | None:
        """None for what is not known, or not any more. Raises Unavailable."""
        ...
