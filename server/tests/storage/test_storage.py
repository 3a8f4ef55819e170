"""One contract for every place where files can be."""

import asyncio
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from pytake.adapters.storage.folder import FolderStorage
from pytake.adapters.storage.s3 import Bucket, S3Storage
from pytake.kit.ids import new_id
from pytake.ports.storage import FileMissing, Storage, StorageAway, checked, file_key, thumbnail_key

ORGANIZATION = UUID("01a20635-96fc-7007-8c5d-1f7eba1d1573")
LONG = os.urandom(700_000)
"""More than two parts."""


def a_file(folder: Path, content: bytes) -> tuple[str, Path]:
    digest = hashlib.sha256(content).hexdigest()
    path = folder / digest
    path.write_bytes(content)
    return file_key(ORGANIZATION, digest), path


async def read(storage: Storage, key: str, first: int = 0, count: int | None = None) -> bytes:
    return b"".join([part async for part in storage.read(key, first, count)])


async def test_what_was_put_is_read_again_whole_and_in_parts(storage: Storage, tmp_path: Path) -> None:
    key, path = a_file(tmp_path, LONG)

    await storage.put(key, path)

    assert await read(storage, key) == LONG
    assert await read(storage, key, 0, 10) == LONG[:10]
    assert await read(storage, key, 300_000, 300_001) == LONG[300_000:600_001]
    assert await read(storage, key, 699_990) == LONG[-10:]
    assert await read(storage, key, 5, 0) == b""
    assert path.read_bytes() == LONG


async def test_putting_it_again_changes_nothing(storage: Storage, tmp_path: Path) -> None:
    key, path = a_file(tmp_path, b"the same")

    await asyncio.gather(*(storage.put(key, path) for _ in range(5)))

    assert await read(storage, key) == b"the same"


async def test_what_is_not_there_is_missing_and_can_be_removed(storage: Storage, tmp_path: Path) -> None:
    key, path = a_file(tmp_path, b"gone soon")
    await storage.put(key, path)

    await storage.remove(key, thumbnail_key(ORGANIZATION, "0" * 64))
    await storage.remove(key)

    with pytest.raises(FileMissing):
        await read(storage, key)


async def test_an_organization_goes_with_all_of_its_files_and_no_other(
    storage: Storage, tmp_path: Path
) -> None:
    gone = [a_file(tmp_path, f"file {number}".encode()) for number in range(5)]
    digest = hashlib.sha256(b"of another").hexdigest()
    other = file_key(new_id(), digest)
    (tmp_path / digest).write_bytes(b"of another")
    for key, path in [*gone, (other, tmp_path / digest)]:
        await storage.put(key, path)

    await storage.remove_organization(ORGANIZATION)
    await storage.remove_organization(ORGANIZATION)

    for key, _ in gone:
        with pytest.raises(FileMissing):
            await read(storage, key)
    assert await read(storage, other) == b"of another"


@pytest.mark.parametrize(
    "key",
    [
        "",
        "../secret.key",
        f"{ORGANIZATION}/../../secret.key",
        f"{ORGANIZATION}/ab/{'a' * 63}",
        f"{ORGANIZATION}/ab/{'a' * 64}/..",
        f"{ORGANIZATION}/ab/{'a' * 64}.html",
        f"{ORGANIZATION}/ab/{'a' * 64}\n",
        f"/{ORGANIZATION}/ab/{'a' * 64}",
        f"{str(ORGANIZATION).upper()}/ab/{'A' * 64}",
    ],
)
async def test_nothing_else_is_a_key(storage: Storage, tmp_path: Path, key: str) -> None:
    (tmp_path / "source").write_bytes(b"x")
    with pytest.raises(ValueError, match="not a key"):
        checked(key)
    with pytest.raises(ValueError, match="not a key"):
        await storage.put(key, tmp_path / "source")
    with pytest.raises(ValueError, match="not a key"):
        await read(storage, key)
    with pytest.raises(ValueError, match="not a key"):
        await storage.remove(key)


async def test_it_says_that_it_works(storage: Storage) -> None:
    await storage.check()


async def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    storage = FolderStorage(tmp_path / "taken" / "files")
    key, path = a_file(tmp_path, b"x")

    with pytest.raises(StorageAway):
        await storage.check()
    with pytest.raises(StorageAway):
        await storage.put(key, path)


async def test_a_write_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = FolderStorage(tmp_path / "files")
    key, path = a_file(tmp_path, LONG)
    monkeypatch.setattr(os, "fsync", _no_space)

    with pytest.raises(StorageAway):
        await storage.put(key, path)

    assert [found for found in (tmp_path / "files").rglob("*") if found.is_file()] == []


def _no_space(_: int) -> None:
    raise OSError(28, "No space left on device")


async def test_a_bucket_that_is_not_there_says_so(bucket: Bucket) -> None:
    storage = S3Storage(Bucket("another-bucket", bucket.endpoint, bucket.region, "an-id", "a-secret"))

    with pytest.raises(StorageAway, match="right now"):
        await storage.check()
    await storage.close()


async def test_a_service_that_is_away_says_so(tmp_path: Path) -> None:
    storage = S3Storage(Bucket("files", "http://127.0.0.1:1", "us-east-1", "an-id", "a-secret"))
    key, path = a_file(tmp_path, b"x")

    with pytest.raises(StorageAway):
        await storage.put(key, path)
    with pytest.raises(StorageAway):
        await read(storage, key)
    await storage.close()


def test_the_library_is_loaded_with_the_first_file() -> None:
    listed = (
        "import sys, pytake.entrypoints.bootstrap, pytake.entrypoints.tasks, pytake.entrypoints.api; "
        "print(sorted({'aiobotocore', 'botocore', 'PIL', 'av'} & set(sys.modules)))"
    )

    said = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True).stdout

    assert said == "[]\n"
