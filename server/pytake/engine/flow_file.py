"""A flow in a file: drawing, name and trigger, to be carried from one PyTake to another."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pytake.engine.canvas import SCHEMA_VERSION, normalise, storable, too_deep
from pytake.engine.compile import Compiled, FlowSettings, compile_flow
from pytake.engine.contents import issue_of, objections
from pytake.engine.fields import CLEANED
from pytake.engine.issues import Issue
from pytake.engine.limits import MAX_CANVAS_BYTES, MAX_CANVAS_DEPTH, MAX_KEYWORDS
from pytake.engine.triggers import Match, Trigger, fold

_NOWHERE = "00000000-0000-0000-0000-000000000000"


class FlowFileError(Exception):
    """The file is not a flow that could be published. Every reason is in `issues`."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__("; ".join(issue.spoken for issue in issues))


Keyword = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), CLEANED]


class FileTrigger(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["keyword"] = "keyword"
    keywords: tuple[Keyword, ...] = Field(default=(), max_length=MAX_KEYWORDS)
    match: Match = Match.EQUALS


class _Header(BaseModel):
    """Everything of the file but the drawing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = SCHEMA_VERSION
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255), CLEANED]
    description: Annotated[str, CLEANED] | None = None
    trigger: FileTrigger = FileTrigger()
    is_welcome: bool = False
    priority: int = Field(default=0, ge=-1000, le=1000)


@dataclass(frozen=True, slots=True)
class FlowFile:
    name: str
    description: str | None
    trigger: FileTrigger
    is_welcome: bool
    """Whether it also answers a message no keyword recognises."""
    priority: int
    canvas: dict[str, Any]
    """Normalised."""

    def triggers(
        self, flow_id: str, *, number_id: str | None = None, created_at: datetime | None = None
    ) -> tuple[Trigger, ...]:
        """What starts the flow; empty when only something other than a message does."""
        if not self.trigger.keywords and not self.is_welcome:
            return ()
        return (
            Trigger(
                flow_id,
                self.trigger.keywords,
                self.trigger.match,
                number_id,
                self.priority,
                created_at,
                catch_all=self.is_welcome,
            ),
        )

    def compile(self, settings: FlowSettings) -> Compiled:
        return compile_flow(self.canvas, settings=settings)

    def dump(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "name": self.name,
            "description": self.description,
            "trigger": self.trigger.model_dump(mode="json"),
            "is_welcome": self.is_welcome,
            "priority": self.priority,
            "canvas": self.canvas,
        }


def read_flow_file(source: Mapping[str, Any] | bytes | str) -> FlowFile:
    """The flow in the file. Raises FlowFileError with everything that is wrong, and nothing else."""
    written = source if isinstance(source, Mapping) else _parsed(source)
    if too_deep(written):
        raise FlowFileError((Issue.of("canvas_too_deep", most=MAX_CANVAS_DEPTH),))
    rest = {name: value for name, value in written.items() if name != "canvas"}
    header, issues = _read_header(rest)
    issues += compile_flow(written.get("canvas"), settings=FlowSettings(_NOWHERE)).errors
    if header is None or issues:
        raise FlowFileError(tuple(issues))
    canvas = normalise(written["canvas"])
    return FlowFile(
        header.name, header.description, header.trigger, header.is_welcome, header.priority, canvas
    )


def _parsed(source: bytes | str) -> Mapping[str, Any]:
    if len(source) > MAX_CANVAS_BYTES:
        raise FlowFileError((Issue.of("file_too_large", most=MAX_CANVAS_BYTES),))
    try:
        written = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise FlowFileError((Issue.of("file_unreadable"),)) from error
    if not isinstance(written, dict):
        raise FlowFileError((Issue.of("file_unreadable"),))
    return written


def _read_header(written: Mapping[str, Any]) -> tuple[_Header | None, list[Issue]]:
    try:
        header = _Header.model_validate(storable(written))
    except ValidationError as error:
        return None, [issue_of(found, written) for found in objections(error)]
    return header, list(_trigger_issues(header))


def _trigger_issues(header: _Header) -> Iterator[Issue]:
    for at, keyword in enumerate(header.trigger.keywords):
        if not fold(keyword):
            yield Issue.of("keyword_empty", path=f"trigger.keywords.{at}", keyword=keyword)
