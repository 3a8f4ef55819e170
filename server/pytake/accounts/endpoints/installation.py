"""Before there is anybody: whether this installation is set up, and setting it up."""

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.accounts.dependencies import at_most, from_our_page
from pytake.accounts.endpoints.outbox import is_at_this_machine
from pytake.accounts.reception import reception_of
from pytake.accounts.schemas import AddressRead, InstallationRead, LinkUse, SetUp, SetupLinkRead
from pytake.accounts.service import setting_up
from pytake.accounts.types import Founding
from pytake.identity.dependencies import runtime_of

router = APIRouter(prefix="/api/v1", tags=["installation"], dependencies=[Depends(from_our_page)])


@router.get("/installation", dependencies=[Depends(at_most(120, "installation"))])
async def get_installation(request: Request) -> InstallationRead:
    """What the pages before signing in need to know."""
    runtime = runtime_of(request)
    return InstallationRead(
        is_set_up=await setting_up.is_set_up(runtime),
        sends_mail=not runtime.ports.mailer.is_local,
        shows_outbox=is_at_this_machine(request),
    )


@router.post("/setup/look", dependencies=[Depends(at_most(60, "auth/link-look"))])
async def look_at_setup_link(request: Request, body: LinkUse) -> SetupLinkRead:
    """Uses nothing up."""
    return SetupLinkRead(expires_at=await setting_up.look_at_link(runtime_of(request), body.token))


@router.post("/setup", dependencies=[Depends(at_most(30, "auth/link"))])
async def set_up_installation(request: Request, body: SetUp) -> AddressRead:
    """With the token of the link that `pytake setup` prints. Sign in next."""
    said = body.model_dump(exclude={"token"})
    email = await setting_up.set_up(runtime_of(request), reception_of(request), body.token, Founding(**said))
    return AddressRead(email=email)
