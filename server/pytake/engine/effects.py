"""What a turn asks the host to do, in order. Effects are data; carrying them out is the host's."""

from typing import Any, ClassVar, Protocol

from pytake.engine.frozen import frozen


class Effect(Protocol):
    """A frozen dataclass with an `effect` of its own. A kind of node may bring one along."""

    effect: ClassVar[str]


@frozen
class Say:
    """Send a message. `type` and `content` are exactly `messages.type` and `messages.content`."""

    effect: ClassVar[str] = "say"

    type: str
    content: dict[str, Any]


@frozen
class SetTimer:
    """Deliver `TimerFired(token)` after so many seconds. A run has one timer; setting another replaces it."""

    effect: ClassVar[str] = "set_timer"

    after_seconds: int
    token: str


@frozen
class CancelTimer:
    """The timer is not needed any more. A courtesy: a timer that fires late is ignored by its token."""

    effect: ClassVar[str] = "cancel_timer"

    token: str


@frozen
class HandOff:
    """A person of the team takes over. `reason` is a code: asked_for, retries_exhausted, too_many_visits …"""

    effect: ClassVar[str] = "hand_off"

    reason: str


@frozen
class Finish:
    """The run is over; always the last effect, exactly once in the life of a run."""

    effect: ClassVar[str] = "finish"

    outcome: str
    """completed, converted, abandoned, handed_off, failed, or the author's own word on an `end` node."""
    close: bool = False
    """The author asks that the conversation be resolved."""


@frozen
class Warn:
    """Something in the flow did not work as drawn; for the author, never for the person."""

    effect: ClassVar[str] = "warn"

    code: str
    node_id: str | None
    detail: str | None = None
