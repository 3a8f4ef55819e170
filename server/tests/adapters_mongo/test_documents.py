"""Writing documents: repeatably, each organization its own, and with patience for a store that is away."""

import asyncio
import gc
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from warnings import catch_warnings

import pytest
from bson import CodecOptions, UuidRepresentation, decode, encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytake.adapters.mongo.documents import MongoDocuments
from pytake.adapters.mongo.values import storable
from pytake.entrypoints.embedded import Engines, Urls
from pytake.ports.documents import DocumentsAway

HERE = uuid4()

JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text() | st.integers(-(2**70), 2**70),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text().filter(lambda key: "\x00" not in key) | st.sampled_from(["$set", "$ref", "a.b", "_id"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@pytest.fixture
async def documents(mongodb_url: str) -> AsyncIterator[MongoDocuments]:
    async with MongoDocuments(mongodb_url) as documents:
        yield documents


def _document(text: str, *, key: UUID | None = None, revision: str | None = None) -> dict[str, Any]:
    document = {"_id": key or uuid4(), "organization_id": HERE, "content": {"text": text}}
    return document if revision is None else {**document, "revision": revision}


async def _texts(documents: MongoDocuments) -> list[str]:
    found = await documents.database["message_logs"].find().to_list()
    return sorted(document["content"]["text"] for document in found)


async def test_writing_again_changes_nothing_and_replaces_what_is_newer(documents: MongoDocuments) -> None:
    first, second = _document("one"), _document("two")
    for _ in range(3):
        await documents.upsert("message_logs", HERE, [first, second])
    assert await _texts(documents) == ["one", "two"]

    await documents.upsert("message_logs", HERE, [{**first, "content": {"text": "three"}}])

    assert await _texts(documents) == ["three", "two"]


async def test_ids_and_moments_come_back_as_they_were(documents: MongoDocuments) -> None:
    moment = datetime(2026, 11, 22, 12, 0, 0, 123_000, tzinfo=UTC)
    written = {**_document("one"), "created_at": moment}
    await documents.upsert("message_logs", HERE, [written])

    assert await documents.database["message_logs"].find_one() == written


async def test_an_older_revision_never_replaces_a_newer_one(documents: MongoDocuments) -> None:
    key = uuid4()
    for revision in ("2", "3", "1", "3", "2"):
        await documents.upsert("message_logs", HERE, [_document(revision, key=key, revision=revision)])

    assert await _texts(documents) == ["3"]


async def test_of_many_who_write_the_same_at_once_the_newest_stays(documents: MongoDocuments) -> None:
    keys = [uuid4() for _ in range(40)]
    await documents.prepare()

    async def write(revision: str) -> None:
        await documents.upsert(
            "message_logs", HERE, [_document(revision, key=key, revision=revision) for key in keys]
        )

    await asyncio.gather(*(write(f"{number:02d}") for number in range(24)))

    assert await _texts(documents) == ["23"] * 40


async def test_a_document_of_another_organization_is_refused(documents: MongoDocuments) -> None:
    for document in ({**_document("theirs"), "organization_id": uuid4()}, {"_id": uuid4()}):
        with pytest.raises(ValueError, match="another organization"):
            await documents.upsert("message_logs", HERE, [document])
    await documents.upsert("message_logs", HERE, [])

    assert await _texts(documents) == []


@given(content=JSON)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_can_be_held(content: Any) -> None:
    options: CodecOptions[dict[str, Any]] = CodecOptions(uuid_representation=UuidRepresentation.STANDARD)
    kept = storable({"content": content})

    assert decode(encode(kept, codec_options=options), options) == kept


async def test_json_too_deep_or_too_large_is_held_as_text(documents: MongoDocuments) -> None:
    deep: Any = "the bottom"
    for _ in range(240):
        deep = {"down": deep}
    document = {**_document("deep"), "raw": deep, "list": [[2**63, -(2**63) - 1, 2**63 - 1]]}
    await documents.upsert("message_logs", HERE, [document])

    found = await documents.database["message_logs"].find_one()
    assert found
    assert found["list"] == [[str(2**63), str(-(2**63) - 1), 2**63 - 1]]
    down, steps = found["raw"], 0
    while isinstance(down, dict):
        down, steps = down["down"], steps + 1
    assert down.startswith('{"down":')
    assert 90 < steps < 110


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_a_store_that_is_away_is_left_alone_for_a_while_and_found_again(tmp_path: Path) -> None:
    clock = Clock()
    given = Urls(database_url="postgresql://none", redis_url="redis://none")
    with Engines(tmp_path, given=given) as engines:
        assert engines.urls.mongodb_url
        (mongo,) = engines.running
        async with MongoDocuments(engines.urls.mongodb_url, patience_ms=100, clock=clock) as documents:
            await documents.upsert("message_logs", HERE, [_document("before")])
            mongo.child.end(0)
            rests = []
            for _ in range(7):
                with pytest.raises(DocumentsAway):
                    await documents.upsert("message_logs", HERE, [_document("lost")])
                assert documents.is_resting()
                with pytest.raises(DocumentsAway):
                    await documents.upsert("message_logs", HERE, [_document("not even tried")])
                began = clock.now
                while documents.is_resting():
                    clock.now += 1
                rests.append(clock.now - began)
            assert rests == [1, 2, 4, 8, 16, 30, 30]
            with pytest.raises(DocumentsAway):
                await documents.ping()

            engines.restart(mongo)
            await documents.ping()
            await documents.upsert("message_logs", HERE, [_document("after")])

            assert not documents.is_resting()
            assert await _texts(documents) == ["after", "before"]


async def test_nothing_that_was_confirmed_is_lost_when_the_store_is_killed(tmp_path: Path) -> None:
    given = Urls(database_url="postgresql://none", redis_url="redis://none")
    with Engines(tmp_path, given=given) as engines:
        assert engines.urls.mongodb_url
        (mongo,) = engines.running
        confirmed: list[str] = []
        for number in range(3):
            async with MongoDocuments(engines.urls.mongodb_url) as documents:
                for part in range(5):
                    text = f"{number}-{part}"
                    await documents.upsert("message_logs", HERE, [_document(text)])
                    confirmed.append(text)
            mongo.child.end(0)
            engines.restart(mongo)
        async with MongoDocuments(engines.urls.mongodb_url) as documents:
            assert await _texts(documents) == confirmed


async def test_what_is_added_again_stays_as_it_was(documents: MongoDocuments) -> None:
    """As after a write whose confirmation was lost."""
    first, second = _document("one"), _document("two")
    await documents.append("message_logs", [first])

    await documents.append("message_logs", [{**first, "content": {"text": "other"}}, second])

    assert await _texts(documents) == ["one", "two"]


async def test_nothing_is_added_while_the_store_is_away() -> None:
    await _refused_while_away()
    # pymongo forgets to close the socket of a connection it is about to make when its client is closed: it is
    # collected here, where that is known, and not in the middle of whatever test runs next.
    with catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()


async def _refused_while_away() -> None:
    async with MongoDocuments("mongodb://127.0.0.1:1/nothing", patience_ms=100) as away:
        for _ in range(2):
            with pytest.raises(DocumentsAway):
                await away.append("api_request_logs", [_document("one")])
        assert away.is_resting()
