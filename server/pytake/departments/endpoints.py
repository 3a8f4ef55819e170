"""Departments and who works in them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from pytake.departments import service
from pytake.departments.schemas import (
    DepartmentChange,
    DepartmentList,
    DepartmentRead,
    DepartmentWrite,
    MemberList,
    MemberWrite,
)
from pytake.http.idempotency import once
from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/departments", tags=["departments"])

Reader = Annotated[Work, Depends(allowed(Permission.DEPARTMENTS_READ), scope="function")]
Writer = Annotated[Work, Depends(allowed(Permission.DEPARTMENTS_WRITE), scope="function")]


@router.get("")
async def list_departments(work: Reader) -> DepartmentList:
    return DepartmentList.model_validate({"items": await service.every(work)})


@router.post("", status_code=201)
@once
async def create_department(work: Writer, body: DepartmentWrite) -> DepartmentRead:
    return DepartmentRead.model_validate(await service.create(work, body.model_dump()))


@router.get("/{department_id}")
async def get_department(work: Reader, department_id: UUID) -> DepartmentRead:
    return DepartmentRead.model_validate(await service.get(work, department_id))


@router.patch("/{department_id}")
async def change_department(work: Writer, department_id: UUID, body: DepartmentChange) -> DepartmentRead:
    changed = await service.change(work, department_id, body.model_dump(exclude_unset=True))
    return DepartmentRead.model_validate(changed)


@router.delete("/{department_id}", status_code=204)
async def delete_department(work: Writer, department_id: UUID) -> None:
    await service.delete(work, department_id)


@router.get("/{department_id}/members")
async def list_members(work: Reader, department_id: UUID) -> MemberList:
    return MemberList.model_validate({"items": await service.members(work, department_id)})


@router.put("/{department_id}/members/{user_id}")
async def set_member(work: Writer, department_id: UUID, user_id: UUID, body: MemberWrite) -> MemberList:
    members = await service.set_member(work, department_id, user_id, body.model_dump())
    return MemberList.model_validate({"items": members})


@router.delete("/{department_id}/members/{user_id}", status_code=204)
async def remove_member(work: Writer, department_id: UUID, user_id: UUID) -> None:
    await service.remove_member(work, department_id, user_id)
