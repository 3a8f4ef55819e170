"""A row and the definition in it: what is sent is Meta's, what is edited is the draft."""

from typing import Any, Final

from pytake.kit.work import Work
from pytake.whatsapp.templates.definition import Definition, of_components
from pytake.whatsapp.templates.stored import dumped, loaded
from pytake.whatsapp.types import ParameterFormat, TemplateCategory

Json = dict[str, Any]

EMPTY: Final[Json] = {
    "meta_template_id": None,
    "meta_status": "DRAFT",
    "is_active": True,
    "is_enabled_in_flows": True,
    "components": [],
    "draft": None,
    "sync_status": "pending",
    "quality_score": {},
}


def live(row: Json) -> Definition:
    """As Meta has it; of a draft there is nothing yet."""
    return of_components(
        row["components"],
        name=row["name"],
        language=row["language"],
        category=TemplateCategory(row["category"]) if row["category"] else None,
        parameter_format=ParameterFormat(row["parameter_format"]),
    )


def edited(row: Json) -> Definition:
    """With what was changed here since."""
    draft = row["draft"]
    if draft is None:
        return live(row)
    return loaded(draft, name=row["name"], language=row["language"], category=draft["category"])


def put_draft(row: Json, definition: Definition) -> None:
    """Until Meta has the template, the columns show what is edited."""
    row["draft"] = {"category": definition.category, **dumped(definition)}
    if row["meta_template_id"] is None:
        row["category"] = definition.category
        _show(row, definition)


def put_components(row: Json, components: list[Json], parameter_format: str | None = None) -> None:
    """What Meta has."""
    row["components"] = components
    if parameter_format in ParameterFormat.__members__:
        row["parameter_format"] = parameter_format
    _show(row, live(row))


def _show(row: Json, definition: Definition) -> None:
    content = dumped(definition)
    row |= {
        name: content[name]
        for name in (
            "header_type",
            "header_content",
            "body_text",
            "footer_text",
            "buttons",
            "variables",
            "parameter_format",
        )
    }


def tell(work: Work, row: Json) -> None:
    work.publish(
        "template.changed",
        {
            "template_id": row["id"],
            "name": row["name"],
            "language": row["language"],
            "meta_status": row["meta_status"],
            "call_state": row.get("call_state"),
        },
    )
