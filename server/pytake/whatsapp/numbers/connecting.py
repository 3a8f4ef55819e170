"""Connecting a number: Meta is asked first, so that nobody connects what is not theirs."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg

from pytake.identity import limits
from pytake.identity.types import Limit
from pytake.kit.errors import NotFound
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import PhoneNumber, Sender
from pytake.whatsapp.channels import rows as channels
from pytake.whatsapp.errors import NumberNotProven, NumberTaken
from pytake.whatsapp.numbers import rows
from pytake.whatsapp.numbers.acting import Acting, sealed_token
from pytake.whatsapp.numbers.health import record


@dataclass(frozen=True, slots=True)
class Wanted:
    channel_id: UUID
    business_account_id: str
    phone_number_id: str
    access_token: str = field(repr=False)
    phone_number: str | None = None
    """As somebody knows it; when given, Meta has to know the number by it."""
    display_name: str | None = None


async def look(acting: Acting, business_account_id: str, access_token: str) -> list[dict[str, Any]]:
    """The numbers of a business account, and which of them are here already."""
    known = await acting.runtime.ports.numbers.list_phone_numbers(business_account_id, access_token)
    async with acting.work() as work:
        here = await rows.connected(work, [number.id for number in known])
    return [
        {
            "phone_number_id": number.id,
            "phone_number": number.display_phone_number,
            "verified_name": number.verified_name,
            "status": number.status,
            "quality_rating": number.quality_rating,
            "is_connected": number.id in here,
        }
        for number in known
    ]


async def connect(acting: Acting, wanted: Wanted) -> dict[str, Any]:
    """Raises NotFound, NumberNotProven, NumberTaken, LimitReached, and what Meta answers."""
    async with acting.work() as work:
        if await channels.find(work, wanted.channel_id) is None:
            raise NotFound
    known = await _proven(acting, wanted)
    await acting.runtime.ports.numbers.subscribe(wanted.business_account_id, wanted.access_token)
    async with acting.work() as work:
        return await _keep(acting, work, wanted, known)


async def _proven(acting: Acting, wanted: Wanted) -> PhoneNumber:
    """The token may speak for the number, the number is of the account, and is the one that is meant."""
    numbers = acting.runtime.ports.numbers
    known = await numbers.get_phone_number(Sender(wanted.phone_number_id, wanted.access_token))
    of_account = await numbers.list_phone_numbers(wanted.business_account_id, wanted.access_token)
    if wanted.phone_number_id not in {number.id for number in of_account}:
        raise NumberNotProven(
            phone_number_id=wanted.phone_number_id,
            reason=f"the business account {wanted.business_account_id} has no such number.",
        )
    if wanted.phone_number and digits(wanted.phone_number) != digits(known.display_phone_number):
        raise NumberNotProven(
            phone_number_id=wanted.phone_number_id,
            reason=f"it is {known.display_phone_number}, not {wanted.phone_number}.",
        )
    return known


async def _keep(acting: Acting, work: Work, wanted: Wanted, known: PhoneNumber) -> dict[str, Any]:
    await limits.make_room(work, Limit.NUMBERS)
    phone = known.display_phone_number[:20]
    before = await rows.left(work, wanted.phone_number_id, digits(phone))
    number_id = before or new_id()
    told = {
        "channel_id": wanted.channel_id,
        "phone_number_id": wanted.phone_number_id,
        "phone_number": phone,
        "display_name": wanted.display_name or known.verified_name,
        "whatsapp_business_account_id": wanted.business_account_id,
    }
    token = sealed_token(acting.runtime, acting.organization_id, number_id, wanted.access_token)
    try:
        is_free = await rows.insert(work, number_id, told, token)
    except asyncpg.UniqueViolationError as error:
        raise NumberTaken(phone_number_id=wanted.phone_number_id) from error
    if not is_free:
        raise NumberTaken(phone_number_id=wanted.phone_number_id)
    await record(work, number_id, known)
    work.audit("number.reconnected" if before else "number.connected", number_id, after=told)
    return dict(await rows.detail(work, number_id) or {})


def digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)
