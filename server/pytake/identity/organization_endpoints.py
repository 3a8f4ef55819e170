"""The organization one belongs to: its settings, its limits and what it has used."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from pytake.identity import limits, organizations
from pytake.identity.dependencies import allowed
from pytake.identity.organization_schemas import (
    MonthRead,
    OrganizationChange,
    OrganizationDetail,
    UsageRead,
    UsesRead,
)
from pytake.identity.permissions import Permission
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/organization", tags=["organization"])

Member = Annotated[Work, Depends(allowed(Permission.ORGANIZATION_READ), scope="function")]
Keeper = Annotated[Work, Depends(allowed(Permission.ORGANIZATION_WRITE), scope="function")]
Owner = Annotated[Work, Depends(allowed(Permission.ORGANIZATION_DELETE), scope="function")]


@router.get("")
async def get_organization(work: Member) -> OrganizationDetail:
    return OrganizationDetail.model_validate(await organizations.get(work))


@router.patch("")
async def change_organization(work: Keeper, body: OrganizationChange) -> OrganizationDetail:
    changed = await organizations.change(work, body.model_dump(exclude_unset=True))
    return OrganizationDetail.model_validate(changed)


@router.delete("", status_code=204)
async def delete_organization(
    work: Owner, slug: Annotated[str, Query(max_length=100, description="The slug, to be sure.")]
) -> None:
    await organizations.delete(work, slug)


@router.get("/usage")
async def get_usage(work: Member) -> UsageRead:
    uses = {limit.value: use for limit, use in (await limits.uses(work)).items()}
    months = [MonthRead.model_validate(month) for month in await limits.months(work)]
    return UsageRead(limits=UsesRead.model_validate(uses), months=months)
