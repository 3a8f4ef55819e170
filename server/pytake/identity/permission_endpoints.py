"""The table of permissions, for pages that explain a role or let somebody choose."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from pytake.identity.dependencies import allowed
from pytake.identity.people_schemas import Preset
from pytake.identity.permissions import GRANTABLE, OF_ROLE, PRESETS, SCOPES, Permission
from pytake.identity.types import Role
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/permissions", tags=["people"])

Somebody = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]


class PermissionRead(BaseModel):
    permission: Permission
    is_grantable: bool
    """May be given to a person beyond their role."""
    is_for_keys: bool
    """May be given to an API key."""


class RoleRead(BaseModel):
    role: Role
    permissions: list[Permission]


class PresetRead(BaseModel):
    preset: Preset
    permissions: list[Permission]


class PermissionTable(BaseModel):
    permissions: list[PermissionRead]
    roles: list[RoleRead]
    presets: list[PresetRead]


@router.get("")
async def get_permissions(_: Somebody) -> PermissionTable:
    """The same for everybody: which permissions there are, and what roles and presets bring."""
    return PermissionTable.model_validate(
        {
            "permissions": [
                {"permission": each, "is_grantable": each in GRANTABLE, "is_for_keys": each in SCOPES}
                for each in Permission
            ],
            "roles": [{"role": role, "permissions": _in_order(held)} for role, held in OF_ROLE.items()],
            "presets": [
                {"preset": name.removeprefix("preset:"), "permissions": _in_order(held)}
                for name, held in PRESETS.items()
            ],
        }
    )


def _in_order(held: frozenset[Permission]) -> list[Permission]:
    return [each for each in Permission if each in held]
