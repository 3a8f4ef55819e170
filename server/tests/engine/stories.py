"""Cases: a small drawing and the stories told on it. Nodes have names here; ids appear only while it runs."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pytake.engine.advance import Turn, Visit, advance
from pytake.engine.compile import Compiled, FlowSettings, compile_flow
from pytake.engine.context import Context
from pytake.engine.flow_file import read_flow_file
from pytake.engine.limits import Limits
from pytake.engine.program import Program
from pytake.engine.run import Run
from pytake.engine.tokens import short
from pytake.engine.wire import read_event, write_effect

CASES = Path(__file__).parent / "cases"
DEMO = Path(__file__).resolve().parents[2] / "pytake/entrypoints/demo/menu.flow.json"
RUN_ID = "0193a5b0-0000-7000-8000-52554e52554e"
NOW = "2026-11-20T10:30:00-03:00"
"""A Friday."""

Json = dict[str, Any]


def node_id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"node:{name}"))


def canvas(nodes: Mapping[str, Json], lines: Mapping[str, str]) -> Json:
    """A drawing: `nodes` by name, `lines` as `"name.handle": "name"` (`"name"` alone is its `next`)."""
    return {
        "schema_version": 1,
        "nodes": [_node(name, node) for name, node in nodes.items()],
        "edges": [_edge(source, target) for source, target in lines.items()],
    }


def _node(name: str, node: Json) -> Json:
    content = dict(node.get("content", {}))
    if node["type"] == "jump" and "node_id" in content:
        content["node_id"] = node_id(content["node_id"])
    data = {"label": name, "content": content}
    return {"id": node_id(name), "type": node["type"], "position": {"x": 0, "y": 0}, "data": data}


def _edge(source: str, target: str) -> Json:
    name, _, handle = source.partition(".")
    return {
        "id": source,
        "source": node_id(name),
        "sourceHandle": handle or "next",
        "target": node_id(target),
    }


def compiled(nodes: Mapping[str, Json], lines: Mapping[str, str]) -> Compiled:
    return compile_flow(canvas(nodes, lines), settings=FlowSettings(node_id("flow")))


def program(nodes: Mapping[str, Json], lines: Mapping[str, str]) -> Program:
    found = compiled(nodes, lines)
    assert found.program is not None, [issue.message for issue in found.issues]
    return found.program


def context(given: Mapping[str, Any] | None = None) -> Context:
    values = {"now": NOW, "contact": {"name": "Ana Souza"}, "organization": "Padaria Aurora", **(given or {})}
    limits = Limits(**values.pop("limits", {}))
    return Context(limits=limits, **{**values, "now": datetime.fromisoformat(values["now"])})


class Case:
    """One file of `cases`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.written: Json = json.loads(path.read_text())
        if self.written.get("flow") == "demo":
            found = read_flow_file(DEMO.read_bytes()).compile(FlowSettings(node_id("flow")))
            assert found.program is not None
            self.program = found.program
            self.names = {place.id: str(place.label) for place in self.program.places.values()}
        else:
            self.program = program(self.written["nodes"], self.written["lines"])
            self.names = {node_id(name): name for name in self.written["nodes"]}
        self._shorts = {short(known): name for known, name in self.names.items()} | {short(RUN_ID): "run"}

    def stories(self) -> list[Json]:
        """Those of the file; what they all open with is the first of them."""
        opening = self.written.get("opening")
        alone = [{"description": "how they all begin", "events": [opening]}] if opening else []
        return [*alone, *self.written["stories"]]

    def tell(self, story: Json) -> list[Json]:
        """The turns of the story's events, in words. The run goes through JSON between every two."""
        run = Run.new(RUN_ID, story.get("variables"))
        begins = story["events"][0]["event"]["type"] == "started"
        events = story["events"] if begins else [self.written["opening"], *story["events"]]
        turns = []
        for number, chapter in enumerate(events, start=1):
            now = context({**self.written.get("context", {}), **story.get("context", {})})
            event = read_event({"event_id": f"e{number}", **self._identified(chapter["event"])})
            turn = advance(self.program, reloaded(run), event, now)
            turns.append(self._in_words(turn))
            run = turn.run
        return turns if begins else turns[1:]

    def _identified(self, event: Json) -> Json:
        """`reply_id` is written `run.name.option`."""
        ids = {name: known for known, name in self._shorts.items()}
        if "reply_id" not in event:
            return event
        *places, option = event["reply_id"].split(".")
        return {**event, "reply_id": ".".join([*(ids.get(place, place) for place in places), option])}

    def _in_words(self, turn: Turn) -> Json:
        if turn.ignored:
            return {"ignored": turn.reason}
        words: Json = {"run": _shortened(turn.run.dump())}
        words["effects"] = [write_effect(effect) for effect in turn.effects]
        words["trace"] = [_visit(visit) for visit in turn.trace]
        named: Json = self._named(words)
        return named

    def _named(self, value: Any) -> Any:
        if isinstance(value, str):
            for known, name in (*self.names.items(), *self._shorts.items()):
                value = value.replace(known, name)
            return value
        if isinstance(value, dict):
            return {key: self._named(item) for key, item in value.items()}
        return [self._named(item) for item in value] if isinstance(value, list) else value


def reloaded(run: Run) -> Run:
    """The run after a night in the database."""
    again = Run.load(json.loads(json.dumps(run.dump())))
    assert again == run
    return again


def _shortened(run: Json) -> Json:
    plain = {"id", "last_event_id", "step_no"}
    return {name: value for name, value in run.items() if name not in plain and value not in (None, 0, {})}


def _visit(visit: Visit) -> str:
    return f"{visit.how} {visit.node_id}" + (f" → {visit.exit}" if visit.exit else "")


def pretty(value: Any, indent: int = 0, width: int = 100) -> str:
    """JSON with everything short on one line: a case is read more often than written."""
    line = json.dumps(value, ensure_ascii=False)
    if indent + len(line) <= width or not isinstance(value, dict | list) or not value:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        pairs = [
            f"{json.dumps(key, ensure_ascii=False)}: {pretty(item, indent + 2, width)}"
            for key, item in value.items()
        ]
        return "{\n" + ",\n".join(inner + pair for pair in pairs) + "\n" + " " * indent + "}"
    return (
        "[\n"
        + ",\n".join(inner + pretty(item, indent + 2, width) for item in value)
        + "\n"
        + " " * indent
        + "]"
    )
