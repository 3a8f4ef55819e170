"""Looks over the shoulder of every test that calls the API: a write leaves exactly one row in the audit
trail, a refusal none. So no route is forgotten that any test uses.
"""

import re
from collections.abc import Iterable
from typing import Final

import asyncpg
from httpx import Response

NO_ROW: Final = {
    "POST /api/v1/realtime/ticket": "nothing is stored but the ticket's digest, in Redis, for 30 seconds",
    "POST /api/v1/auth/refresh": "somebody stays in; that they came in is told already",
    "POST /api/v1/auth/password/forgot": "a worker finds out who asked",
    "POST /api/v1/auth/links/look": "looking uses nothing up",
    "POST /api/v1/audit-logs/verification": "a look through the trail changes nothing there",
    "POST /api/v1/setup/look": "looking uses nothing up",
    "POST /api/v1/whatsapp-numbers/lookup": "looking changes nothing",
    "POST /api/v1/whatsapp-numbers/{number_id}/refresh": "what Meta says is nobody's deed",
    "POST /api/v1/conversations/{conversation_id}/read": "the customer's phone shows it; nothing is stored",
    "POST /api/v1/templates/preview": "a draft is shown, none is kept",
}
"""Calls that change nothing anybody could ask about later."""

PERHAPS_A_ROW: Final = {
    "POST /api/v1/auth/logout": "goes well without a session, too, and then ends none",
    "POST /api/v1/auth/email/verification": "writes nothing when the address got its letters already",
}

TOLD_WHEN_REFUSED: Final = ("_failed", "_refused")
"""Deeds that are told although the answer is a refusal end like this: `session.sign_in_failed`."""

REPLAYED: Final = "idempotent-replayed"
"""The header of an answer that was given before: the deed is told already."""

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class RowsTold:
    """An httpx hook."""

    def __init__(self, owner_url: str) -> None:
        self._owner_url = owner_url

    async def __call__(self, response: Response) -> None:
        method, path = response.request.method, response.request.url.path
        if not path.startswith("/api/v1/") or response.headers.get(REPLAYED):
            return
        actions = await self._actions(response.headers["x-request-id"])
        if response.is_success and method not in _READS and not _is_in(NO_ROW, method, path):
            allowed = (0, 1) if _is_in(PERHAPS_A_ROW, method, path) else (1,)
            assert len(actions) in allowed, f"{method} {path} left {actions or 'no row'} in the audit trail"
        else:
            unexpected = [action for action in actions if not action.endswith(TOLD_WHEN_REFUSED)]
            assert not unexpected, f"{method} {path} ({response.status_code}) left {unexpected}"

    async def _actions(self, request_id: str) -> list[str]:
        connection = await asyncpg.connect(self._owner_url)
        rows = await connection.fetch(
            "SELECT action FROM audit_logs WHERE metadata ->> 'request_id' = $1", request_id
        )
        await connection.close()
        return [row["action"] for row in rows]


def _is_in(doors: Iterable[str], method: str, path: str) -> bool:
    return any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", door), f"{method} {path}") for door in doors)
