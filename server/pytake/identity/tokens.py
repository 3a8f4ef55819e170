"""Access tokens: signed, short-lived, with one algorithm and one purpose."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from time import time
from typing import Final
from uuid import UUID

import jwt

from pytake.identity.errors import InvalidToken
from pytake.identity.types import Claims

_ALGORITHM: Final = "HS256"
_HEADER: Final = {"alg": _ALGORITHM, "typ": "at+jwt"}
_ISSUER: Final = "pytake"
_AUDIENCE: Final = "pytake-api"
_REQUIRED: Final = ["exp", "iat", "iss", "aud", "sub", "org", "sid"]
_LEEWAY: Final = timedelta(seconds=30)
_LONGEST: Final = 2048
_MOST_REMEMBERED: Final = 1000


class AccessTokens:
    def __init__(self, lifetime: timedelta, secret_key: str, *other_keys: str) -> None:
        """The first key signs; tokens of the others are believed, for as long as those keys are known."""
        self._keys = [_derived(key) for key in (secret_key, *other_keys)]
        self.lifetime = lifetime
        self._verified = lru_cache(_MOST_REMEMBERED)(self._verify)

    def issue(self, user_id: UUID, organization_id: UUID, session_id: UUID, now: datetime) -> str:
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": str(user_id),
            "org": str(organization_id),
            "sid": str(session_id),
            "iat": now,
            "exp": now + self.lifetime,
        }
        return jwt.encode(claims, self._keys[0], _ALGORITHM, headers=_HEADER)

    def read(self, token: str) -> Claims:
        """Raises InvalidToken, whatever is wrong with it. A signature is looked at once, the time always."""
        if len(token) > _LONGEST:
            raise InvalidToken
        claims = self._verified(token)
        if claims.expires_at + _LEEWAY <= datetime.fromtimestamp(time(), UTC):
            raise InvalidToken
        return claims

    def _verify(self, token: str) -> Claims:
        for key in self._keys:
            try:
                return _claims(token, key)
            except jwt.InvalidSignatureError:
                continue
            except (jwt.PyJWTError, ValueError, TypeError, AttributeError, OverflowError):
                break
        raise InvalidToken


def _claims(token: str, key: bytes) -> Claims:
    read = jwt.decode_complete(
        token,
        key,
        algorithms=[_ALGORITHM],
        issuer=_ISSUER,
        audience=_AUDIENCE,
        leeway=_LEEWAY,
        options={"require": _REQUIRED},
    )
    if read["header"] != _HEADER:  # no kid, jku, crit or other purpose
        raise InvalidToken
    payload = read["payload"]
    return Claims(
        UUID(payload["sub"]),
        UUID(payload["org"]),
        UUID(payload["sid"]),
        datetime.fromtimestamp(payload["exp"], UTC),
        hashlib.sha256(token.encode()).hexdigest(),
    )


def _derived(secret_key: str) -> bytes:
    return hmac.digest(secret_key.encode(), b"pytake access tokens 1", hashlib.sha256)
