"""An organization, as its own people change it."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from pytake.identity.errors import OwnOrganization, SlugDoesNotMatch, TimezoneUnknown
from pytake.identity.rows import organizations as rows
from pytake.identity.types import DEFAULT_LOCALE, DEFAULT_TIMEZONE, Limit
from pytake.kit.errors import NotFound
from pytake.kit.work import Work

_SETTINGS: Final = {"timezone": DEFAULT_TIMEZONE, "locale": DEFAULT_LOCALE}
"""What people may set of `organizations.settings`, and what it is until they do."""

_timezones = cache(available_timezones)
"""Reads a folder of six hundred files. `ZoneInfo` would take names that browsers do not know."""

Json = dict[str, Any]


async def get(work: Work) -> Json:
    """Raises NotFound."""
    row = await rows.find(work)
    if row is None:
        raise NotFound
    return shown(row)


async def lock(work: Work) -> Json:
    """Raises NotFound."""
    row = await rows.lock(work)
    if row is None:
        raise NotFound
    return shown(row)


async def change(work: Work, changes: Mapping[str, Any]) -> Json:
    """Name, slug, time zone, locale. Raises SlugTaken, TimezoneUnknown."""
    before = await lock(work)
    after = {**before, **changes}
    if "timezone" in changes:
        await check_timezone(work, after["timezone"])
    settings = before["settings"] | {name: after[name] for name in _SETTINGS}
    await rows.save(work, name=after["name"], slug=after["slug"], settings=settings)
    work.audit("organization.updated", work.organization_id, before=of_itself(before), after=of_itself(after))
    work.publish("organization.updated", {"organization_id": work.organization_id})
    return await get(work)


async def delete(work: Work, slug: str) -> None:
    """Switch everything off and hide it; a super administrator can bring it back.

    Raises SlugDoesNotMatch, OwnOrganization.
    """
    before = await lock(work)
    if slug != before["slug"]:
        raise SlugDoesNotMatch
    await refuse_own(work)
    await rows.mark_deleted(work, is_deleted=True)
    work.audit("organization.deleted", work.organization_id, before=of_itself(before))


async def refuse_own(work: Work) -> None:
    """Raises OwnOrganization where super administrators work: two of them could shut each other's, and nobody
    would be left who brings one back.
    """
    if await rows.has_super_administrators(work):
        raise OwnOrganization


async def check_timezone(work: Work, name: str) -> None:
    """Raises TimezoneUnknown."""
    if name not in _timezones():
        raise TimezoneUnknown(timezone=name)
    await rows.check_timezone(work, name)


def shown(row: Mapping[str, Any]) -> Json:
    settings = row["settings"]
    return {
        **row,
        **{name: settings.get(name) or default for name, default in _SETTINGS.items()},
        "limits": {limit.value: row[limit.value] for limit in Limit},
    }


def of_itself(organization: Mapping[str, Any]) -> Json:
    """For the audit trail: what people can change."""
    names = ("name", "slug", "timezone", "locale", "plan_type", "plan_expires_at", "limits", "is_active")
    return {name: organization[name] for name in names}
