"""Telling whoever started this process that it is ready: systemd's protocol, which `pytake up` speaks too."""

import os
import socket


def tell_ready() -> None:
    """Does nothing when nobody asked. See sd_notify(3)."""
    address = os.environ.get("NOTIFY_SOCKET")  # noqa: TID251 - not a setting: the supervisor's address
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect("\0" + address[1:] if address.startswith("@") else address)
        sender.send(b"READY=1")
