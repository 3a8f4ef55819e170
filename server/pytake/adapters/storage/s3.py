"""Files in a bucket of an S3-compatible service. The library is loaded with the first file, not before."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from pytake.ports.storage import PART, FileMissing, StorageAway, checked

if TYPE_CHECKING:
    from types_aiobotocore_s3.client import S3Client

T = TypeVar("T")

_CONNECT_SECONDS: Final = 5
_SILENT_SECONDS: Final = 20
_TRIES: Final = 3
_GONE: Final = frozenset({"NoSuchKey", "404", str(HTTPStatus.NOT_FOUND.value)})


@dataclass(frozen=True, slots=True)
class Bucket:
    name: str
    endpoint: str = ""
    """Empty is Amazon's."""
    region: str = ""
    access_key: str = ""
    """Empty looks where Amazon's own tools look."""
    secret_key: str = field(default="", repr=False)


class S3Storage:
    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._opened = AsyncExitStack()
        self._client: S3Client | None = None
        self._opening = asyncio.Lock()

    async def put(self, key: str, source: Path) -> None:
        content = await asyncio.to_thread(source.read_bytes)
        client = await self._s3()
        await _called(lambda: client.put_object(Bucket=self._bucket.name, Key=checked(key), Body=content))

    async def read(self, key: str, first: int = 0, count: int | None = None) -> AsyncIterator[bytes]:
        if count == 0:
            return
        client = await self._s3()
        last = "" if count is None else first + count - 1
        wanted = f"bytes={first}-{last}"
        answer = await _called(
            lambda: client.get_object(Bucket=self._bucket.name, Key=checked(key), Range=wanted)
        )
        async with answer["Body"] as body:
            while part := await _called(lambda: body.read(PART)):
                yield part

    async def remove(self, *keys: str) -> None:
        client = await self._s3()
        for key in map(checked, keys):
            await _called(partial(client.delete_object, Bucket=self._bucket.name, Key=key))

    async def remove_organization(self, organization_id: UUID) -> None:
        client = await self._s3()
        folder = f"{organization_id}/"
        while page := await _called(
            lambda: client.list_objects_v2(Bucket=self._bucket.name, Prefix=folder, MaxKeys=1000)
        ):
            found = [item["Key"] for item in page.get("Contents", ())]
            if not found:
                return
            for key in found:
                await _called(partial(client.delete_object, Bucket=self._bucket.name, Key=key))

    async def check(self) -> None:
        client = await self._s3()
        name = ".trial"
        await _called(lambda: client.put_object(Bucket=self._bucket.name, Key=name, Body=b"trial"))
        await _called(lambda: client.delete_object(Bucket=self._bucket.name, Key=name))

    async def close(self) -> None:
        await self._opened.aclose()

    async def _s3(self) -> "S3Client":
        async with self._opening:
            if self._client is None:
                client: S3Client = await self._opened.enter_async_context(self._connected())
                self._client = client
            return self._client

    def _connected(self) -> Any:
        from aiobotocore.config import AioConfig
        from aiobotocore.session import get_session

        config = AioConfig(
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_SILENT_SECONDS,
            retries={"total_max_attempts": _TRIES, "mode": "standard"},
            s3={"addressing_style": "path" if self._bucket.endpoint else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        return get_session().create_client(
            "s3",
            region_name=self._bucket.region or None,
            endpoint_url=self._bucket.endpoint or None,
            aws_access_key_id=self._bucket.access_key or None,
            aws_secret_access_key=self._bucket.secret_key or None,
            config=config,
        )


async def _called(call: Callable[[], Awaitable[T]]) -> T:
    from aiohttp import ClientError as ConnectionFailed
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return await call()
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _GONE:
            raise FileMissing from error
        raise StorageAway(reason=code or "refused") from error
    except (BotoCoreError, ConnectionFailed, OSError, TimeoutError) as error:
        raise StorageAway(reason=type(error).__name__) from error
