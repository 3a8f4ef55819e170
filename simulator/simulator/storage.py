"""What a restart must not forget: one SQLite file, written a fraction of a second after each change."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import orjson

from simulator.chats import ChatMessage

Json = dict[str, Any]
Key = tuple[str, str]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id)
);
CREATE TABLE IF NOT EXISTS messages (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL
);
"""
_KEEP_MESSAGE = (
    "INSERT INTO messages (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
)
_WRITE_EVERY = 0.3


class Storage:
    """Without a path it remembers nothing and costs nothing."""

    def __init__(self, path: Path | None) -> None:
        self._documents: dict[Key, bytes | None] = {}
        self._messages: dict[str, ChatMessage | None] = {}
        self._database = None if path is None else sqlite3.connect(path, check_same_thread=False)
        if self._database is not None:
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.executescript(_SCHEMA)

    def put(self, kind: str, identity: str, document: Json) -> None:
        if self._database is not None:
            self._documents[kind, identity] = orjson.dumps(document)

    def remove(self, kind: str, identity: str) -> None:
        if self._database is not None:
            self._documents[kind, identity] = None

    def put_message(self, identity: str, message: ChatMessage) -> None:
        if self._database is not None:
            self._messages[identity] = message

    def remove_message(self, identity: str) -> None:
        if self._database is not None:
            self._messages[identity] = None

    @property
    def remembers(self) -> bool:
        return self._database is not None

    def documents(self, kind: str) -> list[Json]:
        if self._database is None:
            return []
        rows = self._database.execute("SELECT body FROM documents WHERE kind = ? ORDER BY id", (kind,))
        return [orjson.loads(body) for (body,) in rows]

    def messages(self, most: int) -> list[Json]:
        """The last ones, oldest first; older ones are let go."""
        if self._database is None:
            return []
        with self._database:
            self._database.execute(
                "DELETE FROM messages WHERE position <= (SELECT max(position) FROM messages) - ?", (most,)
            )
        rows = self._database.execute("SELECT body FROM messages ORDER BY position")
        return [orjson.loads(body) for (body,) in rows]

    async def keep_writing(self) -> None:
        while True:
            await asyncio.sleep(_WRITE_EVERY)
            await self.write()

    async def write(self) -> None:
        documents, self._documents = self._documents, {}
        messages, self._messages = self._messages, {}
        if self._database is not None and (documents or messages):
            await asyncio.to_thread(_write, self._database, documents, messages)

    async def close(self) -> None:
        await self.write()
        if self._database is not None:
            self._database.close()
            self._database = None


def _write(
    database: sqlite3.Connection, documents: dict[Key, bytes | None], messages: dict[str, ChatMessage | None]
) -> None:
    gone = [key for key, body in documents.items() if body is None]
    kept = [(*key, body) for key, body in documents.items() if body is not None]
    said = [(identity, orjson.dumps(body)) for identity, body in messages.items() if body is not None]
    unsaid = [(identity,) for identity, body in messages.items() if body is None]
    with database:
        database.executemany("DELETE FROM documents WHERE kind = ? AND id = ?", gone)
        database.executemany("INSERT OR REPLACE INTO documents (kind, id, body) VALUES (?, ?, ?)", kept)
        database.executemany("DELETE FROM messages WHERE id = ?", unsaid)
        database.executemany(
            _KEEP_MESSAGE,
            said,
        )
