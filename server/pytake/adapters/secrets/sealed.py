"""AES-256-GCM with keys derived from PYTAKE_SECRET_KEY, every secret bound to the place it is stored at."""

import base64
import json
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pytake.ports.secrets import SecretUnreadable

VERSION = "v1"
NONCE_BYTES = 12
SHORTEST_KEY = 32


class SealedSecrets:
    """`v1.<key id>.<nonce and ciphertext, base64url>`.

    Older secret keys only open what they sealed. A key id is derived like the key itself, so nothing but the
    secret keys has to be configured, and an id tells nothing about its key.
    """

    def __init__(self, secret_key: str, *older_keys: str) -> None:
        known = (secret_key, *older_keys)
        if any(len(key) < SHORTEST_KEY for key in known):
            raise ValueError(f"a secret key has at least {SHORTEST_KEY} characters")
        self._ciphers = {_key_id(key): AESGCM(_derived(key, "sealing", 32)) for key in known}
        self._current = _key_id(secret_key)

    def seal(self, plain: str, *, organization_id: UUID, table: str, column: str, row_id: UUID) -> str:
        nonce = os.urandom(NONCE_BYTES)
        place = _place(organization_id, table, column, row_id)
        sealed = nonce + self._ciphers[self._current].encrypt(nonce, plain.encode(), place)
        return ".".join((VERSION, self._current, base64.urlsafe_b64encode(sealed).decode()))

    def open(self, sealed: str, *, organization_id: UUID, table: str, column: str, row_id: UUID) -> str:
        place = _place(organization_id, table, column, row_id)
        try:
            version, key_id, written = sealed.split(".")
            nonce_and_text = base64.b64decode(written, altchars=b"-_", validate=True)
            nonce, ciphertext = nonce_and_text[:NONCE_BYTES], nonce_and_text[NONCE_BYTES:]
            if version == VERSION:
                return self._ciphers[key_id].decrypt(nonce, ciphertext, place).decode()
        except (ValueError, KeyError, InvalidTag) as error:
            raise SecretUnreadable from error
        raise SecretUnreadable

    def is_current(self, sealed: str) -> bool:
        return sealed.startswith(self.current_beginning)

    @property
    def current_beginning(self) -> str:
        return f"{VERSION}.{self._current}."


def _place(organization_id: UUID, table: str, column: str, row_id: UUID) -> bytes:
    """JSON, because plain joining would let two places read the same."""
    return json.dumps([str(organization_id), table, column, str(row_id)]).encode()


def _key_id(secret_key: str) -> str:
    return _derived(secret_key, "key id", 4).hex()


def _derived(secret_key: str, purpose: str, length: int) -> bytes:
    """HKDF: what is derived for one purpose tells nothing about the others."""
    info = f"pytake secrets {VERSION}: {purpose}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive(secret_key.encode())
