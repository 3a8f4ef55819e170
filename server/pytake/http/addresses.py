"""Where a request comes from: an address, and the network it stands for."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

_NOWHERE = IPv4Address(0)


def address_of(connection: HTTPConnection) -> str:
    """The client's address as the server knows it; `0.0.0.0` when it came over a Unix socket."""
    return str(_parsed(connection.client.host if connection.client else ""))


def network_of(address: str) -> str:
    """Whoever has one IPv6 address has 2**64 of them."""
    parsed = _parsed(address)
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)  # noqa: PLR2004 - IPv6


def is_loopback(address: str) -> bool:
    return _parsed(address).is_loopback


def _parsed(host: str) -> IPv4Address | IPv6Address:
    try:
        parsed = ip_address(host.partition("%")[0])
    except ValueError:
        return _NOWHERE
    return getattr(parsed, "ipv4_mapped", None) or parsed
