"""The letters of an installation that has no mail server, for who sits at its machine in development."""

from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.accounts.reception import reception_of
from pytake.accounts.schemas import LetterList, LetterRead
from pytake.accounts.service import outbox
from pytake.accounts.types import MailStatus
from pytake.http.addresses import address_of, is_loopback
from pytake.identity.dependencies import runtime_of
from pytake.kit.errors import NotFound

router = APIRouter(prefix="/api/v1/outbox", tags=["outbox"])

_OWN_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def is_at_this_machine(request: Request) -> bool:
    """Letters are shown to nobody else, nor in production, nor when they leave.

    The name in the address is looked at, too: a foreign page's own name may be made to lead here.
    """
    name = urlsplit(f"//{request.headers.get('host', '')}").hostname
    is_here = is_loopback(address_of(request)) and name in _OWN_NAMES
    return is_here and reception_of(request).shows_outbox


class AtThisMachine:
    async def __call__(self, request: Request) -> None:
        if not is_at_this_machine(request):
            raise NotFound


@router.get("")
async def list_letters(request: Request, _: Annotated[None, Depends(AtThisMachine())]) -> LetterList:
    """The newest fifty, of every organization."""
    items = [
        LetterRead(
            id=letter.id,
            recipient=letter.recipient,
            subject=letter.subject,
            text=letter.text,
            status=MailStatus(status),
            created_at=created_at,
        )
        for letter, status, created_at in await outbox.newest(runtime_of(request))
    ]
    return LetterList(items=items)
