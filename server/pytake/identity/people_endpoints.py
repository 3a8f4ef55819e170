"""The people of one's organization. Inviting somebody is another matter: see the invitations."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from pytake.http.pages import Cursor
from pytake.identity import people
from pytake.identity.dependencies import allowed
from pytake.identity.people_schemas import PersonChange, PersonPage, PersonRead
from pytake.identity.permissions import Permission
from pytake.identity.rows.people_order import PeopleOrder
from pytake.identity.types import Role
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/people", tags=["people"])

Myself = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]
Colleague = Annotated[Work, Depends(allowed(Permission.PEOPLE_READ), scope="function")]
Superior = Annotated[Work, Depends(allowed(Permission.PEOPLE_WRITE), scope="function")]


@router.get("")
async def list_people(
    work: Colleague,
    q: Annotated[
        str | None, Query(max_length=255, pattern=r"^[^\x00]*$", description="Part of a name or address.")
    ] = None,
    role: Role | None = None,
    is_active: bool | None = None,
    department_id: UUID | None = None,
    sort: PeopleOrder = PeopleOrder.NEWEST,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> PersonPage:
    page = await people.page(
        work,
        cursor,
        limit,
        order=sort,
        wanted=q,
        role=role,
        is_active=is_active,
        department_id=department_id,
    )
    return PersonPage.model_validate(page)


@router.get("/me")
async def get_myself(work: Myself) -> PersonRead:
    """With everything one may do: what a page offers depends on `granted`."""
    return PersonRead.model_validate(await people.myself(work))


@router.get("/{user_id}")
async def get_person(work: Colleague, user_id: UUID) -> PersonRead:
    return PersonRead.model_validate(await people.get(work, user_id))


@router.patch("/{user_id}")
async def change_person(work: Superior, user_id: UUID, body: PersonChange) -> PersonRead:
    changed = await people.change(work, user_id, body.model_dump(exclude_unset=True))
    return PersonRead.model_validate(changed)


@router.delete("/{user_id}", status_code=204)
async def remove_person(work: Superior, user_id: UUID) -> None:
    await people.remove(work, user_id)
