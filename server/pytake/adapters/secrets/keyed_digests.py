"""HMAC-SHA256 with a key for each purpose, derived from the secret keys of the installation."""

import hmac
from functools import cache


class KeyedDigests:
    def __init__(self, secret_key: str, *other_keys: str) -> None:
        self._secret_keys = [key.encode() for key in (secret_key, *other_keys)]
        self._keys = cache(self._derive)

    def mac(self, purpose: str, said: bytes) -> bytes:
        return hmac.digest(self._keys(purpose)[0], said, "sha256")

    def macs(self, purpose: str, said: bytes) -> list[bytes]:
        return [hmac.digest(key, said, "sha256") for key in self._keys(purpose)]

    def _derive(self, purpose: str) -> list[bytes]:
        name = f"pytake digests 1: {purpose}".encode()
        return [hmac.digest(key, name, "sha256") for key in self._secret_keys]
