"""What a number needs at Meta before it may send: a code that proves it, and a PIN that guards it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from pytake.ports.whatsapp import Sender
from pytake.ports.whatsapp_numbers import CodeMethod, Profile
from pytake.whatsapp.numbers import alerts, health, rows
from pytake.whatsapp.numbers.acting import Acting
from pytake.whatsapp.numbers.upkeep import detail

NOT_REGISTERED = 133010
"""What Meta answers to whatever a number sends that is not registered."""


async def register(acting: Acting, number_id: UUID, pin: str) -> dict[str, Any]:
    """What waited because it was not registered goes out.

    Raises NotFound, NumberWithoutToken, and what Meta answers; so do all of these.
    """
    numbers = acting.runtime.ports.numbers
    return await _do(
        acting,
        number_id,
        "number.registered",
        lambda sender: numbers.register(sender, pin),
        mends=NOT_REGISTERED,
    )


async def deregister(acting: Acting, number_id: UUID) -> dict[str, Any]:
    return await _do(acting, number_id, "number.deregistered", acting.runtime.ports.numbers.deregister)


async def set_pin(acting: Acting, number_id: UUID, pin: str) -> dict[str, Any]:
    numbers = acting.runtime.ports.numbers
    return await _do(acting, number_id, "number.pin_changed", lambda sender: numbers.set_pin(sender, pin))


async def request_code(acting: Acting, number_id: UUID, method: CodeMethod, language: str) -> dict[str, Any]:
    numbers = acting.runtime.ports.numbers
    return await _do(
        acting,
        number_id,
        "number.code_requested",
        lambda sender: numbers.request_code(sender, method, language),
    )


async def verify_code(acting: Acting, number_id: UUID, code: str) -> dict[str, Any]:
    numbers = acting.runtime.ports.numbers
    return await _do(acting, number_id, "number.verified", lambda sender: numbers.verify_code(sender, code))


async def get_profile(acting: Acting, number_id: UUID) -> Profile:
    return await acting.runtime.ports.numbers.get_profile(await acting.sender(number_id))


async def set_profile(acting: Acting, number_id: UUID, changes: dict[str, Any]) -> Profile:
    numbers = acting.runtime.ports.numbers
    sender = await acting.sender(number_id)
    await numbers.set_profile(sender, changes)
    profile = await numbers.get_profile(sender)
    async with acting.work() as work:
        work.audit("number.profile_changed", number_id, after=changes)
    return profile


async def _do(
    acting: Acting,
    number_id: UUID,
    deed: str,
    call: Callable[[Sender], Awaitable[None]],
    *,
    mends: int | None = None,
) -> dict[str, Any]:
    """Tell Meta, ask how the number is now, write both down. `mends`: the refusal that is over with it."""
    sender = await acting.sender(number_id)
    await call(sender)
    known = await acting.runtime.ports.numbers.get_phone_number(sender)
    async with acting.work() as work:
        await health.record(work, number_id, known)
        if mends is not None and await alerts.resolve_refusal(work, number_id, mends):
            await rows.resume(work, number_id)
        work.audit(deed, number_id)
        return await detail(work, number_id)
