"""What can happen to a run. An event is data; its id makes a redelivery recognisable."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from pytake.engine.frozen import frozen


class Event(Protocol):
    """A frozen dataclass with a `type` of its own. A kind of node may bring one along."""

    type: ClassVar[str]

    @property
    def event_id(self) -> str | None: ...


@frozen
class Started:
    """A trigger chose the flow for this conversation."""

    type: ClassVar[str] = "started"

    text: str = ""
    """The message that started it, if one did."""
    trigger: str | None = None
    """What started it, for the trace: the keyword, `welcome`, `api` …"""
    variables: Mapping[str, Any] | None = None
    event_id: str | None = None


@frozen
class Replied:
    """The person wrote, tapped, or sent something."""

    type: ClassVar[str] = "replied"

    text: str | None
    """What a person would read: body, caption, button title."""
    reply_id: str | None = None
    """The id behind a tapped button or list row, as we sent it."""
    kind: str = "text"
    """The stored type of the message: text, image, audio, interactive …"""
    content: Mapping[str, Any] | None = None
    """`messages.content` of that message."""
    event_id: str | None = None


@frozen
class TimerFired:
    """A timer asked for by `SetTimer` came due. A token that is not the present wait's is of no concern."""

    type: ClassVar[str] = "timer_fired"

    token: str
    event_id: str | None = None
