"""Messages that name a template: compiled and judged when they are written, not when they are sent."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pytake.conversations.pipeline import NewMessage
from pytake.conversations.service.settle import Settlement
from pytake.kit.errors import PyTakeError
from pytake.kit.work import Work
from pytake.whatsapp.templates.service import using
from pytake.whatsapp.templates.service.using import Wish

Json = dict[str, Any]

NOT_SENDABLE = 132001
"""Meta's own code for a template that is not there or not approved."""


async def written(work: Work, number_id: UUID, content: Json) -> Json:
    """What is stored of `{name, language, parameters}`, or of `{template_id, parameters}`.

    Raises TemplateUnknown, TemplateNotUsable and ParametersInvalid.
    """
    return await using.content(work, Wish(number_id, content, content.get("parameters") or {}))


async def compile_named(work: Work, messages: Sequence[NewMessage]) -> dict[UUID, Settlement]:
    """Give messages with `parameters` the content of their templates; answers how those without one end."""
    naming = [each for each in messages if each.is_template and "parameters" in each.content]
    if not naming:
        return {}
    wishes = [
        Wish(
            each.conversation.whatsapp_number_id,
            each.content,
            each.content["parameters"],
            is_in_flow=each.sender_type == "bot",
        )
        for each in naming
    ]
    refused = {}
    for message, made in zip(naming, await using.contents(work, wishes), strict=True):
        if isinstance(made, PyTakeError):
            refused[message.id] = Settlement(
                message.id, work.now, "failed", error_code=NOT_SENDABLE, error_message=str(made)
            )
            refused[message.id].moments["failed_at"] = work.now
        else:
            message.content = made
    return refused
