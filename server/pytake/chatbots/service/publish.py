"""Saving a flow's draft and publishing it as an immutable version."""

import hashlib
import json
from typing import Any
from uuid import UUID, uuid5

from pytake.chatbots import drafts
from pytake.chatbots.errors import FlowNotFound, FlowNotPublishable
from pytake.engine.canvas import SCHEMA_VERSION, with_new_ids
from pytake.engine.compile import Compiled, FlowSettings, compile_flow
from pytake.engine.flow_file import FlowFile
from pytake.identity import limits
from pytake.identity.types import Limit
from pytake.kit.ids import new_id
from pytake.kit.work import Work


async def create_bot(
    work: Work, name: str, *, welcome_message: str | None = None, fallback_message: str | None = None
) -> UUID:
    """A bot of that name, made when there is none. Raises LimitReached."""
    if found := await drafts.bot_named(work, name):
        return found
    await limits.make_room(work, Limit.CHATBOTS)
    bot_id = new_id()
    await drafts.insert_bot(work, bot_id, name, welcome_message, fallback_message)
    return bot_id


async def import_flow(work: Work, chatbot_id: UUID, file: FlowFile) -> UUID:
    """Save the flow of a file as a draft; the bot's flow of the same name is replaced, its runs go on.

    Node ids are made this flow's own, so that one file can be imported many times over.
    """
    known = await drafts.lock_flow_named(work, chatbot_id, file.name)
    flow_id = known or new_id()
    canvas = with_new_ids(file.canvas, lambda old: uuid5(flow_id, old))
    await drafts.save_flow(work, flow_id, chatbot_id, file, canvas)
    compiled = compile_flow(canvas, settings=FlowSettings(flow_id))
    await drafts.project_nodes(work, flow_id, compiled.nodes_projection)
    return flow_id


async def publish(work: Work, flow_id: UUID, *, published_by: UUID | None = None) -> int:
    """Compile the draft into the next version and let new runs use it; answers its number.

    Publishing an unchanged draft makes no new version. Raises FlowNotPublishable with every mistake.
    """
    flow = await drafts.lock_flow(work, flow_id)
    if flow is None:
        raise FlowNotFound
    canvas = flow["canvas_data"]
    compiled = compile_flow(canvas, settings=_settings(flow))
    program = _program(compiled)
    content_hash = hashlib.sha256(json.dumps(program, sort_keys=True).encode()).hexdigest()
    latest = await drafts.latest_version(work, flow_id)
    if latest and latest["content_hash"] == content_hash:
        await drafts.point_at(work, flow_id, flow["chatbot_id"], latest["id"])
        return int(latest["number"])
    version_id, number = new_id(), (latest["number"] if latest else 0) + 1
    await drafts.insert_version(
        work,
        version_id,
        flow_id=flow_id,
        number=number,
        canvas=canvas,
        program=program,
        content_hash=content_hash,
        schema_version=SCHEMA_VERSION,
        published_by=published_by,
    )
    await drafts.point_at(work, flow_id, flow["chatbot_id"], version_id)
    return number


def _settings(flow: Any) -> FlowSettings:
    fallback = flow["fallback_message"]
    return FlowSettings(flow["id"], fallback) if fallback else FlowSettings(flow["id"])


def _program(compiled: Compiled) -> dict[str, Any]:
    if compiled.program is None:
        raise FlowNotPublishable(
            count=len(compiled.errors), issues=[issue.dump() for issue in compiled.errors]
        )
    return compiled.program.dump()
