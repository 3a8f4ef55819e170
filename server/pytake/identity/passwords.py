"""Passwords: argon2id, in threads, a few at a time so that sign-ins cannot eat the memory."""

import asyncio
import base64
import re
import secrets
import unicodedata
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from pytake.identity.errors import PasswordUnacceptable

SHORTEST: Final = 10
LONGEST: Final = 200

_GUESSES_LOG10: Final = 8
_TELLING: Final = 4
"""Characters of a part of the address that is worth looking for."""
_SHORTEST_REST: Final = 6
_LOOKED_AT: Final = 72
"""Characters: what comes after makes it no easier, and would take long to look at."""

_MEMORY_KIB: Final = 19_456
_AT_ONCE: Final = 2


class Passwords:
    def __init__(self) -> None:
        self._hash = PasswordHash([Argon2Hasher(time_cost=2, memory_cost=_MEMORY_KIB, parallelism=1)])
        self._nobodys = _hash_of_nothing()
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str, *, email: str) -> str:
        """Raises PasswordUnacceptable."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise _unacceptable("length")
        async with self._room:
            if await asyncio.to_thread(_is_easy, password, email):
                raise _unacceptable("too_easy")
            return await asyncio.to_thread(self._hash.hash, _normal(password))

    async def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Whether it is right, and the hash to store instead if the stored one is out of date.

        Without a stored hash it takes as long and is wrong, so that time does not tell who exists.
        """
        async with self._room:
            right, fresh = await asyncio.to_thread(
                self._hash.verify_and_update, _normal(password), stored or self._nobodys
            )
        return (right, fresh) if stored else (False, None)


def _unacceptable(reason: str) -> PasswordUnacceptable:
    return PasswordUnacceptable(field="password", reason=reason, shortest=SHORTEST, longest=LONGEST)


def _is_easy(password: str, email: str) -> bool:
    """By how many guesses an attacker needs who tries leaked passwords, words, names, dates and keyboard rows
    first. Loaded when it is needed: its lists take 10 MB.
    """
    from zxcvbn import zxcvbn

    if password.casefold() == email.casefold():
        return True
    left = password.casefold()
    for part in re.split(r"[^a-z0-9]+", email.casefold()):
        left = left.replace(part, "") if len(part) >= _TELLING else left
    if len(left) < min(len(password), _SHORTEST_REST):
        return True
    return float(zxcvbn(password[:_LOOKED_AT])["guesses_log10"]) < _GUESSES_LOG10


def _normal(password: str) -> str:
    """An accented letter is typed as one character on some systems and as two on others."""
    return unicodedata.normalize("NFKC", password)


def _hash_of_nothing() -> str:
    """Costs as much to check as a real hash, and cost nothing to make."""
    salt, digest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={_MEMORY_KIB},t=2,p=1${salt}${digest}"
