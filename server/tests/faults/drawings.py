"""Drawings of flows as nobody would make them: loops, self loops, jumps in circles, questions without end."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from pytake.engine.compile import Compiled
from pytake.engine.nodes import NODES
from pytake.engine.program import Program
from tests.engine import stories
from tests.engine.stories import node_id

Json = dict[str, Any]

START, MOST, LONGEST_CHAIN = "start", 8, 30
NAMES = tuple("abcdefgh")

WAITING: list[tuple[str, Json]] = [
    ("message", {"text": "{{ v }}?", "buttons": ["Sim", "Não"]}),
    ("message", {"text": "x", "buttons": ["Sim"], "timeout": 60, "retry": {"max": 2}}),
    ("question", {"text": "{{ v }}?", "variable": "v"}),
    ("question", {"text": "?", "variable": "v", "validation": "number", "retry": 2}),
    ("question", {"text": "?", "variable": "v", "options": ["Um", "Dois", "Três", "Quatro"], "timeout": 60}),
]
RESTLESS: list[tuple[str, Json]] = [
    ("message", {"text": "{{ v }} {{ contato.nome }}"}),
    ("condition", {"variable": "v", "operator": ">", "value": 5}),
    ("condition", {"expression": "v == 'sim'"}),
    ("jump", {"mode": "restart"}),
    ("jump", {"mode": "restart", "keep_variables": False}),
    ("end", {"text": "{{ v }}"}),
    ("handoff", {}),
]
JUMP = ("jump", {"mode": "goto"})

PLAIN: tuple[str, Json] = ("message", {"text": "mais uma"})


@dataclass(frozen=True)
class Drawn:
    """Nodes by name, and lines as `"name.handle": "name"`."""

    nodes: dict[str, Json]
    lines: dict[str, str]

    def canvas(self) -> Json:
        return stories.canvas(self.nodes, self.lines)

    def compiled(self) -> Compiled:
        return stories.compiled(self.nodes, self.lines)

    def program(self) -> Program:
        """As the compiler writes one, but for any drawing: what it would refuse has to end as well."""
        drawn = self.canvas()
        nodes = [{"id": node["id"], "type": node["type"], **node["data"]} for node in drawn["nodes"]]
        exits: dict[str, dict[str, str]] = {}
        for edge in drawn["edges"]:
            exits.setdefault(edge["source"], {})[edge["sourceHandle"]] = edge["target"]
        return Program.load(
            {
                "format": 1,
                "flow_id": node_id("flow"),
                "start": node_id(START),
                "defaults": {"fallback_message": "Não entendi."},
                "nodes": nodes,
                "exits": exits,
            }
        )

    def has_a_loop_that_never_waits(self) -> bool:
        """Asked in the plainest way: from which node do we come back to it, over nodes that do not wait?"""
        restless = {name for name, node in self.nodes.items() if not node["waits"]}
        return any(name in self._walk(name, restless) for name in restless)

    def _walk(self, start: str, restless: set[str]) -> set[str]:
        seen: set[str] = set()
        ahead = self._next(start)
        while ahead:
            name = ahead.pop()
            if name in restless and name not in seen:
                seen.add(name)
                ahead += self._next(name)
        return seen

    def _next(self, name: str) -> list[str]:
        content = self.nodes[name].get("content", {})
        drawn = [target for line, target in self.lines.items() if line.partition(".")[0] == name]
        jumps = [content["node_id"]] if "node_id" in content else []
        return [*drawn, *jumps, *([START] if content.get("mode") == "restart" else [])]


def node(kind: str, content: Json, *, waits: bool) -> Json:
    return {"type": kind, "content": content, "waits": waits}


@st.composite
def drawings(draw: st.DrawFn) -> Drawn:
    """A start, perhaps a chain of messages, then up to eight nodes with lines to anywhere."""
    names = NAMES[: draw(st.integers(1, MOST))]
    anywhere = st.sampled_from([*names, START])
    nodes = {START: node("start", {}, waits=False)}
    lines: dict[str, str] = {}
    last = START
    for place in range(draw(st.sampled_from([0, 0, 0, 3, LONGEST_CHAIN]))):
        name = f"chain{place}"
        nodes[name], lines[last], last = node(*PLAIN, waits=False), name, name
    lines[last] = names[0]
    for name in names:
        nodes[name] = draw(_nodes(names))
        lines |= draw(_lines(name, nodes[name], anywhere))
    return Drawn(nodes, lines)


def _nodes(names: tuple[str, ...]) -> st.SearchStrategy[Json]:
    def jump(target: str) -> Json:
        return node(JUMP[0], {**JUMP[1], "node_id": target}, waits=False)

    return (
        st.sampled_from([node(*kind, waits=True) for kind in WAITING])
        | st.sampled_from([node(*kind, waits=False) for kind in RESTLESS])
        | st.sampled_from(names).map(jump)
    )


def _lines(name: str, drawn: Json, anywhere: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    """From any of the ways out this node has, to any node."""
    ways = _ways_out(name, drawn)
    return st.dictionaries(st.sampled_from(ways), anywhere, max_size=len(ways)) if ways else st.just({})


def _ways_out(name: str, drawn: Json) -> list[str]:
    content = dict(drawn["content"])
    if "node_id" in content:
        content["node_id"] = node_id(content["node_id"])
    read = NODES[drawn["type"]].model_validate(content)
    return [f"{name}.{handle.name}" for handle in read.handles()]


def ring(kind: str, content: Json, *, waits: bool = False) -> Drawn:
    """The start, then one node that leads to itself by every way out."""
    drawn = node(kind, content, waits=waits)
    nodes = {START: node("start", {}, waits=False), "a": drawn}
    return Drawn(nodes, {START: "a"} | dict.fromkeys(_ways_out("a", drawn), "a"))


def chain(length: int) -> Drawn:
    """The start, then so many messages one after the other."""
    names = [START, *(f"n{place}" for place in range(length))]
    nodes = {name: node(*PLAIN, waits=False) for name in names} | {START: node("start", {}, waits=False)}
    return Drawn(nodes, dict(pairwise(names)))
