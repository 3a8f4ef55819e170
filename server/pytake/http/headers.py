"""The headers that every answer bears."""

from typing import Final

Header = tuple[bytes, bytes]

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""No inline script. Inline style is allowed because Mantine sets its colours and sizes that way."""

_DEVICES = "camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()"
"""Voice notes are recorded in the page; nothing else asks for anything of the reader's computer."""

ALWAYS: Final[tuple[Header, ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", _POLICY.encode()),
    (b"permissions-policy", _DEVICES.encode()),
)
OVER_TLS: Final[Header] = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
NO_STORE: Final[Header] = (b"cache-control", b"no-store")
