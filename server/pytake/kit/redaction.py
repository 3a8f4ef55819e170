"""What may not be written down: whatever is called like a secret, and what looks like one inside a text."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final

REDACTED: Final = "[redacted]"

_SECRET_NAMES: Final = re.compile(
    r"pass(word|wd|phrase)?|secret|token|authorization|cookie|ticket|credential|(api|private|access)_?-?key|"
    r"signature|encrypted|(recovery|verification|one_?time)_?codes?|otp\b|^(pin|jwt)$",
    re.IGNORECASE,
)
_SECRET_TEXTS: Final = re.compile(
    r"(?P<before>(?:(?:bearer|basic)\s+|(?:ticket|token|secret|password|key|signature)=|"
    r"://[^:/@\s]*:))[^\s&@\"']+"
    r"|\bptk_[0-9a-f]{12}_[\w-]+"
    r"|\bv1\.[0-9a-f]{8}\.[\w-]+=*"
    r"|\beyJ[\w-]{10,}\.[\w-]+\.[\w-]+"
    r"|\bEAA[A-Za-z0-9]{20,}",
    re.IGNORECASE,
)
"""After a word that announces one; an API key; a sealed secret; a JSON Web Token; Meta's access token."""

_NOT_SECRET: Final = frozenset({"token_type", "api_key_id"})


@lru_cache(maxsize=4_096)
def is_secret(name: str) -> bool:
    return name.lower() not in _NOT_SECRET and _SECRET_NAMES.search(name) is not None


def redacted(value: Any, name: str = "", also: Collection[str] = ()) -> Any:
    """The value with every secret in it replaced. `name` is what the value is called; `also`: names that are
    secret here.
    """
    if name and value not in (None, "", True, False) and (name in also or is_secret(name)):
        return REDACTED
    if isinstance(value, str):
        return redacted_text(value)
    if isinstance(value, dict):
        return {key: redacted(item, str(key), also) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(item, "", also) for item in value]
    return value


def redacted_text(text: str) -> str:
    return _SECRET_TEXTS.sub(lambda found: (found["before"] or "") + REDACTED, text)
