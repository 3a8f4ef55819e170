"""Keyed hashes: of what is compared and never read back, and for tokens that need not be stored at all."""

from typing import Protocol


class Digests(Protocol):
    def mac(self, purpose: str, said: bytes) -> bytes:
        """32 bytes that only holders of the installation's key can make. Purposes share nothing."""
        ...

    def macs(self, purpose: str, said: bytes) -> list[bytes]:
        """By every secret key that is known, the current one first: one of them made what is shown to us."""
        ...
