"""What can happen to a run. An event is data; its id makes a redelivery recognisable."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Final


@dataclass(frozen=True, slots=True)
class Started:
    """A trigger chose the flow for this conversation."""

    type: ClassVar[str] = "started"

    text: str = ""
    """The message that started it, if one did."""
    trigger: str | None = None
    """What started it, for the trace: the keyword, `welcome`, `api` …"""
    variables: Mapping[str, Any] | None = None
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer asked for by `SetTimer` came due. A token that is not the present wait's is of no concern."""

    type: ClassVar[str] = "timer_fired"

    token: str
    event_id: str | None = None


Event = Started | Replied | TimerFired

EVENTS: Final[Mapping[str, type[Event]]] = {kind.type: kind for kind in (Started, Replied, TimerFired)}


def write_event(event: Event) -> dict[str, Any]:
    """The event as JSON; what is at its default is left out."""
    defaults = {field.name: field.default for field in fields(event)}
    values = {name: value for name, value in asdict(event).items() if value != defaults[name]}
    return {"type": event.type, **values}


def read_event(written: Mapping[str, Any]) -> Event:
    """What `write_event` wrote; KeyError or TypeError for anything else."""
    values = dict(written)
    return EVENTS[values.pop("type")](**values)
