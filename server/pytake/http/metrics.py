"""How many requests, how they ended and how long they took, by route."""

from prometheus_client import Histogram
from starlette.types import Scope

_SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Histogram(
    "pytake_http_request_seconds",
    "Time from the first byte of a request to the end of its answer.",
    ("method", "route", "status"),
    buckets=_SECONDS,
)


def count_request(scope: Scope, status: int, seconds: float) -> None:
    """The label is the route's pattern, never the path: ids in it would make a series each."""
    route = getattr(scope.get("route"), "path_format", None) or "other"
    method = scope["method"] if route != "other" else "any"
    REQUESTS.labels(method, route, status).observe(seconds)
