"""A flow as it runs: immutable, read once from JSON, everything in it compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from pytake.engine.handles import Otherwise
from pytake.engine.nodes import NODES, Node
from pytake.engine.tokens import short

FORMAT: Final = 1
DEFAULT_FALLBACK: Final = "Desculpe, não entendi. Pode reformular?"


@dataclass(frozen=True, slots=True)
class Place:
    """A node where it stands: with the lines that leave it."""

    id: str
    label: str | None
    node: Node
    exits: Mapping[str, str]
    """Handle → node id, for the lines that were drawn."""
    connected: frozenset[str]
    otherwise: Mapping[str, Otherwise]
    """What each exit does when no line leaves it."""


class Program:
    """What `flow_versions.program` holds. Share it freely: nothing in it changes."""

    __slots__ = ("_by_short", "_places", "_written", "fallback_message", "flow_id", "start")

    def __init__(self, written: Mapping[str, Any]) -> None:
        self._written = dict(written)
        self.flow_id: str = written["flow_id"]
        self.start: str = written["start"]
        self.fallback_message: str = written["defaults"]["fallback_message"]
        self._places = {node["id"]: _place(node, written["exits"]) for node in written["nodes"]}
        self._by_short = {short(node_id): place for node_id, place in self._places.items()}

    @classmethod
    def load(cls, written: Mapping[str, Any]) -> Self:
        """What `dump` wrote. Raises for anything else: only the compiler writes programs."""
        if written["format"] != FORMAT:
            raise ValueError(f"A program of format {written['format']}; this engine reads {FORMAT}.")
        return cls(written)

    def dump(self) -> dict[str, Any]:
        return dict(self._written)

    def place(self, node_id: str | None) -> Place | None:
        return self._places.get(node_id or "")

    def place_of_token(self, node: str) -> Place | None:
        """The node a reply token speaks of, by the short form of its id."""
        return self._by_short.get(node)

    @property
    def places(self) -> Mapping[str, Place]:
        return self._places


def _place(node: Mapping[str, Any], exits: Mapping[str, Mapping[str, str]]) -> Place:
    loaded = NODES[node["type"]].model_validate(node["content"])
    drawn = exits.get(node["id"], {})
    otherwise = {handle.name: handle.otherwise for handle in loaded.handles()}
    return Place(node["id"], node["label"], loaded, drawn, frozenset(drawn), otherwise)
