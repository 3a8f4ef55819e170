"""Uploads under way, in Redis."""

from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from pytake.adapters.redis import keys
from pytake.adapters.redis.client import RedisAway, RedisClient
from pytake.ports.uploads import Progress, UploadState

_FIELDS: Final = ("state", "received", "size", "mime_type", "media_file_id", "error")


class RedisUploads:
    def __init__(self, client: RedisClient) -> None:
        self._client = client

    async def note(self, upload_id: UUID, progress: Progress) -> None:
        key = keys.upload(upload_id)
        said = {name: getattr(progress, name) for name in _FIELDS}
        fields = {name: str(value) for name, value in said.items() if value is not None}

        async def write(redis: Any) -> None:
            async with redis.pipeline(transaction=True) as together:
                together.delete(key.name).hset(key.name, mapping=fields)
                await together.pexpire(key.name, key.milliseconds).execute()

        with suppress(RedisAway):
            await self._client.run(write)

    async def find(self, upload_id: UUID) -> Progress | None:
        name = keys.upload(upload_id).name

        async def read(redis: Any) -> dict[str, str]:
            fields: dict[str, str] = await redis.hgetall(name)
            return fields

        fields = await self._client.run(read)
        if not fields:
            return None
        size, file_id = fields.get("size"), fields.get("media_file_id")
        return Progress(
            UploadState(fields["state"]),
            int(fields["received"]),
            int(size) if size else None,
            fields.get("mime_type"),
            UUID(file_id) if file_id else None,
            fields.get("error"),
        )
