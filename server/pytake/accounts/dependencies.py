"""What the endpoints of getting in ask for besides a user: pages of our own, and patience."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request

from pytake.accounts.errors import ForeignOrigin
from pytake.http.addresses import address_of, network_of
from pytake.http.origins import is_foreign
from pytake.http.rates import RateLimits

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


async def from_our_page(request: Request) -> None:
    """Cookies travel with requests of foreign pages, too: whatever changes something is refused to those.

    Raises ForeignOrigin.
    """
    if request.method not in _READING and is_foreign(request):
        raise ForeignOrigin


def at_most(limit: int, endpoint: str) -> Callable[[Request], Awaitable[None]]:
    """`limit` calls a minute of one network. The dependency raises RateLimitExceeded."""

    async def spend(request: Request) -> None:
        limits: RateLimits = request.app.state.rate_limits
        await limits.spend_at(request, network_of(address_of(request)), endpoint, limit)

    return spend
