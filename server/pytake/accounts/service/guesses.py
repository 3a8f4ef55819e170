"""How many guesses strangers and devices get, so that nobody guesses much and nobody locks another out.

Docs: docs/decisions/0020-a-stranger-locks-nobody-out.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pytake.accounts import marks
from pytake.accounts.errors import TooManyAttempts
from pytake.accounts.repository import attempts
from pytake.accounts.repository.attempts import Guessed
from pytake.accounts.types import LinkPurpose, Visitor
from pytake.ports.digests import Digests
from pytake.runtime import Runtime

_MINUTE: Final = 60
HOUR: Final = 60 * _MINUTE

PAUSE: Final = 15 * _MINUTE
LONGEST_PAUSE: Final = HOUR

STRANGERS: Final = 10
"""Wrong passwords for one address by all who never signed in with it, then one after each pause."""
DEVICE: Final = 10
"""Wrong passwords on a device that has signed in before."""
NETWORK: Final = 30
"""Wrong passwords from one network, whatever the address."""
CODES: Final = 5
RESETS: Final = 3
"""Letters to one address an hour."""
RESETS_OF_NETWORK: Final = 20


@dataclass(frozen=True, slots=True)
class SignInGuess:
    """An attempt that was counted, to be forgiven when it was right."""

    own: str
    """The account as strangers see it, or the known device."""
    network: str
    is_known_device: bool

    async def forgive(self, runtime: Runtime) -> None:
        """A network gets back this attempt only: an own account there must not buy guesses at others."""
        async with runtime.lookup() as connection:
            await attempts.forgive(connection, [self.own], [self.network])


async def count_sign_in(
    runtime: Runtime, visitor: Visitor, email: str, device_mark: str | None
) -> SignInGuess:
    """Raises TooManyAttempts. The same statement whether anybody has the address or not."""
    digests = runtime.ports.digests
    device = marks.device_of(digests, device_mark, email)
    network = marks.subject(digests, "network", visitor.network)
    if device is None:
        own = strangers_at(digests, email)
        counted = Guessed(own, STRANGERS, 24 * HOUR)
    else:
        own = marks.subject(digests, "device", device)
        counted = Guessed(own, DEVICE, HOUR)
    shown_at = email if device is None else None
    await _take(runtime, [counted, Guessed(network, NETWORK, PAUSE)], shown_at)
    return SignInGuess(own, network, is_known_device=device is not None)


def strangers_at(digests: Digests, email: str) -> str:
    return marks.subject(digests, "strangers at an account", email)


async def count_code(runtime: Runtime, user_id: UUID) -> str:
    """Five tries in a quarter of an hour, for whoever holds the password. Raises TooManyAttempts."""
    return await _count_of_user(runtime, "code", user_id)


async def count_password(runtime: Runtime, user_id: UUID) -> str:
    """Of somebody who is signed in and is asked again. Raises TooManyAttempts."""
    return await _count_of_user(runtime, "password again", user_id)


async def forget(runtime: Runtime, *subjects: str) -> None:
    async with runtime.lookup() as connection:
        await attempts.forgive(connection, subjects)


async def may_ask_for_letter(runtime: Runtime, visitor: Visitor, purpose: LinkPurpose, email: str) -> bool:
    """False when the address got its letters already. Each purpose counts for itself: whoever asks for new
    passwords in another's name keeps no other letter from them. Raises TooManyAttempts for networks that ask
    a lot.
    """
    digests = runtime.ports.digests
    network = Guessed(
        marks.subject(digests, "letters of a network", visitor.network), RESETS_OF_NETWORK, HOUR
    )
    await _take(runtime, [network])
    address = Guessed(marks.subject(digests, f"{purpose.value} of an account", email), RESETS, HOUR)
    async with runtime.lookup() as connection:
        return not await attempts.take(connection, [address], pause=HOUR, longest=HOUR)


async def _count_of_user(runtime: Runtime, kind: str, user_id: UUID) -> str:
    subject = marks.subject(runtime.ports.digests, kind, str(user_id))
    await _take(runtime, [Guessed(subject, CODES, PAUSE)])
    return subject


async def _take(runtime: Runtime, counted: Sequence[Guessed], shown_at: str | None = None) -> None:
    async with runtime.lookup() as connection:
        wait = await attempts.take(connection, counted, pause=PAUSE, longest=LONGEST_PAUSE, shown_at=shown_at)
    if wait:
        raise TooManyAttempts(retry_after=wait)
