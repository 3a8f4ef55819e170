"""The second factor of whoever is signed in."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.accounts.dependencies import from_our_page
from pytake.accounts.reception import reception_of
from pytake.accounts.schemas import (
    CodeGiven,
    PasswordAgain,
    RecoveryCodesRead,
    TwoFactorOff,
    TwoFactorRead,
    TwoFactorSetupRead,
)
from pytake.accounts.service import passwords, two_factor
from pytake.identity.dependencies import allowed, checked, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/auth/two-factor", tags=["auth"], dependencies=[Depends(from_our_page)])

Somebody = Annotated[Claims, Depends(checked(Permission.PROFILE_READ))]
SomebodysWork = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]

_NOTHING: Final = 204


@router.get("")
async def get_two_factor(work: SomebodysWork) -> TwoFactorRead:
    return TwoFactorRead.model_validate(await two_factor.state(work))


@router.post("/setup")
async def set_up_two_factor(request: Request, claims: Somebody, body: PasswordAgain) -> TwoFactorSetupRead:
    """A new secret, told this once. Nothing is asked for at sign-in until a code of it was confirmed."""
    runtime, user = runtime_of(request), (claims.organization_id, claims.user_id)
    await passwords.check_again(runtime, reception_of(request), *user, body.password)
    return TwoFactorSetupRead.model_validate(await two_factor.begin(runtime, *user))


@router.post("/confirm")
async def confirm_two_factor(request: Request, claims: Somebody, body: CodeGiven) -> RecoveryCodesRead:
    codes = await two_factor.confirm(runtime_of(request), claims.organization_id, claims.user_id, body.code)
    return RecoveryCodesRead(recovery_codes=codes)


@router.post("/recovery-codes")
async def renew_recovery_codes(request: Request, claims: Somebody, body: CodeGiven) -> RecoveryCodesRead:
    """The codes of before open nothing any more."""
    codes = await two_factor.renew_codes(
        runtime_of(request), claims.organization_id, claims.user_id, body.code
    )
    return RecoveryCodesRead(recovery_codes=codes)


@router.post("/disable", status_code=_NOTHING)
async def disable_two_factor(request: Request, claims: Somebody, body: TwoFactorOff) -> None:
    """Whoever finds an open page has neither; whoever took the phone has one of the two."""
    runtime, user = runtime_of(request), (claims.organization_id, claims.user_id)
    await passwords.check_again(runtime, reception_of(request), *user, body.password)
    await two_factor.switch_off(runtime, *user, body.code)
