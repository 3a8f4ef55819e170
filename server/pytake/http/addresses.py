"""Where a request comes from: an address, and the network it stands for."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection
from starlette.types import Scope

_NOWHERE = IPv4Address(0)
_IPV6 = 6


def address_in(scope: Scope) -> str | None:
    """The client's address as the server knows it; None when it came over a Unix socket."""
    client: tuple[str, int] | None = scope.get("client")
    parsed = _parsed(client[0]) if client else _NOWHERE
    return None if parsed is _NOWHERE else str(parsed)


def address_of(connection: HTTPConnection) -> str:
    """The same; `0.0.0.0` stands for none."""
    return address_in(connection.scope) or str(_NOWHERE)


def network_of(address: str) -> str:
    """Whoever has one IPv6 address has 2**64 of them."""
    parsed = _parsed(address)
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == _IPV6 else str(parsed)


def is_loopback(address: str) -> bool:
    return _parsed(address).is_loopback


@lru_cache(1_000)
def _parsed(host: str) -> IPv4Address | IPv6Address:
    try:
        parsed = ip_address(host.partition("%")[0])
    except ValueError:
        return _NOWHERE
    return getattr(parsed, "ipv4_mapped", None) or parsed
