"""Every organization of the installation, for super administrators. Each is read and changed as itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from pytake.http.idempotency import IdempotencyKeyReused
from pytake.identity import limits as allowances
from pytake.identity import organizations, service
from pytake.identity.errors import SlugTaken
from pytake.identity.rows import organizations as rows
from pytake.identity.rows import people
from pytake.identity.types import OF_PLAN, UNLIMITED, Limit, PlanType
from pytake.kit.ids import new_id
from pytake.kit.pages import cut
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

Json = dict[str, Any]

_OF_PLAN: Final = frozenset({"plan_type", "plan_expires_at", "limits"})


async def page(runtime: Runtime, actor: Actor, *, wanted: str, state: str, after: str, most: int) -> Json:
    async with runtime.lookup() as connection:
        shown, last = cut(await rows.page(connection, wanted, state, after, most + 1), most)
    items = [await get(runtime, actor, organization_id) for organization_id, _ in shown]
    return {"items": items, "next": last[1] if last else None}


async def get(runtime: Runtime, actor: Actor, organization_id: UUID) -> Json:
    """With what it uses. Raises NotFound."""
    async with runtime.work(organization_id, actor) as work:
        return await _with_uses(work)


async def administrators(runtime: Runtime, actor: Actor, organization_id: UUID) -> list[Any]:
    """Whom to write to about it. Raises NotFound."""
    async with runtime.work(organization_id, actor) as work:
        await organizations.get(work)
        return await people.administrators(work)


async def create(
    runtime: Runtime,
    actor: Actor,
    *,
    name: str,
    slug: str,
    plan_type: PlanType | None,
    limits: Mapping[str, int | None],
    settings: Mapping[str, str],
    request_key: str | None,
) -> tuple[Json, bool]:
    """The organization, and whether it was there already: the request's key names it, so that the same
    request finds what it made before. Without a plan there is no limit.

    Raises SlugTaken, TimezoneUnknown, IdempotencyKeyReused.
    """
    organization_id = uuid5(actor.id or UUID(int=0), request_key) if request_key else new_id()
    given = OF_PLAN[plan_type] if plan_type else UNLIMITED
    chosen = {limit: limits.get(limit.value, given[limit]) for limit in Limit}
    async with runtime.work(organization_id, actor) as work:
        if request_key and (made := await _made(work, name, slug)):
            return made, True
        await organizations.check_timezone(work, settings["timezone"])
        try:
            await service.create_organization(
                work,
                name=name,
                slug=slug,
                plan_type=plan_type or PlanType.FREE,
                limits=chosen,
                settings=settings,
            )
        except SlugTaken:
            if request_key and (made := await _made(work, name, slug)):
                return made, True  # by its twin, meanwhile
            raise
        created = await _with_uses(work)
        work.audit("organization.created", work.organization_id, after=organizations.of_itself(created))
        return created, False


async def _made(work: Work, name: str, slug: str) -> Json | None:
    """Raises IdempotencyKeyReused."""
    made = await rows.find(work)
    if made is None:
        return None
    if (made["name"], made["slug"]) != (name, slug):
        raise IdempotencyKeyReused
    return await _with_uses(work)


async def change(runtime: Runtime, actor: Actor, organization_id: UUID, changes: Mapping[str, Any]) -> Json:
    """Name, plan, limits, whether it is on. A new plan brings its limits, but for those that are named.

    Raises NotFound, OwnOrganization.
    """
    async with runtime.work(organization_id, actor) as work:
        before = await organizations.lock(work)
        if changes.get("is_active") is False:
            await organizations.refuse_own(work)
        after = {**before, **changes, "limits": _limits(before, changes)}
        await rows.save(work, name=after["name"], slug=before["slug"], settings=before["settings"])
        await _save_plan(work, after, changes)
        if after["is_active"] != before["is_active"]:
            await rows.switch(work, is_active=after["is_active"])
        work.audit(
            "organization.updated",
            organization_id,
            before=organizations.of_itself(before),
            after=organizations.of_itself(after),
        )
        return await _with_uses(work)


async def set_deleted(runtime: Runtime, actor: Actor, organization_id: UUID, *, is_deleted: bool) -> Json:
    """Raises NotFound, OwnOrganization."""
    async with runtime.work(organization_id, actor) as work:
        before = await organizations.lock(work)
        if is_deleted:
            await organizations.refuse_own(work)
        await rows.mark_deleted(work, is_deleted=is_deleted)
        work.audit(
            "organization.deleted" if is_deleted else "organization.restored",
            organization_id,
            before=organizations.of_itself(before),
        )
        return await _with_uses(work)


def _limits(before: Json, changes: Mapping[str, Any]) -> dict[str, int | None]:
    plan: PlanType | None = changes.get("plan_type")
    begun = {limit.value: OF_PLAN[plan][limit] for limit in Limit} if plan else before["limits"]
    return {**begun, **changes.get("limits", {})}


async def _save_plan(work: Work, after: Json, changes: Mapping[str, Any]) -> None:
    if _OF_PLAN.isdisjoint(changes):
        return
    expires_at: datetime | None = after["plan_expires_at"]
    await rows.save_plan(
        work,
        plan_type=PlanType(after["plan_type"]),
        plan_expires_at=expires_at,
        limits={limit: after["limits"][limit.value] for limit in Limit},
    )
    await allowances.settle_pause(work)


async def _with_uses(work: Work) -> Json:
    organization = await organizations.get(work)
    uses = await allowances.uses(work)
    return {**organization, "uses": {limit.value: use for limit, use in uses.items()}}
