"""Ports for what starts later, or again: of those that the system gives to nobody by itself."""

import contextlib
import random
import socket
from pathlib import Path
from typing import Final

_GIVEN: Final = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST: Final = 10_000


def spare_ports(count: int) -> list[int]:
    """One that the system chose would be free again once it is closed, and any connection may get it then."""
    found: set[int] = set()
    while len(found) < count:
        port = random.SystemRandom().randrange(_LOWEST, _first_given())
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.add(port)
    return sorted(found)


def _first_given() -> int:
    return int(_GIVEN.read_text().split()[0]) if _GIVEN.exists() else 32_768
