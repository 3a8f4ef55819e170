"""Files on Meta's side: what customers sent and businesses uploaded, each for some days, behind links."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from simulator.clock import Clock
from simulator.identifiers import numeric_id
from simulator.storage import Storage

Json = dict[str, Any]

DAY: Final = 86_400.0
OF_CUSTOMERS_LIVES: Final = 7 * DAY
OF_BUSINESSES_LIVES: Final = 30 * DAY
LINK_LIVES: Final = 300.0

MOST_BYTES: Final = {
    "audio": 16 * 1024 * 1024,
    "document": 100 * 1024 * 1024,
    "image": 5 * 1024 * 1024,
    "sticker": 500 * 1024,
    "video": 16 * 1024 * 1024,
}
TYPES: Final = {
    "audio": frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
    "document": frozenset(
        {
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        }
    ),
    "image": frozenset({"image/jpeg", "image/png"}),
    "sticker": frozenset({"image/webp"}),
    "video": frozenset({"video/mp4", "video/3gpp"}),
}


@dataclass(slots=True)
class MediaFile:
    id: str
    number_id: str
    mime_type: str
    sha256: str
    """Hexadecimal, as `GET /{media_id}` says it; webhooks say the same bytes in base64."""
    size: int
    expires_at: float
    content: bytes | None = field(default=None, repr=False)
    """None when it is in the data folder."""

    @property
    def sha256_base64(self) -> str:
        return base64.b64encode(bytes.fromhex(self.sha256)).decode()


class MediaFiles:
    def __init__(self, clock: Clock, storage: Storage, folder: Path | None) -> None:
        self._clock = clock
        self._storage = storage
        self._folder = folder / "media" if folder else None
        self._secret = secrets.token_bytes(32)
        self._files: dict[str, MediaFile] = {}
        for document in storage.documents("media"):
            self._files[document["id"]] = MediaFile(**document)

    def add(self, number_id: str, mime_type: str, content: bytes, *, lives: float) -> MediaFile:
        identity, digest = numeric_id(), hashlib.sha256(content).hexdigest()
        file = MediaFile(
            identity, number_id, mime_type, digest, len(content), self._clock.now() + lives, content
        )
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / identity).write_bytes(content)
            file.content = None
            self._storage.put("media", identity, asdict(file))
        self._files[identity] = file
        return file

    def find(self, identity: str) -> MediaFile | None:
        """None for what was never there, was deleted, or has expired."""
        file = self._files.get(identity)
        return file if file and file.expires_at > self._clock.now() else None

    def read(self, file: MediaFile) -> bytes:
        if file.content is not None:
            return file.content
        return (self._folder / file.id).read_bytes() if self._folder else b""

    def remove(self, file: MediaFile) -> None:
        self._files.pop(file.id, None)
        self._storage.remove("media", file.id)
        if self._folder is not None:
            (self._folder / file.id).unlink(missing_ok=True)

    def link(self, file: MediaFile) -> str:
        """The query of an address that is good for five minutes."""
        until = int(self._clock.now() + LINK_LIVES)
        return f"mid={file.id}&ext={until}&hash={self._hash(file.id, until)}"

    def behind(self, identity: str, until: str, given: str) -> MediaFile | None:
        if not until.isdecimal() or int(until) <= self._clock.now():
            return None
        if not hmac.compare_digest(self._hash(identity, int(until)), given):
            return None
        return self.find(identity)

    def _hash(self, identity: str, until: int) -> str:
        return hmac.new(self._secret, f"{identity}.{until}".encode(), hashlib.sha256).hexdigest()
