"""Hashes of tokens, and what is made with the secret key: tokens of links, names for what is guessed."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from uuid import UUID

from pytake.ports.digests import Digests

_ID_BYTES, _MAC_BYTES = 16, 32
_LINK, _SETUP_LINK = "one-time link", "set-up link"


def new_refresh_token() -> str:
    return _text(secrets.token_bytes(_MAC_BYTES))


def token_hash(token: str) -> str:
    """Without a key, so that tokens outlive a change of it: 256 bits of chance are guessed by nobody."""
    return hashlib.sha256(token.encode()).hexdigest()


def successors(digests: Digests, refresh_token: str) -> list[str]:
    """The one and only, for requests that raced each other: the first. While the secret key is changed, a
    process that knows another first key may have made one of the others.
    """
    return [_text(mac) for mac in digests.macs("refresh token successor", refresh_token.encode())]


def link_token(digests: Digests, link_id: UUID) -> str:
    return _token(digests, _LINK, link_id)


def read_link_token(digests: Digests, token: str) -> UUID | None:
    """None when it is not one of ours."""
    return _read_token(digests, _LINK, token)


def setup_token(digests: Digests, link_id: UUID) -> str:
    return _token(digests, _SETUP_LINK, link_id)


def read_setup_token(digests: Digests, token: str) -> UUID | None:
    """None when it is not one of ours."""
    return _read_token(digests, _SETUP_LINK, token)


def device_mark(digests: Digests, email: str) -> str:
    """For a browser in which this person has signed in: strangers' guesses do not lock it out."""
    nonce = _text(secrets.token_bytes(_ID_BYTES))
    return f"{nonce}.{_text(digests.mac('device', _device(nonce, email)))}"


def device_of(digests: Digests, mark: str | None, email: str) -> str | None:
    """The device's name if the mark is ours and for this address."""
    nonce, _, mac = (mark or "").partition(".")
    ours = [_text(each).encode() for each in digests.macs("device", _device(nonce, email))]
    return nonce if _is_one_of(mac.encode(), ours) else None


def subject(digests: Digests, kind: str, what: str) -> str:
    """What attempts are counted by; tells nothing about an address to who reads the table."""
    return digests.mac(f"attempts: {kind}", what.casefold().encode()).hex()


def recovery_hash(user_id: UUID, code: str) -> str:
    """Without a key, so that the codes outlive a change of it: they are 79 bits of chance."""
    return hashlib.sha256(user_id.bytes + code.encode()).hexdigest()


def _device(nonce: str, email: str) -> bytes:
    return f"{nonce}.{email.casefold()}".encode()


def _token(digests: Digests, kind: str, link_id: UUID) -> str:
    return _text(link_id.bytes + digests.mac(kind, link_id.bytes))


def _read_token(digests: Digests, kind: str, token: str) -> UUID | None:
    try:
        said = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    link, mac = said[:_ID_BYTES], said[_ID_BYTES:]
    if len(link) != _ID_BYTES or not _is_one_of(mac, digests.macs(kind, link)):
        return None
    return UUID(bytes=link)


def _is_one_of(mac: bytes, ours: Iterable[bytes]) -> bool:
    return any(hmac.compare_digest(mac, each) for each in ours)


def _text(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).decode().rstrip("=")
