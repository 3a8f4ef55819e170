"""Tests speak to this machine only. An audit hook sees every socket of the interpreter, whoever opened it."""

import ipaddress
import sys
from typing import Any

LOCAL_NAMES = {"localhost", "", None}


class LeavesTheMachine(RuntimeError):
    pass


def block() -> None:
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        _check(arguments[1])
    elif event == "socket.getaddrinfo" and not _local(arguments[0]):
        raise LeavesTheMachine(f"A test asked for the address of {arguments[0]!r}.")


def _check(address: Any) -> None:
    """An address that is no tuple is a unix socket's path."""
    if isinstance(address, tuple) and not _local(address[0]):
        raise LeavesTheMachine(f"A test tried to reach {address!r}.")


def _local(host: Any) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
