"""Every organization of the installation, for super administrators."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from pytake.http.idempotency import REPLAYED, IdempotencyKey
from pytake.identity import platform
from pytake.identity.dependencies import checked, runtime_of
from pytake.identity.organization_schemas import (
    AdministratorList,
    AdministratorRead,
    PlatformOrganization,
    PlatformOrganizationChange,
    PlatformOrganizationCreate,
    PlatformOrganizationPage,
)
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims

router = APIRouter(prefix="/api/v1/platform/organizations", tags=["platform"])

Onlooker = Annotated[Claims, Depends(checked(Permission.PLATFORM_READ))]
Operator = Annotated[Claims, Depends(checked(Permission.PLATFORM_WRITE))]


class OrganizationState(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DELETED = "deleted"
    ALL = "all"


@router.get("")
async def list_platform_organizations(
    request: Request,
    claims: Onlooker,
    q: Annotated[
        str, Query(max_length=255, pattern=r"^[^\x00]*$", description="Part of a name or slug.")
    ] = "",
    state: OrganizationState = OrganizationState.ALL,
    cursor: Annotated[str, Query(max_length=100, pattern=r"^[a-z0-9-]*$")] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> PlatformOrganizationPage:
    page = await platform.page(
        runtime_of(request), claims.actor, wanted=q, state=state.value, after=cursor, most=limit
    )
    return PlatformOrganizationPage.model_validate(page)


@router.post("", status_code=201)
async def create_platform_organization(
    request: Request,
    response: Response,
    claims: Operator,
    body: PlatformOrganizationCreate,
    idempotency_key: IdempotencyKey = None,
) -> PlatformOrganization:
    created, was_there = await platform.create(
        runtime_of(request),
        claims.actor,
        name=body.name,
        slug=body.slug,
        plan_type=body.plan_type,
        limits=body.limits.model_dump(exclude_unset=True),
        settings={"timezone": body.timezone, "locale": body.locale},
        request_key=idempotency_key,
    )
    if was_there:
        response.headers.update(REPLAYED)
    return PlatformOrganization.model_validate(created)


@router.get("/{organization_id}")
async def get_platform_organization(
    request: Request, claims: Onlooker, organization_id: UUID
) -> PlatformOrganization:
    found = await platform.get(runtime_of(request), claims.actor, organization_id)
    return PlatformOrganization.model_validate(found)


@router.get("/{organization_id}/administrators")
async def list_platform_administrators(
    request: Request, claims: Onlooker, organization_id: UUID
) -> AdministratorList:
    """At most fifty, the oldest first."""
    found = await platform.administrators(runtime_of(request), claims.actor, organization_id)
    return AdministratorList(items=[AdministratorRead.model_validate(dict(row)) for row in found])


@router.patch("/{organization_id}")
async def change_platform_organization(
    request: Request, claims: Operator, organization_id: UUID, body: PlatformOrganizationChange
) -> PlatformOrganization:
    changed = await platform.change(
        runtime_of(request),
        claims.actor,
        organization_id,
        body.model_dump(exclude_unset=True),
    )
    return PlatformOrganization.model_validate(changed)


@router.delete("/{organization_id}", status_code=204)
async def delete_platform_organization(request: Request, claims: Operator, organization_id: UUID) -> None:
    await platform.set_deleted(runtime_of(request), claims.actor, organization_id, is_deleted=True)


@router.put("/{organization_id}/restored")
async def restore_platform_organization(
    request: Request, claims: Operator, organization_id: UUID
) -> PlatformOrganization:
    restored = await platform.set_deleted(
        runtime_of(request), claims.actor, organization_id, is_deleted=False
    )
    return PlatformOrganization.model_validate(restored)
