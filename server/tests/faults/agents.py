"""Agents who write through the API, and repeat each request until it is answered."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from uuid import UUID

import aiohttp

from pytake.identity.types import Role
from tests.factories import a_user, bearer
from tests.faults.installation import Installation
from tests.faults.journal import Record
from tests.faults.tenants import Tenant

PATIENCE = 60.0
"""Seconds for one request, with all its repetitions."""
A_MOMENT = 0.1
TRY_AGAIN = frozenset({429, 502, 503, 504})


@dataclass
class Agents:
    """One for each conversation: they write one message after the other, with an Idempotency-Key for each."""

    it: Installation
    written: int = 0
    """Messages that were answered with 201."""
    repeated: int = 0
    """Requests that got no answer, or one that says to come back."""
    answers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By text: the ids that PyTake has answered with."""
    heard: list[str] = field(default_factory=list)
    """The texts that Meta took, in its order."""
    _session: aiohttp.ClientSession = field(init=False)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        self.it.journal.listeners.append(self._hear)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        self.it.journal.listeners.remove(self._hear)

    def _hear(self, record: Record) -> None:
        if record["kind"] == "graph.accepted" and (text := record["body"].get("text")):
            self.heard.append(text["body"])

    async def write(
        self, tenant: Tenant, conversations: Sequence[UUID], each: int, per_second: float
    ) -> None:
        """`each` messages into every conversation, all conversations at once, at about that pace."""
        user_id, _ = await a_user(self.it.runtime, tenant.organization_id, role=Role.ORG_ADMIN)
        headers = await bearer(self.it.runtime, tenant.organization_id, user_id)
        pause = len(conversations) / per_second
        async with asyncio.TaskGroup() as group:
            for conversation_id in conversations:
                group.create_task(self._talk(conversation_id, each, headers, pause))

    async def _talk(self, conversation_id: UUID, many: int, headers: dict[str, str], pause: float) -> None:
        for serial in range(1, many + 1):
            async with asyncio.timeout(PATIENCE):
                await self._until_taken(conversation_id, f"{serial}/{conversation_id}", headers)
            self.written += 1
            await asyncio.sleep(pause)

    async def _until_taken(self, conversation_id: UUID, text: str, headers: dict[str, str]) -> None:
        """And once more, for an answer that might have been lost on its way."""
        for _ in range(2):
            while not await self._try(conversation_id, text, headers):
                self.repeated += 1
                await asyncio.sleep(A_MOMENT)

    async def _try(self, conversation_id: UUID, text: str, headers: dict[str, str]) -> bool:
        url = f"{self.it.url}/api/v1/conversations/{conversation_id}/messages"
        body = {"type": "text", "content": {"text": text}}
        try:
            async with self._session.post(
                url, json=body, headers={**headers, "idempotency-key": f"key-{text}"}
            ) as answer:
                if answer.status in TRY_AGAIN:
                    return False
                assert answer.status == 201, await answer.text()
                self.answers[text].add((await answer.json())["id"])
                return True
        except (aiohttp.ClientError, OSError):
            return False
