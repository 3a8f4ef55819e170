"""The five collections of the specification, with its indexes (one is longer) and lifetimes."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from pytake.adapters.mongo.collections import ensure_indexes
from pytake.adapters.mongo.documents import MongoDocuments

SPECIFIED: dict[str, list[dict[str, Any]]] = {
    "message_logs": [
        {"key": {"organization_id": 1, "created_at": -1}},
        {"key": {"conversation_id": 1, "created_at": -1}},
        {"key": {"whatsapp_message_id": 1}},
        {
            "key": {"organization_id": 1, "_fts": "text", "_ftsx": 1},
            "weights": {"content.text": 1},
            "default_language": "portuguese",
            "language_override": "search_language",
        },
        {"key": {"created_at": 1}, "expireAfterSeconds": 31_536_000},
    ],
    "conversation_logs": [
        {"key": {"organization_id": 1, "session_start": -1}},
        {"key": {"contact_id": 1, "session_start": -1}},
        {"key": {"conversation_id": 1}},
    ],
    "analytics_snapshots": [{"key": {"organization_id": 1, "period": 1, "date": -1}}],
    "webhook_logs": [
        {"key": {"organization_id": 1, "created_at": -1}},
        {"key": {"webhook_id": 1, "created_at": -1}},
        {"key": {"success": 1}},
        {"key": {"created_at": 1}, "expireAfterSeconds": 7_776_000},
    ],
    "api_request_logs": [
        {"key": {"organization_id": 1, "created_at": -1, "_id": -1}},
        {"key": {"user_id": 1, "created_at": -1}},
        {"key": {"path": 1, "method": 1}},
        {"key": {"created_at": 1}, "expireAfterSeconds": 2_592_000},
    ],
}


@pytest.fixture
async def documents(mongodb_url: str) -> AsyncIterator[MongoDocuments]:
    async with MongoDocuments(mongodb_url) as documents:
        yield documents


async def _indexes(documents: MongoDocuments, name: str) -> list[dict[str, Any]]:
    found = await (await documents.database[name].list_indexes()).to_list()
    return [
        {key: dict(value) if key == "key" else value for key, value in index.items()}
        for index in found
        if index["name"] != "_id_"
    ]


async def _all(documents: MongoDocuments) -> dict[str, list[dict[str, Any]]]:
    names = await documents.database.list_collection_names()
    ignored = {"v", "name", "textIndexVersion"}
    return {
        name: [
            {key: value for key, value in index.items() if key not in ignored}
            for index in await _indexes(documents, name)
        ]
        for name in names
    }


async def test_every_collection_index_and_lifetime_is_the_specification_s(documents: MongoDocuments) -> None:
    await documents.prepare()

    assert await _all(documents) == SPECIFIED


async def test_preparing_twice_changes_nothing(documents: MongoDocuments) -> None:
    await documents.prepare()
    before = {name: await _indexes(documents, name) for name in SPECIFIED}

    await ensure_indexes(documents.database)

    assert {name: await _indexes(documents, name) for name in SPECIFIED} == before


async def test_an_index_that_was_otherwise_is_put_right(documents: MongoDocuments) -> None:
    logs = documents.database["message_logs"]
    await logs.create_index([("created_at", 1)], expireAfterSeconds=60)
    await logs.create_index([("whatsapp_message_id", 1)], unique=True)

    await documents.prepare()

    made = (await _all(documents))["message_logs"]
    assert sorted(made, key=_keys) == sorted(SPECIFIED["message_logs"], key=_keys)
    await logs.insert_many([{"whatsapp_message_id": "1"}, {"whatsapp_message_id": "1"}])


def _keys(index: dict[str, Any]) -> list[str]:
    return list(index["key"])


async def test_words_are_found_in_portuguese_and_in_one_organization_only(documents: MongoDocuments) -> None:
    """Also in templates, whose content names a language that MongoDB does not know."""
    here, there = uuid4(), uuid4()
    for organization_id in (here, there):
        await documents.upsert(
            "message_logs",
            organization_id,
            [
                _log(organization_id, {"text": "Quais pães vocês têm?"}),
                _log(organization_id, {"text": "Bolos", "language": "pt_BR", "name": "oferta"}),
            ],
        )

    async def find(words: str) -> int:
        query = {"organization_id": here, "$text": {"$search": words}}
        return await documents.database["message_logs"].count_documents(query)

    assert [await find(words) for words in ("pão", "PÃES", "bolo", "cerveja")] == [1, 1, 1, 0]


def _log(organization_id: Any, content: dict[str, Any]) -> dict[str, Any]:
    return {"_id": uuid4(), "organization_id": organization_id, "content": content}
