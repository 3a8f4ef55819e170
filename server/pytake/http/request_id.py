"""The id of the request under way. A module of its own: logs name it in processes that never load the web."""

from contextvars import ContextVar

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
