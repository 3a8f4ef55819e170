"""What the endpoints of getting in ask for besides a user: pages of our own, and patience."""

from functools import cache

from starlette.requests import Request

from pytake.accounts.errors import ForeignOrigin
from pytake.http.addresses import address_of
from pytake.http.origins import is_foreign
from pytake.http.rates import RateLimits

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


async def from_our_page(request: Request) -> None:
    """Cookies travel with requests of foreign pages, too: whatever changes something is refused to those.

    Raises ForeignOrigin.
    """
    if request.method not in _READING and is_foreign(request):
        raise ForeignOrigin


class AtMost:
    """Raises RateLimitExceeded when an address calls the endpoint too often within a minute."""

    def __init__(self, endpoint: str, limit: int) -> None:
        self._endpoint, self._limit = endpoint, limit

    async def __call__(self, request: Request) -> None:
        limits: RateLimits = request.app.state.rate_limits
        await limits.spend_at(request, address_of(request), self._endpoint, self._limit)


@cache
def at_most(limit: int, endpoint: str) -> AtMost:
    """`limit` calls a minute of one address."""
    return AtMost(endpoint, limit)
