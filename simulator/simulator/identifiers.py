"""Ids in Meta's shapes. Random even with a seed: an id repeated after a restart would be a fault of ours."""

import base64
import secrets

_INBOUND = b"\x15\x02\x00\x12\x18\x14"
_OUTBOUND = b"\x15\x02\x00\x11\x18\x12"


def inbound_wamid(sender: str) -> str:
    return _wamid(sender, _INBOUND, "3A" + secrets.token_hex(9).upper())


def outbound_wamid(recipient: str) -> str:
    return _wamid(recipient, _OUTBOUND, secrets.token_hex(9).upper())


def _wamid(person: str, direction: bytes, serial: str) -> str:
    who = person.encode()
    packed = b"\x1c\x18" + bytes([len(who)]) + who + direction + serial.encode() + b"\x00"
    return "wamid." + base64.b64encode(packed).decode()


def trace_id() -> str:
    return "A" + secrets.token_hex(11)[:21]


def numeric_id(digits: int = 16) -> str:
    return str(secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1))


def business_scoped_user_id(country: str) -> str:
    return f"{country}.{numeric_id(20)}"
