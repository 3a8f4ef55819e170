"""Keys for machines."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from pytake.http.idempotency import once
from pytake.http.pages import Cursor
from pytake.identity import keys
from pytake.identity.dependencies import allowed
from pytake.identity.people_schemas import ApiKeyChange, ApiKeyCreate, ApiKeyMade, ApiKeyPage, ApiKeyRead
from pytake.identity.permissions import Permission
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/api-keys", tags=["api keys"])

Reader = Annotated[Work, Depends(allowed(Permission.API_KEYS_READ), scope="function")]
Maker = Annotated[Work, Depends(allowed(Permission.API_KEYS_WRITE), scope="function")]


@router.get("")
async def list_api_keys(
    work: Reader,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ApiKeyPage:
    return ApiKeyPage.model_validate(await keys.page(work, cursor, limit))


@router.post("", status_code=201)
@once
async def create_api_key(work: Maker, body: ApiKeyCreate) -> ApiKeyMade:
    made = await keys.create(work, name=body.name, scopes=body.scopes, expires_at=body.expires_at)
    return ApiKeyMade.model_validate(made)


@router.get("/{key_id}")
async def get_api_key(work: Reader, key_id: UUID) -> ApiKeyRead:
    return ApiKeyRead.model_validate(await keys.get(work, key_id))


@router.patch("/{key_id}")
async def rename_api_key(work: Maker, key_id: UUID, body: ApiKeyChange) -> ApiKeyRead:
    return ApiKeyRead.model_validate(await keys.rename(work, key_id, body.name))


@router.delete("/{key_id}", status_code=204)
async def revoke_api_key(work: Maker, key_id: UUID) -> None:
    await keys.revoke(work, key_id)
