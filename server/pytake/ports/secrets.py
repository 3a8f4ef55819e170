"""Secrets that have to be read back, kept so that a copy of the database opens none of them."""

from typing import Protocol, TypedDict
from uuid import UUID

from pytake.kit.errors import PyTakeError


class SecretUnreadable(PyTakeError):
    """Sealed with a key that is gone, changed, or moved from another organization, table, column or row."""

    code = "secret_unreadable"
    message = "A stored secret cannot be opened."


class Place(TypedDict):
    """Where a secret is stored; it opens nowhere else."""

    organization_id: UUID
    table: str
    column: str
    row_id: UUID


class Secrets(Protocol):
    def seal(self, plain: str, *, organization_id: UUID, table: str, column: str, row_id: UUID) -> str:
        """Encrypt, bound to the place it will be stored at: it opens nowhere else."""
        ...

    def open(self, sealed: str, *, organization_id: UUID, table: str, column: str, row_id: UUID) -> str:
        """Decrypt what is stored at this place. Raises SecretUnreadable."""
        ...

    def is_current(self, sealed: str) -> bool:
        """False when it was sealed with an older key and should be sealed anew."""
        ...

    @property
    def current_beginning(self) -> str:
        """How everything begins that was sealed with the current key."""
        ...
