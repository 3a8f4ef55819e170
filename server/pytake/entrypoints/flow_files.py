"""Flow files on their way into an organization."""

from pathlib import Path

from pytake.chatbots.service import publish as flows
from pytake.engine.flow_file import FlowFile, FlowFileError, read_flow_file
from pytake.entrypoints.desk import opened, organization_id
from pytake.kit.problem import Problem


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
    async with opened() as runtime, runtime.work(await organization_id(runtime, slug)) as work:
        bot_id = await flows.create_bot(work, bot)
        flow_id = await flows.import_flow(work, bot_id, file)
        version = await flows.publish(work, flow_id) if publish else None
    return str(flow_id), version
