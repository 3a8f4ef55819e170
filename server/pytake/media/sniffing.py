"""What a file is, by its own first bytes. Whatever is not known here is bytes and nothing else.

The list is short on purpose: what WhatsApp carries. A name or a claimed type only ever chooses between
readings that the bytes allow.
"""

from typing import Final

HEAD: Final = 4096
"""Bytes that are looked at."""

BYTES: Final = "application/octet-stream"

PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
SHOWN: Final = PICTURES | {
    "audio/aac",
    "audio/amr",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "video/3gpp",
    "video/mp4",
}
"""What a browser may show in a page of ours: pixels and sound. Everything else is downloaded, as bytes."""

_OFFICE: Final = {
    b"PK\x03\x04": frozenset(
        {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        }
    ),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": frozenset(
        {"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"}
    ),
}
_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"%PDF-", "application/pdf"),
)
_LAYER_3: Final = frozenset({b"\xfa", b"\xfb", b"\xf2", b"\xf3", b"\xe2", b"\xe3"})
_ADTS: Final = frozenset({b"\xf0", b"\xf1", b"\xf8", b"\xf9"})
_OGG_SOUND: Final = (b"OpusHead", b"\x01vorbis", b"Speex   ")
_FIRST_PAGE: Final = 28
_PRINTABLE: Final = frozenset(b"\t\n\r\f") | frozenset(range(0x20, 0x100))


def sniff(head: bytes, claimed: str | None) -> str:
    """The type by which the file is kept and served; `claimed` may carry parameters."""
    said = bare(claimed)
    for beginning, mime_type in _BEGINNINGS:
        if head.startswith(beginning):
            return mime_type
    for beginning, office in _OFFICE.items():
        if head.startswith(beginning):
            return said if said in office else BYTES
    return _riff(head) or _ogg(head) or _iso(head, said) or _bare_sound(head) or _plain(head, said)


def bare(mime_type: str | None) -> str:
    """`audio/ogg; codecs=opus` → `audio/ogg`."""
    return (mime_type or "").partition(";")[0].strip().lower()


def _riff(head: bytes) -> str | None:
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def _ogg(head: bytes) -> str | None:
    if head[:4] != b"OggS":
        return None
    is_sound = any(head.startswith(name, _FIRST_PAGE) for name in _OGG_SOUND)
    return "audio/ogg" if is_sound else BYTES


def _iso(head: bytes, said: str) -> str | None:
    """MP4 and its kin name themselves in their first box."""
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    if brand.startswith(b"3g"):
        return "video/3gpp"
    if brand in {b"heic", b"heix", b"mif1", b"avif", b"avis", b"crx ", b"qt  "}:
        return BYTES
    return "audio/mp4" if brand in {b"M4A ", b"M4B "} or said == "audio/mp4" else "video/mp4"


def _bare_sound(head: bytes) -> str | None:
    """Frames without a container begin with eleven or twelve set bits."""
    if not head.startswith(b"\xff"):
        return None
    if head[1:2] in _LAYER_3:
        return "audio/mpeg"
    return "audio/aac" if head[1:2] in _ADTS else None


def _plain(head: bytes, said: str) -> str:
    return "text/plain" if said == "text/plain" and set(head) <= _PRINTABLE else BYTES
