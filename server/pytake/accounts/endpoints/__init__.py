"""The routes of getting in. Whatever changes something is refused to foreign pages."""

from typing import Final

from fastapi import APIRouter

from pytake.accounts.endpoints import (
    addresses,
    installation,
    invitations,
    outbox,
    passwords,
    platform,
    signing_in,
    two_factor,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    signing_in.router,
    passwords.router,
    addresses.router,
    two_factor.router,
    invitations.router,
    platform.router,
    outbox.router,
    installation.router,
)
