"""Events and effects as JSON: what a host stores, and what the scenarios are written in."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from pytake.engine.effects import Effect
from pytake.engine.events import Event, Replied, Started, TimerFired
from pytake.engine.nodes import NODES

EVENTS: Final[Mapping[str, type[Any]]] = {
    kind.type: kind
    for kind in (Started, Replied, TimerFired, *(event for node in NODES.values() for event in node.events))
}


def write_event(event: Event) -> dict[str, Any]:
    """What is at its default is left out."""
    return {"type": event.type, **_written(event)}


def read_event(written: Mapping[str, Any]) -> Event:
    """What `write_event` wrote; KeyError or TypeError for anything else."""
    values = dict(written)
    event: Event = EVENTS[values.pop("type")](**values)
    return event


def write_effect(effect: Effect) -> dict[str, Any]:
    return {"effect": effect.effect, **_written(effect)}


def _written(value: Any) -> dict[str, Any]:
    pairs = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: found for field, found in pairs if found != field.default}
