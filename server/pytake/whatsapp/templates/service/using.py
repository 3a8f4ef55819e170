"""Templates as messages use them: found by id or by name and language, judged, compiled."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from pytake.kit.errors import PyTakeError
from pytake.kit.frozen import frozen
from pytake.kit.work import Work
from pytake.whatsapp.templates import repository
from pytake.whatsapp.templates.errors import TemplateNotUsable, TemplateUnknown
from pytake.whatsapp.templates.letter import compiled, file_above
from pytake.whatsapp.templates.preview import in_one_text, preview
from pytake.whatsapp.templates.service.rows import live
from pytake.whatsapp.types import TemplateStatus

Json = dict[str, Any]

_OFF: Final = "It is switched off here."
_NOT_IN_FLOWS: Final = "It is not enabled in flows."


@frozen
class Wish:
    """A template to be sent: by `template_id`, or by `name` and `language`."""

    number_id: UUID
    named: Mapping[str, Any]
    parameters: Mapping[str, Any]
    is_in_flow: bool = False


async def contents(work: Work, wishes: Sequence[Wish]) -> list[Json | PyTakeError]:
    """For each wish the content of its message, or why there is none. One question for all of them."""
    asked = {str(wish.named.get(key)) for wish in wishes for key in ("template_id", "name")} - {"None"}
    rows = await repository.for_use(work, list({wish.number_id for wish in wishes}), sorted(asked))
    found: dict[tuple[Any, ...], Json] = {}
    for row in rows:
        found[row["number_id"], str(row["id"])] = row
        found[row["number_id"], row["name"], row["language"]] = row
    return [_content(wish, found) for wish in wishes]


async def content(work: Work, wish: Wish) -> Json:
    """Raises TemplateUnknown, TemplateNotUsable, ParametersInvalid."""
    (made,) = await contents(work, [wish])
    if isinstance(made, PyTakeError):
        raise made
    return made


def _content(wish: Wish, found: Mapping[tuple[Any, ...], Json]) -> Json | PyTakeError:
    named = wish.named
    if named.get("template_id"):
        row = found.get((wish.number_id, str(named["template_id"])))
    else:
        row = found.get((wish.number_id, named.get("name"), named.get("language")))
    if row is None:
        name = named.get("name") or named.get("template_id")
        return TemplateUnknown(name=str(name), language=str(named.get("language") or "?"))
    try:
        _refuse_unusable(row, is_in_flow=wish.is_in_flow)
        return _compiled(row, wish.parameters)
    except PyTakeError as refusal:
        return refusal


def _refuse_unusable(row: Json, *, is_in_flow: bool) -> None:
    reason = row["rejection_reason"] or ""
    if row["meta_status"] == TemplateStatus.APPROVED:
        if row["is_active"] and (row["is_enabled_in_flows"] or not is_in_flow):
            return
        reason = _NOT_IN_FLOWS if row["is_active"] else _OFF
    raise TemplateNotUsable(
        name=row["name"], language=row["language"], status=row["meta_status"], reason=reason
    )


def _compiled(row: Json, parameters: Mapping[str, Any]) -> Json:
    definition = live(row)
    components = compiled(definition, parameters)
    shown = preview(definition, parameters)
    header = file_above(definition, parameters)
    return {
        "name": row["name"],
        "language": row["language"],
        "template_id": str(row["id"]),
        "category": row["category"],
        "components": components,
        **({"header": header} if header else {}),
        "text": in_one_text(shown),
        "shown": shown,
    }
