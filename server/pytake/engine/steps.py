"""What a node answers with: what to say, what to remember, and where to go."""

from collections.abc import Mapping
from dataclasses import field

from pytake.engine.effects import Effect
from pytake.engine.events import Replied
from pytake.engine.frozen import frozen
from pytake.engine.run import RunStatus
from pytake.engine.values import Value


@frozen
class Leave:
    """Through one of the node's own exits."""

    handle: str


@frozen
class Go:
    """To another node, without an exit."""

    node_id: str


@frozen
class Begin:
    """Back to the start; `forget` drops the variables."""

    forget: bool = False


@frozen
class Wait:
    """Here, until what it waits for happens or the time is up."""

    timeout: int | None = None
    attempts: int = 0
    page: int = 0
    accepts: tuple[str, ...] = (Replied.type,)
    """Types of events. The timeout is accepted as well, if there is one."""


@frozen
class End:
    """The run is over."""

    outcome: str = "completed"
    close: bool = False
    status: RunStatus = RunStatus.COMPLETED


Then = Leave | Go | Begin | Wait | End


@frozen
class Step:
    then: Then
    does: tuple[Effect, ...] = ()
    """Messages, and whatever else the node asks the host for, in order."""
    remember: Mapping[str, Value] = field(default_factory=dict)


def leave(handle: str, *does: Effect, remember: Mapping[str, Value] | None = None) -> Step:
    return Step(Leave(handle), does, remember or {})


def wait(*does: Effect, timeout: int | None = None, attempts: int = 0, page: int = 0) -> Step:
    return Step(Wait(timeout, attempts, page), does)


def end(*does: Effect, outcome: str = "completed", close: bool = False) -> Step:
    return Step(End(outcome, close), does)


def hand_off(*does: Effect) -> Step:
    """Over to a person; the last of `does` is the `HandOff`."""
    return Step(End("handed_off", status=RunStatus.HANDED_OFF), does)
