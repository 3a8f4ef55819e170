"""The two places where files can be: a folder, and a bucket of a server that speaks S3."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from pytake.adapters.storage.folder import FolderStorage
from pytake.adapters.storage.s3 import Bucket, S3Storage
from pytake.ports.storage import Storage
from tests.ports import spare_ports

REGION = "us-east-1"


@pytest.fixture(scope="session")
async def s3_url() -> AsyncIterator[str]:
    (port,) = spare_ports(1)
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "moto.server",
        "-H",
        "127.0.0.1",
        "-p",
        str(port),
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        await _answers(f"{url}/moto-api/")
        yield url
    finally:
        server.kill()
        await server.wait()


async def _answers(url: str) -> None:
    async with asyncio.timeout(60), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(url):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)


@pytest.fixture
async def bucket(s3_url: str, request: pytest.FixtureRequest) -> Bucket:
    """An empty one of this test's own."""
    name = f"files-{abs(hash(request.node.nodeid))}"
    async with aiohttp.ClientSession() as session, session.put(f"{s3_url}/{name}") as made:
        assert made.status == 200
    return Bucket(name, s3_url, REGION, "an-id", "a-secret")


@pytest.fixture(params=["folder", "s3"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path, bucket: Bucket) -> AsyncIterator[Storage]:
    made: Storage = FolderStorage(tmp_path / "files") if request.param == "folder" else S3Storage(bucket)
    yield made
    await made.close()
