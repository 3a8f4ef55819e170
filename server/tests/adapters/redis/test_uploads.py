"""Uploads under way, in a Redis that may be away."""

from uuid import uuid4

import pytest

from pytake.adapters.redis.client import RedisAway, RedisClient
from pytake.adapters.redis.uploads import RedisUploads
from pytake.ports.uploads import Progress, Uploads, UploadState
from tests.adapters.redis.own import OwnRedis

BEGUN = Progress(UploadState.RECEIVING, 5, 10, "application/pdf")


async def test_the_last_note_is_what_is_found(client: RedisClient) -> None:
    uploads: Uploads = RedisUploads(client)
    upload_id = uuid4()
    assert await uploads.find(upload_id) is None

    await uploads.note(upload_id, BEGUN)
    assert await uploads.find(upload_id) == BEGUN

    stored = Progress(UploadState.STORED, 10, None, "application/pdf", uuid4())
    await uploads.note(upload_id, stored)
    assert await uploads.find(upload_id) == stored


async def test_while_redis_is_away_a_note_is_lost_and_nothing_else(
    own_redis: OwnRedis, own_client: RedisClient
) -> None:
    uploads = RedisUploads(own_client)
    own_redis.kill()

    await uploads.note(uuid4(), BEGUN)

    with pytest.raises(RedisAway):
        await uploads.find(uuid4())
