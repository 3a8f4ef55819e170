"""Codes of an authenticator app (RFC 6238), and recovery codes for the day the phone is gone."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import pyotp

from pytake.accounts import marks
from pytake.accounts.errors import TwoFactorAlready, TwoFactorMissing, WrongConfirmation
from pytake.accounts.repository import factors
from pytake.accounts.service import guesses
from pytake.identity import service as identity
from pytake.kit.ids import new_id
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

ISSUER: Final = "PyTake"
STEP: Final = 30
"""Seconds."""
CLOCKS_APART: Final = 1
"""Steps that a phone's clock may be off."""
RECOVERY_CODES: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
_TABLE, _COLUMN = "totp_factors", "secret_encrypted"


@dataclass(frozen=True, slots=True)
class Setup:
    secret: str = field(repr=False)
    uri: str = field(repr=False)
    """For a QR code."""


@dataclass(frozen=True, slots=True)
class State:
    is_on: bool
    recovery_codes_left: int


async def state(work: Work) -> State:
    user_id = _user(work)
    factor = await factors.find(work, user_id)
    is_on = factor is not None and factor["confirmed_at"] is not None
    return State(is_on, await factors.count_recovery_codes(work, user_id) if is_on else 0)


async def begin(runtime: Runtime, organization_id: UUID, user_id: UUID) -> Setup:
    """A secret that counts once a code of it was given. Raises TwoFactorAlready."""
    secret, factor_id = pyotp.random_base32(), new_id()
    sealed = runtime.ports.secrets.seal(
        secret, organization_id=organization_id, table=_TABLE, column=_COLUMN, row_id=factor_id
    )
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        if not await factors.begin(work, factor_id, user_id, sealed):
            raise TwoFactorAlready
        user = await identity.me(work)
        work.audit("user.two_factor_begun", user_id)
    return Setup(secret, pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER))


async def confirm(runtime: Runtime, organization_id: UUID, user_id: UUID, code: str) -> list[str]:
    """Switch it on; the recovery codes are told this once. Raises WrongConfirmation, TwoFactorMissing and
    TwoFactorAlready.
    """
    counted = await guesses.count_code(runtime, user_id)
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        factor = await factors.find(work, user_id)
        if factor is None:
            raise TwoFactorMissing
        if factor["confirmed_at"] is not None:
            raise TwoFactorAlready
        if not await _spend_totp(work, runtime, user_id, code):
            raise WrongConfirmation
        codes = await _new_codes(work, user_id)
        work.audit("user.two_factor_enabled", user_id)
    await guesses.forget(runtime, counted)
    return codes


async def renew_codes(runtime: Runtime, organization_id: UUID, user_id: UUID, code: str) -> list[str]:
    """Raises WrongConfirmation and TwoFactorMissing."""
    await _confirm_again(runtime, organization_id, user_id, code)
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        codes = await _new_codes(work, user_id)
        work.audit("user.recovery_codes_renewed", user_id)
    return codes


async def switch_off(runtime: Runtime, organization_id: UUID, user_id: UUID, code: str) -> None:
    """Raises WrongConfirmation and TwoFactorMissing."""
    await _confirm_again(runtime, organization_id, user_id, code)
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        await factors.remove(work, user_id)
        work.audit("user.two_factor_disabled", user_id)


async def accepts(runtime: Runtime, organization_id: UUID, user_id: UUID, code: str) -> bool:
    """Whether it is a code of the app or a recovery code, neither used before. Raises TooManyAttempts."""
    counted = await guesses.count_code(runtime, user_id)
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        work.unaudited("a code is used up; what it was given for is told")
        right = await _spend_totp(work, runtime, user_id, code)
        if not right:
            hashed = marks.recovery_hash(user_id, _plain(code))
            right = await factors.spend_recovery_code(work, user_id, hashed)
    if right:
        await guesses.forget(runtime, counted)
    return right


async def _confirm_again(runtime: Runtime, organization_id: UUID, user_id: UUID, code: str) -> None:
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        if not (await state(work)).is_on:
            raise TwoFactorMissing
    if not await accepts(runtime, organization_id, user_id, code):
        raise WrongConfirmation


async def _spend_totp(work: Work, runtime: Runtime, user_id: UUID, code: str) -> bool:
    digits = _plain(code)
    factor = await factors.find(work, user_id) if digits.isascii() and digits.isdigit() else None
    if factor is None:
        return False
    secret = runtime.ports.secrets.open(
        factor["secret_encrypted"],
        organization_id=work.organization_id,
        table=_TABLE,
        column=_COLUMN,
        row_id=factor["id"],
    )
    step = _step_of(secret, digits, int(work.now.timestamp()) // STEP)
    return step is not None and await factors.spend_step(work, factor["id"], step)


def _plain(code: str) -> str:
    """As it was shown, however it was typed."""
    return "".join(code.lower().split()).replace("-", "")


def _step_of(secret: str, code: str, now: int) -> int | None:
    app = pyotp.TOTP(secret)
    steps: Sequence[int] = range(now - CLOCKS_APART, now + CLOCKS_APART + 1)
    matching = [step for step in steps if secrets.compare_digest(app.generate_otp(step), code)]
    return matching[0] if matching else None


async def _new_codes(work: Work, user_id: UUID) -> list[str]:
    codes = [
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUPS * _GROUP)) for _ in range(RECOVERY_CODES)
    ]
    hashes = [marks.recovery_hash(user_id, code) for code in codes]
    await factors.replace_recovery_codes(work, user_id, hashes)
    return [_grouped(code) for code in codes]


def _grouped(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _user(work: Work) -> UUID:
    assert work.actor.user_id is not None
    return work.actor.user_id
