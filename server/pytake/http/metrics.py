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


_series: dict[tuple[str, str, int], Histogram] = {}
"""As many as there are routes times outcomes; looking a series up by its labels costs more than counting."""


def count_request(scope: Scope, status: int, seconds: float) -> None:
    """The label is the route's pattern, never the path: ids in it would make a series each."""
    route = _pattern(scope)
    labels = (scope["method"], route, status) if route else ("any", "other", status)
    series = _series.get(labels)
    if series is None:
        series = _series[labels] = REQUESTS.labels(*labels)
    series.observe(seconds)


def _pattern(scope: Scope) -> str | None:
    """None when no route answered. FastAPI names its own routes; of a plain one only the match is known; what
    is no route says its pattern itself.
    """
    if (pattern := scope.get("pattern")) is not None:
        return str(pattern)
    if "endpoint" not in scope:
        return None
    if (route := scope.get("route")) is not None:
        return str(route.path_format)
    pattern = str(scope["path"])
    for name, value in scope["path_params"].items():
        pattern = pattern.replace(f"/{value}", f"/{{{name}}}")
    return pattern
