"""`ports.documents` on MongoDB: confirmed and repeatable writes, and a rest after each failure."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final, Self
from uuid import UUID

import structlog
from pymongo import AsyncMongoClient, ReplaceOne, WriteConcern
from pymongo.errors import BulkWriteError, ExecutionTimeout, PyMongoError

from pytake.adapters.mongo.collections import ensure_indexes
from pytake.adapters.mongo.searching import conditions_of
from pytake.adapters.mongo.values import storable
from pytake.ports.documents import DocumentsAway, Search, SearchTooWide

log = structlog.get_logger(__name__)

_USUAL_DATABASE: Final = "pytake"
_DUPLICATE: Final = 11000
_PATIENCE_MS: Final = 2_000
_SOCKET_MS: Final = 20_000
_LONGEST_SEARCH_MS: Final = 5_000
_POOL: Final = 8
_FIRST_REST, _LONGEST_REST = 1.0, 30.0

_CONFIRMED = WriteConcern(w="majority", j=True, wtimeout=10_000)
"""In the journal on disk, on a majority: the reader's cursor moves on the strength of it."""


class MongoDocuments:
    def __init__(
        self, url: str, *, patience_ms: int = _PATIENCE_MS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`patience_ms`: how long a server is looked for before the store counts as away."""
        self._client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(
            url,
            uuidRepresentation="standard",
            tz_aware=True,
            serverSelectionTimeoutMS=patience_ms,
            connectTimeoutMS=patience_ms,
            waitQueueTimeoutMS=patience_ms,
            socketTimeoutMS=_SOCKET_MS,
            maxPoolSize=_POOL,
            appname="pytake",
        )
        self.database = self._client.get_default_database(_USUAL_DATABASE)
        self._clock = clock
        self._rest_until = 0.0
        self._failures = 0
        self._prepared = False
        self._preparing = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._client.close()

    def is_resting(self) -> bool:
        return self._clock() < self._rest_until

    async def ping(self) -> None:
        """Raises DocumentsAway. Also asked while resting: it is how a person finds out."""
        async with self._answering():
            await self._client.admin.command("ping")

    async def prepare(self) -> None:
        async with self._preparing:
            if not self._prepared:
                async with self._answering():
                    await ensure_indexes(self.database)
                self._prepared = True

    async def upsert(
        self, collection: str, organization_id: UUID, documents: Sequence[Mapping[str, Any]]
    ) -> None:
        operations = [_replacement(organization_id, document) for document in documents]
        if not operations:
            return
        if self.is_resting():
            raise DocumentsAway
        await self.prepare()
        async with self._answering():
            stale = await self._write(collection, operations)
            if stale:  # lost a race for a new `_id`, or hold what is older; a second try tells which
                await self._write(collection, stale)

    async def append(self, collection: str, documents: Sequence[Mapping[str, Any]]) -> None:
        if self.is_resting():
            raise DocumentsAway
        await self.prepare()
        async with self._answering():
            try:
                await self.database[collection].insert_many(map(storable, documents), ordered=False)
            except BulkWriteError as error:
                if any(problem["code"] != _DUPLICATE for problem in error.details["writeErrors"]):
                    raise

    async def newest(
        self,
        collection: str,
        organization_id: UUID,
        search: Search,
        *,
        before: tuple[datetime, UUID] | None,
        most: int,
    ) -> list[dict[str, Any]]:
        if self.is_resting():
            raise DocumentsAway
        await self.prepare()
        conditions = [{"organization_id": organization_id}, *conditions_of(search, before)]
        async with self._answering():
            found = self.database[collection].find({"$and": conditions}, max_time_ms=_LONGEST_SEARCH_MS)
            return await found.sort([("created_at", -1), ("_id", -1)]).limit(most).to_list()

    async def _write(self, collection: str, operations: list[ReplaceOne[Any]]) -> list[ReplaceOne[Any]]:
        """Write them and answer those that met a document they may not replace."""
        target = self.database[collection].with_options(write_concern=_CONFIRMED)
        try:
            await target.bulk_write(operations, ordered=False)
        except BulkWriteError as error:
            problems = error.details["writeErrors"]
            if error.details["writeConcernErrors"] or any(p["code"] != _DUPLICATE for p in problems):
                raise
            return [operations[problem["index"]] for problem in problems]
        return []

    @asynccontextmanager
    async def _answering(self) -> AsyncIterator[None]:
        """Whatever MongoDB does not confirm means that it is away."""
        try:
            yield
        except ExecutionTimeout as error:
            raise SearchTooWide from error
        except PyMongoError as error:
            self._failures += 1
            rest = min(_FIRST_REST * 2 ** (self._failures - 1), _LONGEST_REST)
            self._rest_until = self._clock() + rest
            log.warning("documents_away", reason=_reason(error), rest_seconds=rest)
            raise DocumentsAway(_reason(error)) from error
        if self._failures:
            log.info("documents_back", failures=self._failures)
        self._failures, self._rest_until = 0, 0.0


def _replacement(organization_id: UUID, document: Mapping[str, Any]) -> ReplaceOne[Any]:
    if document.get("organization_id") != organization_id:
        raise ValueError("a document of another organization")
    chosen: dict[str, Any] = {"_id": document["_id"]}
    if "revision" in document:
        chosen["revision"] = {"$lte": document["revision"]}
    return ReplaceOne(chosen, storable(document), upsert=True)


def _reason(error: PyMongoError) -> str:
    """Without the documents: they are people's messages."""
    if isinstance(error, BulkWriteError):
        problems = [*error.details["writeErrors"], *error.details["writeConcernErrors"]]
        return f"{len(problems)} writes refused, first with code {problems[0].get('code')}"
    return f"{type(error).__name__}: {str(error)[:200]}"
