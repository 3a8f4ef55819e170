"""Where a conversation stands in a flow: plain data, small, written as JSON between two events."""

from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import Any, Self

from pytake.engine.frozen import frozen
from pytake.engine.values import Value, from_json, from_outside, to_json


class RunStatus(StrEnum):
    ACTIVE = "active"
    """New, or inside a turn; never stored."""
    WAITING = "waiting"
    COMPLETED = "completed"
    FAILED = "failed"
    HANDED_OFF = "handed_off"
    INTERRUPTED = "interrupted"
    """Ended by the host: another flow was started, or a person took over."""
    EXPIRED = "expired"
    """The person went silent and the flow had no other way out."""

    @property
    def over(self) -> bool:
        return self not in {RunStatus.ACTIVE, RunStatus.WAITING}


@frozen
class Waiting:
    """What the run waits for."""

    kind: str
    """The kind of node that waits."""
    token: str
    """Names this wait; a timer set for it carries it."""
    accepts: tuple[str, ...]
    """Types of events that end the wait. Any other leaves the run as it is."""
    page: int = 0
    """Which page of a long list was shown last."""


@frozen
class Run:
    id: str
    node: str | None = None
    status: RunStatus = RunStatus.ACTIVE
    variables: Mapping[str, Value] = field(default_factory=dict)
    attempts: int = 0
    """Answers the present node could not use."""
    steps: int = 0
    """Nodes visited in the whole run."""
    sends: int = 0
    step_no: int = 0
    """Turns taken."""
    waiting: Waiting | None = None
    last_event_id: str | None = None

    @classmethod
    def new(cls, run_id: object, variables: Mapping[str, Any] | None = None) -> Self:
        """A run that has not begun; give it a `Started`."""
        return cls(id=str(run_id), variables=from_outside(variables or {}))

    def ended(self, status: RunStatus) -> Self:
        """The run, ended from outside: `interrupted` or `expired`."""
        return replace(self, status=status, node=None, waiting=None, attempts=0)

    def dump(self) -> dict[str, Any]:
        waiting = self.waiting
        return {
            "id": self.id,
            "node": self.node,
            "status": self.status.value,
            "variables": {name: to_json(value) for name, value in self.variables.items()},
            "attempts": self.attempts,
            "steps": self.steps,
            "sends": self.sends,
            "step_no": self.step_no,
            "waiting": None
            if waiting is None
            else {
                "kind": waiting.kind,
                "token": waiting.token,
                "accepts": list(waiting.accepts),
                "page": waiting.page,
            },
            "last_event_id": self.last_event_id,
        }

    @classmethod
    def load(cls, state: Mapping[str, Any]) -> Self:
        waiting = state["waiting"]
        return cls(
            id=state["id"],
            node=state["node"],
            status=RunStatus(state["status"]),
            variables={name: from_json(value) for name, value in state["variables"].items()},
            attempts=state["attempts"],
            steps=state["steps"],
            sends=state["sends"],
            step_no=state["step_no"],
            waiting=None
            if waiting is None
            else Waiting(waiting["kind"], waiting["token"], tuple(waiting["accepts"]), waiting["page"]),
            last_event_id=state["last_event_id"],
        )
