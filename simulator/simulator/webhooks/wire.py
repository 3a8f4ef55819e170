"""Meta's bytes: compact JSON, all beyond ASCII and slashes escaped, and a signature over exactly that."""

import hashlib
import hmac
import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


def to_wire(payload: dict[str, Any]) -> bytes:
    return _encode(payload).replace("/", "\\/").encode("ascii")


def signature(app_secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
