"""Departments and who works in them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pytake.departments import repository
from pytake.identity import limits
from pytake.identity.types import PERSON_CHANGED, Limit
from pytake.kit.errors import NotFound
from pytake.kit.ids import new_id
from pytake.kit.work import Work

Json = dict[str, Any]


async def every(work: Work) -> list[Json]:
    return [dict(row) for row in await repository.every(work)]


async def get(work: Work, department_id: UUID) -> Json:
    """Raises NotFound."""
    row = await repository.find(work, department_id)
    if row is None:
        raise NotFound
    return dict(row)


async def create(work: Work, department: Mapping[str, Any]) -> Json:
    """Raises DepartmentNameTaken, UnknownReference, LimitReached."""
    await limits.make_room(work, Limit.DEPARTMENTS)
    department_id = new_id()
    await repository.insert(work, department_id, department)
    work.audit("department.created", department_id, after=department)
    return await get(work, department_id)


async def change(work: Work, department_id: UUID, changes: Mapping[str, Any]) -> Json:
    """Raises NotFound, DepartmentNameTaken, UnknownReference."""
    before = await _locked(work, department_id)
    after = {**before, **changes}
    await repository.save(work, department_id, after)
    work.audit("department.updated", department_id, before=before, after=after)
    return await get(work, department_id)


async def delete(work: Work, department_id: UUID) -> None:
    """Its conversations belong to no department then. Raises NotFound."""
    before = await _locked(work, department_id)
    await repository.delete(work, department_id)
    work.audit("department.deleted", department_id, before=before)


async def members(work: Work, department_id: UUID) -> list[Json]:
    """Raises NotFound."""
    await get(work, department_id)
    return [dict(row) for row in await repository.members(work, department_id)]


async def set_member(work: Work, department_id: UUID, user_id: UUID, place: Mapping[str, Any]) -> list[Json]:
    """Let somebody work here, or change how. Raises NotFound, for the department and for the person alike."""
    await _locked(work, department_id)
    if not await repository.living_user(work, user_id):
        raise NotFound
    await repository.save_member(work, department_id, user_id, place)
    work.audit("department.member_set", department_id, after={"user_id": user_id, **place})
    work.publish(PERSON_CHANGED, {"user_id": user_id})
    return await members(work, department_id)


async def remove_member(work: Work, department_id: UUID, user_id: UUID) -> None:
    """Raises NotFound."""
    if not await repository.delete_member(work, department_id, user_id):
        raise NotFound
    work.audit("department.member_removed", department_id, before={"user_id": user_id})
    work.publish(PERSON_CHANGED, {"user_id": user_id})


async def _locked(work: Work, department_id: UUID) -> Json:
    row = await repository.lock(work, department_id)
    if row is None:
        raise NotFound
    return dict(row)
