"""Files that every simulated phone has at hand, drawn and written for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Sample:
    file: str
    kind: str
    mime_type: str
    more: dict[str, str | bool | None] = field(default_factory=dict)

    def read(self) -> bytes:
        return (Path(__file__).parent / self.file).read_bytes()


SAMPLES: Final[Mapping[str, Sample]] = MappingProxyType(
    {
        "photo": Sample("photo.jpg", "image", "image/jpeg"),
        "voice": Sample("voice.ogg", "audio", "audio/ogg; codecs=opus", {"voice": True}),
        "document": Sample("document.pdf", "document", "application/pdf", {"filename": "comprovante.pdf"}),
        "sticker": Sample("sticker.webp", "sticker", "image/webp", {"animated": False}),
    }
)
