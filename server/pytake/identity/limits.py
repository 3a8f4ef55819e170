"""What a plan allows: asked where something is made, in the transaction that makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pytake.identity.errors import LimitReached, MessageLimitReached
from pytake.identity.rows import limits as rows
from pytake.identity.types import DEFAULT_TIMEZONE, OF_PLAN, Limit, PlanType
from pytake.kit.work import Work

_MONTHS_SHOWN: Final = 13
COUNTED: Final = 100_000
"""How far things are counted that nothing limits: this takes 10 ms, a million up to half a second."""


@dataclass(frozen=True, slots=True)
class Use:
    allowed: int | None
    """None is no limit."""
    used: int
    is_more: bool = False
    """There are more than `used`, and nobody counted how many."""


@dataclass(frozen=True, slots=True)
class Month:
    month: date
    sent: int
    received: int


async def make_room(work: Work, limit: Limit, more: int = 1) -> None:
    """Raises LimitReached when the organization may not have so many more of what it is about to make.

    Until the transaction ends nobody else makes room in this organization, so that two who make the last one
    at once do not make two.
    """
    allowed = _allowed(await rows.lock(work), limit)
    if allowed is None:
        return
    used = await rows.count(work, limit, most=max(allowed, 0) + 1)
    if used + more > allowed:
        raise LimitReached(limit=limit.value, allowed=allowed, used=used)


async def make_room_for_messages(work: Work, more: int = 1) -> None:
    """For what people and machines send: raises MessageLimitReached. The meter is some seconds behind."""
    allowed = _allowed(await rows.allowances(work), Limit.MESSAGES)
    if allowed is None:
        return
    used = (await rows.month(work, DEFAULT_TIMEZONE))["sent"]
    if used + more > allowed:
        raise MessageLimitReached(limit=Limit.MESSAGES.value, allowed=allowed, used=used)


async def uses(work: Work) -> dict[Limit, Use]:
    """Every limit with what is used of it."""
    allowances = await rows.allowances(work)
    return {limit: await _use(work, limit, _allowed(allowances, limit)) for limit in Limit}


async def _use(work: Work, limit: Limit, allowed: int | None) -> Use:
    if limit is Limit.MESSAGES:
        return Use(allowed, (await rows.month(work, DEFAULT_TIMEZONE))["sent"])
    most = max(COUNTED, allowed or 0)
    counted = await rows.count(work, limit, most=most + 1)
    return Use(allowed, min(counted, most), is_more=counted > most)


async def months(work: Work) -> list[Month]:
    """The meter, newest month first."""
    return [Month(**row) for row in await rows.months(work, _MONTHS_SHOWN)]


async def settle_pause(work: Work) -> None:
    """Silence the bots when the month's messages are used up, let them speak when they are not."""
    allowed = _allowed(await rows.lock(work), Limit.MESSAGES)
    here = await rows.month(work, DEFAULT_TIMEZONE)
    is_used_up = allowed is not None and here["sent"] >= allowed
    changed = await rows.pause_messages(work, here["month"] if is_used_up else None, DEFAULT_TIMEZONE)
    if changed and is_used_up:
        work.publish(
            "organization.limit_reached",
            {"limit": Limit.MESSAGES.value, "allowed": allowed, "used": here["sent"]},
        )


def _allowed(organization: Mapping[str, Any], limit: Limit) -> int | None:
    """A plan that has ended leaves what the free one has, if that is less."""
    own: int | None = organization[limit.value]
    if not organization["is_expired"]:
        return own
    free = OF_PLAN[PlanType.FREE][limit]
    known = [value for value in (own, free) if value is not None]
    return min(known, default=None)
