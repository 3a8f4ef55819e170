"""The organization's message templates."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from pytake.http.idempotency import once
from pytake.http.pages import Cursor
from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.work import Work
from pytake.whatsapp.templates.form import form_of
from pytake.whatsapp.templates.letter import parameter_issues
from pytake.whatsapp.templates.preview import preview
from pytake.whatsapp.templates.rules import issues_of
from pytake.whatsapp.templates.schemas import (
    HistoryList,
    PreviewAnswer,
    PreviewWish,
    SyncList,
    SyncWish,
    TemplateChange,
    TemplateCopy,
    TemplatePage,
    TemplateRead,
    TemplateWrite,
)
from pytake.whatsapp.templates.service import managing
from pytake.whatsapp.templates.service.rows import edited, live
from pytake.whatsapp.templates.stored import dumped, loaded
from pytake.whatsapp.types import TemplateCategory, TemplateStatus

router = APIRouter(prefix="/api/v1/templates", tags=["templates"])

Reader = Annotated[Work, Depends(allowed(Permission.TEMPLATES_READ), scope="function")]
Writer = Annotated[Work, Depends(allowed(Permission.TEMPLATES_WRITE), scope="function")]
Limit = Annotated[int, Query(ge=1, le=100)]
Search = Annotated[str | None, Query(max_length=100, pattern=r"^[^\x00]*$")]
Language = Annotated[str | None, Query(max_length=10, pattern=r"^[^\x00]*$")]
Statuses = Annotated[list[TemplateStatus] | None, Query(max_length=20)]
Usable = Annotated[bool, Query(description="Only those that can be sent: approved and active.")]
InFlows = Annotated[bool, Query(description="Only those that flows may send.")]


@router.get("")
async def list_templates(
    work: Reader,
    status: Statuses = None,
    category: TemplateCategory | None = None,
    language: Language = None,
    whatsapp_number_id: UUID | None = None,
    search: Search = None,
    *,
    usable: Usable = False,
    in_flows: InFlows = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> TemplatePage:
    wanted = {
        "status": [each.value for each in status] if status else None,
        "category": category,
        "language": language,
        "whatsapp_number_id": whatsapp_number_id,
        "search": search,
        "usable": usable,
        "in_flows": in_flows,
    }
    page = await managing.page(work, wanted, cursor, limit)
    return TemplatePage.model_validate({**page, "items": [_told(row) for row in page["items"]]})


@router.post("", status_code=201)
@once
async def create_template(work: Writer, body: TemplateWrite) -> TemplateRead:
    return _read(await managing.create(work, body.model_dump()))


@router.post("/preview")
async def preview_template(work: Reader, body: PreviewWish) -> PreviewAnswer:
    """How it will look, what it lacks, what a send of it needs. Nothing is kept."""
    del work
    content = body.content.model_dump()
    definition = loaded(content, name=body.name, language=body.language, category=body.category)
    parameters = body.model_dump(exclude_none=True).get("parameters")
    problems = parameter_issues(definition, parameters) if parameters is not None else ()
    return PreviewAnswer.model_validate(
        {
            "preview": preview(definition, parameters),
            "form": [field.dumped() for field in form_of(definition)],
            "issues": [each.dumped() for each in issues_of(definition)],
            "parameter_issues": [each.dumped() for each in problems],
        }
    )


@router.get("/sync")
async def list_template_syncs(work: Reader) -> SyncList:
    """Where the reading of each business account's templates stands."""
    return SyncList.model_validate({"items": await managing.syncing(work)})


@router.post("/sync", status_code=202)
async def sync_templates(work: Writer, body: SyncWish) -> SyncList:
    return SyncList.model_validate({"items": await managing.sync(work, body.whatsapp_number_id)})


@router.get("/{template_id}")
async def get_template(work: Reader, template_id: UUID) -> TemplateRead:
    return _read(await managing.get(work, template_id))


@router.get("/{template_id}/history")
async def list_template_history(work: Reader, template_id: UUID) -> HistoryList:
    return HistoryList.model_validate({"items": await managing.history(work, template_id)})


@router.patch("/{template_id}")
async def change_template(work: Writer, template_id: UUID, body: TemplateChange) -> TemplateRead:
    return _read(await managing.change(work, template_id, body.model_dump(exclude_unset=True)))


@router.delete("/{template_id}", status_code=204)
async def delete_template(work: Writer, template_id: UUID, *, all_languages: bool = False) -> None:
    """What Meta has is deleted there first; until it answers the template stays, with `call: delete`."""
    await managing.delete(work, template_id, all_languages=all_languages)


@router.delete("/{template_id}/changes")
async def discard_template_changes(work: Writer, template_id: UUID) -> TemplateRead:
    """Forget what was changed since Meta took it last."""
    return _read(await managing.discard(work, template_id))


@router.post("/{template_id}/submit", status_code=202)
@once
async def submit_template(work: Writer, template_id: UUID) -> TemplateRead:
    """Meta is asked a moment later; the template says what came of it."""
    return _read(await managing.submit(work, template_id))


@router.post("/{template_id}/duplicate", status_code=201)
@once
async def duplicate_template(work: Writer, template_id: UUID, body: TemplateCopy) -> TemplateRead:
    return _read(await managing.duplicate(work, template_id, name=body.name, language=body.language))


def _read(row: dict[str, Any]) -> TemplateRead:
    return TemplateRead.model_validate(_told(row))


def _told(row: dict[str, Any]) -> dict[str, Any]:
    definition = edited(row)
    return {
        **row,
        "category": definition.category,
        "content": dumped(definition),
        "has_changes": row["draft"] is not None,
        "preview": preview(definition),
        "form": [field.dumped() for field in form_of(live(row))],
        "issues": [each.dumped() for each in issues_of(definition)],
    }
