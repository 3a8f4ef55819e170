"""Whether a delivery is Meta's, and the handshake that proves to Meta that the address is ours."""

import hmac
from collections.abc import Mapping, Sequence

from pytake.ports.whatsapp import Verification

PREFIX = "sha256="


def signature_ok(secrets: Sequence[str], body: bytes, header: str | None) -> bool:
    """Compare with every secret, so that the time taken tells nothing about which one matched."""
    if not header or not header.startswith(PREFIX):
        return False
    given = header.removeprefix(PREFIX).strip().lower().encode()
    matches = [hmac.compare_digest(_signature(secret, body), given) for secret in secrets if secret]
    return any(matches)


def _signature(secret: str, body: bytes) -> bytes:
    return hmac.digest(secret.encode(), body, "sha256").hex().encode()


def verification(verify_token: str, query: Mapping[str, str]) -> Verification:
    given = query.get("hub.verify_token", "").encode()
    is_ours = bool(verify_token) and hmac.compare_digest(verify_token.encode(), given)
    if not is_ours or query.get("hub.mode") != "subscribe":
        return Verification(403)
    challenge = query.get("hub.challenge")
    return Verification(400) if challenge is None else Verification(200, challenge)
