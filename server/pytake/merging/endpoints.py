"""Who a contact is, and which contacts are one person."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from pytake.http.idempotency import once
from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.work import Work
from pytake.merging.schemas import Identities, Merged, MergeWrite, SuggestionList, Unmerged
from pytake.merging.service import asked

router = APIRouter(prefix="/api/v1", tags=["contacts"])

Reader = Annotated[Work, Depends(allowed(Permission.CONTACTS_READ), scope="function")]
Merger = Annotated[Work, Depends(allowed(Permission.CONTACTS_MERGE), scope="function")]


@router.get("/contacts/{contact_id}/identities")
async def list_identities(work: Reader, contact_id: UUID) -> Identities:
    return Identities.model_validate(await asked.identities(work, contact_id))


@router.get("/contacts/{contact_id}/merge-suggestions")
async def list_suggestions_of_contact(work: Reader, contact_id: UUID) -> SuggestionList:
    return SuggestionList.model_validate({"items": await asked.suggested(work, contact_id)})


@router.post("/contacts/{contact_id}/merge", status_code=201)
@once
async def merge_contacts(work: Merger, contact_id: UUID, body: MergeWrite) -> Merged:
    return Merged.model_validate(await asked.merge_by_hand(work, contact_id, body.other_id))


@router.get("/contact-merge-suggestions")
async def list_suggestions(work: Reader) -> SuggestionList:
    return SuggestionList.model_validate({"items": await asked.suggested(work)})


@router.post("/contact-merge-suggestions/{suggestion_id}/accept", status_code=201)
@once
async def accept_suggestion(work: Merger, suggestion_id: UUID) -> Merged:
    return Merged.model_validate(await asked.accept(work, suggestion_id))


@router.post("/contact-merge-suggestions/{suggestion_id}/dismiss", status_code=204)
async def dismiss_suggestion(work: Merger, suggestion_id: UUID) -> None:
    await asked.dismiss(work, suggestion_id)


@router.post("/contact-merges/{merge_id}/undo", status_code=201)
@once
async def undo_merge(work: Merger, merge_id: UUID) -> Unmerged:
    return Unmerged.model_validate(await asked.undo(work, merge_id))
