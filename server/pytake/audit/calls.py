"""The calls of the API that `http/request_log.py` remembers, as administrators read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from pytake.http.request_log import COLLECTION
from pytake.kit.errors import Unavailable
from pytake.kit.pages import Position, cut
from pytake.ports.documents import Documents, DocumentsAway, Search, SearchTooWide

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Outcome = Literal["2xx", "3xx", "4xx", "5xx"]

_HUNDRED: Final = 100


class RequestLogsAway(Unavailable):
    code = "request_logs_away"
    message = "The log of requests cannot be read right now: MongoDB does not answer. Nothing else needs it."


class RequestLogsTooMany(Unavailable):
    code = "request_logs_too_many"
    message = "Looking through that many requests took too long. Ask for a shorter time."


@dataclass(frozen=True, slots=True)
class WantedCalls:
    """Which calls are asked for; None is whichever."""

    since: datetime | None = None
    until: datetime | None = None
    outcome: Outcome | None = None
    method: Method | None = None
    path: str | None = None
    """How it begins."""
    user_id: UUID | None = None
    api_key_id: UUID | None = None

    def search(self) -> Search:
        equal = {"method": self.method, "user_id": self.user_id, "api_key_id": self.api_key_id}
        lowest = int(self.outcome[0]) * _HUNDRED if self.outcome else None
        return Search(
            equal=_given(equal),
            begins=_given({"path": self.path}),
            at_least=_given({"created_at": self.since, "status_code": lowest}),
            below=_given({"created_at": self.until, "status_code": lowest and lowest + _HUNDRED}),
        )


async def page(
    documents: Documents, organization_id: UUID, wanted: WantedCalls, *, before: Position | None, most: int
) -> tuple[list[dict[str, Any]], str | None]:
    """The newest first, and where the next page begins. Raises RequestLogsAway and RequestLogsTooMany."""
    try:
        found = await documents.newest(
            COLLECTION, organization_id, wanted.search(), before=before, most=most + 1
        )
    except DocumentsAway as error:
        raise RequestLogsAway(retry_after=5) from error
    except SearchTooWide as error:
        raise RequestLogsTooMany(retry_after=5) from error
    shown, last = cut(found, most)
    return shown, str(Position(last["created_at"], last["_id"])) if last else None


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
