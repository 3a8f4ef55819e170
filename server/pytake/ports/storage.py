"""Where files are: whole or not at all, under keys that are made of ids and hashes only."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from pytake.kit.errors import NotFound, Unavailable

_KEY: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{2}/[0-9a-f]{64}(\.thumbnail)?")

PART: Final = 256 * 1024
"""Bytes that are read at a time."""


class StorageAway(Unavailable):
    code = "storage_unavailable"
    message = "Files cannot be stored or read right now; try again."


class FileMissing(NotFound):
    code = "file_missing"
    message = "This file is not there any more."


def file_key(organization_id: UUID, sha256: str) -> str:
    """The same bytes are one file, within one organization."""
    return f"{organization_id}/{sha256[:2]}/{sha256}"


def thumbnail_key(organization_id: UUID, sha256: str) -> str:
    return f"{file_key(organization_id, sha256)}.thumbnail"


def checked(key: str) -> str:
    """Raises ValueError: nothing that somebody typed is ever a key."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of a file: {key!r}")
    return key


class Storage(Protocol):
    async def put(self, key: str, source: Path) -> None:
        """Copy a local file there. Nobody ever sees a part of it. Raises StorageAway."""
        ...

    def read(self, key: str, first: int = 0, count: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `first` on, part by part. Raises FileMissing and StorageAway."""
        ...

    async def remove(self, *keys: str) -> None:
        """What is not there is no mistake. Raises StorageAway."""
        ...

    async def remove_organization(self, organization_id: UUID) -> None:
        """Everything that one organization has. Raises StorageAway."""
        ...

    async def check(self) -> None:
        """Whether files can be written, by writing nothing of anybody's. Raises StorageAway, saying why."""
        ...

    async def close(self) -> None: ...
