"""Flow files on their way into an organization."""

from pathlib import Path

from pytake.chatbots.service import publish as flows
from pytake.engine.flow_file import FlowFile, FlowFileError, read_flow_file
from pytake.entrypoints.desk import opened, organization_id
from pytake.kit.problem import Problem
from pytake.kit.work import COMMAND


def read_file(path: Path) -> FlowFile:
    try:
        return read_flow_file(path.read_bytes())
    except FlowFileError as error:
        mistakes = "".join(f"\n  - {issue.spoken}" for issue in error.issues)
        raise Problem(
            f"{path.name} is no flow that could be published:{mistakes}\n", "Correct it there."
        ) from error


async def import_flow(path: Path, slug: str, bot: str, *, publish: bool) -> tuple[str, int | None]:
    """The flow's id, and the number of its version when it was published."""
    file = read_file(path)
    async with opened() as runtime, runtime.work(await organization_id(runtime, slug), COMMAND) as work:
        bot_id = await flows.create_bot(work, bot)
        flow_id = await flows.import_flow(work, bot_id, file)
        version = await flows.publish(work, flow_id) if publish else None
        work.audit(
            "flow.published" if publish else "flow.imported",
            flow_id,
            after={"file": path.name, "bot": bot, "version": version},
        )
    return str(flow_id), version
