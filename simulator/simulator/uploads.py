"""Resumable uploads: a session of an app, bytes from an offset on, and the handle that templates show."""

import base64
import secrets
from dataclasses import dataclass, field
from typing import Final

TYPES: Final = frozenset({"application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"})


@dataclass(slots=True)
class Upload:
    id: str
    app_id: str
    file_type: str
    file_length: int
    received: bytearray = field(default_factory=bytearray)

    @property
    def is_complete(self) -> bool:
        return len(self.received) >= self.file_length


class Uploads:
    def __init__(self) -> None:
        self._sessions: dict[str, Upload] = {}
        self._handles: dict[str, Upload] = {}

    def begin(self, app_id: str, file_type: str, file_length: int) -> Upload:
        upload = Upload(f"upload:{secrets.token_urlsafe(24)}", app_id, file_type, file_length)
        self._sessions[upload.id] = upload
        return upload

    def find(self, identity: str) -> Upload | None:
        return self._sessions.get(identity)

    def handle(self, upload: Upload) -> str:
        """Of a complete one; the same bytes twice have two."""
        kind = base64.b64encode(upload.file_type.encode()).decode()
        made = f"4::{kind}:{secrets.token_urlsafe(32)}"
        self._handles[made] = upload
        self._sessions.pop(upload.id, None)
        return made

    def behind(self, handle: str) -> Upload | None:
        """What a template may name as its header's example."""
        return self._handles.get(handle)
