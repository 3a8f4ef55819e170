"""The people of an organization: who they are, what they may do, and that somebody is left who may say so."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pytake.identity import avatars, sessions
from pytake.identity.errors import BeyondYourOwn, LastAdministrator, NotGrantable, NotYourself
from pytake.identity.limits import make_room
from pytake.identity.permissions import GRANTABLE, PRESETS, Permission, of_user
from pytake.identity.rows import limits as limit_rows
from pytake.identity.rows import people as rows
from pytake.identity.rows.people_order import PeopleOrder, position
from pytake.identity.types import PERSON_CHANGED, Limit, Role
from pytake.kit.errors import NotFound
from pytake.kit.pages import Position, cut
from pytake.kit.work import Work

Json = dict[str, Any]

_OF_POWER = frozenset({"role", "permissions", "preset", "is_active"})
_PERMISSIONS = frozenset(permission.value for permission in Permission)
_ADMINISTRATORS = frozenset({Role.ORG_ADMIN, Role.SUPER_ADMIN})


async def page(work: Work, cursor: str | None, limit: int, *, order: PeopleOrder, **wanted: Any) -> Json:
    after = Position.parse(cursor) if cursor else None
    shown, last = cut(await rows.page(work, after, limit + 1, order=order, **wanted), limit)
    return {"items": [_shown(row) for row in shown], "next": str(position(order, last)) if last else None}


async def get(work: Work, user_id: UUID) -> Json:
    """Raises NotFound."""
    row = await rows.find(work, user_id)
    if row is None:
        raise NotFound
    return _shown(row)


async def myself(work: Work) -> Json:
    """Raises NotFound for a machine."""
    if work.actor.user_id is None:
        raise NotFound
    return await get(work, work.actor.user_id)


async def change(work: Work, user_id: UUID, changes: Mapping[str, Any]) -> Json:
    """Raises NotFound, NotYourself, NotGrantable, BeyondYourOwn, LastAdministrator, LimitReached."""
    if "permissions" in changes:
        changes = {**changes, "permissions": sorted(set(changes["permissions"]))}
        if forbidden := sorted(set(changes["permissions"]) - GRANTABLE):
            raise NotGrantable(permissions=", ".join(forbidden))
    before = await _locked(work, user_id)
    after = {**before, **changes}
    if user_id == work.actor.user_id and any(after[name] != before[name] for name in _OF_POWER):
        raise NotYourself
    _check_reach(work, before, after)
    await _keep_an_administrator(work, user_id, before, after)
    if _answers_customers(after) and not _answers_customers(before):
        await make_room(work, Limit.AGENTS)
    await rows.save(
        work,
        user_id,
        full_name=after["full_name"],
        phone_number=after["phone_number"],
        role=after["role"],
        permissions=_stored(after),
        is_active=after["is_active"],
    )
    if before["is_active"] and not after["is_active"]:
        await sessions.revoke(work, user_id, "switched_off")
    work.audit("user.updated", user_id, before=before, after=after)
    work.publish(PERSON_CHANGED, {"user_id": user_id})
    return await get(work, user_id)


async def remove(work: Work, user_id: UUID) -> None:
    """Whoever wrote to them is somebody else's to answer then.

    Raises NotFound, NotYourself, BeyondYourOwn, LastAdministrator.
    """
    before = await _locked(work, user_id)
    if user_id == work.actor.user_id:
        raise NotYourself
    after = {**before, "is_active": False}
    _check_reach(work, before, after)
    await _keep_an_administrator(work, user_id, before, after)
    await rows.remove(work, user_id)
    for row in await rows.give_back_conversations(work, user_id):
        work.publish("conversation.updated", {"conversation_id": row["id"], "status": row["status"]})
    await avatars.forget(work, user_id)
    await sessions.revoke(work, user_id, "removed")
    work.audit("user.deleted", user_id, before=before)
    work.publish(PERSON_CHANGED, {"user_id": user_id})


async def _locked(work: Work, user_id: UUID) -> Json:
    row = await rows.lock(work, user_id)
    if row is None:
        raise NotFound
    return {
        "full_name": row["full_name"],
        "phone_number": row["phone_number"],
        "role": Role(row["role"]),
        "is_active": row["is_active"],
        **_extra(row["permissions"]),
    }


def _check_reach(work: Work, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Nobody touches who may more than themselves, nor makes somebody so."""
    beyond = (_power(before) | _power(after)) - work.actor.grants
    if beyond:
        raise BeyondYourOwn(permissions=", ".join(sorted(beyond)))


def _power(person: Mapping[str, Any]) -> frozenset[Permission]:
    return of_user(person["role"], _stored(person))


async def _keep_an_administrator(
    work: Work, user_id: UUID, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Two who switch each other off at once wait for one another here."""
    if not _administers(before) or _administers(after):
        return
    await limit_rows.lock(work)
    if not await rows.has_other_administrators(work, user_id):
        raise LastAdministrator


def _administers(person: Mapping[str, Any]) -> bool:
    return person["is_active"] and person["role"] in _ADMINISTRATORS


def _answers_customers(person: Mapping[str, Any]) -> bool:
    return person["is_active"] and person["role"] is not Role.VIEWER


def _shown(row: Mapping[str, Any]) -> Json:
    granted = sorted(of_user(row["role"], row["permissions"]))
    return {**row, **_extra(row["permissions"]), "granted": granted}


def _extra(words: list[Any]) -> Json:
    """`users.permissions` as people set it: a preset, and single permissions."""
    preset = next((word for word in words if word in PRESETS), None)
    return {
        "preset": preset.removeprefix("preset:") if preset else None,
        "permissions": sorted(word for word in words if word in _PERMISSIONS),
    }


def _stored(person: Mapping[str, Any]) -> list[str]:
    preset = [f"preset:{person['preset']}"] if person["preset"] else []
    return [*preset, *sorted(person["permissions"])]
