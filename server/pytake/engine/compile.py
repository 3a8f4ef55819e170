"""From a drawing to a program, with every mistake on the way said at once."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pytake.engine import graph
from pytake.engine.canvas import DEFAULT_HANDLE, Drawing, DrawnEdge, DrawnNode, canonical, read_canvas
from pytake.engine.contents import read_content
from pytake.engine.handles import Handle, Otherwise
from pytake.engine.issues import Issue
from pytake.engine.limits import MAX_LABEL
from pytake.engine.nodes import NODES, Node
from pytake.engine.nodes.start import Start
from pytake.engine.program import DEFAULT_FALLBACK, FORMAT, Program
from pytake.engine.scope import NAMES
from pytake.engine.tokens import short

__all__ = ["Compiled", "FlowSettings", "NodeRow", "compile_flow"]


@dataclass(frozen=True, slots=True)
class FlowSettings:
    """What a program takes from outside the drawing, fixed at the moment of publishing."""

    flow_id: str | UUID
    fallback_message: str = DEFAULT_FALLBACK


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One row of the table `nodes`, a projection of the drawing."""

    id: UUID
    type: str
    label: str | None
    content: dict[str, Any]
    position_x: float
    position_y: float
    next_node_id: UUID | None
    settings: dict[str, Any]
    """The node's own settings, and `exits`: handle → node id."""


@dataclass(frozen=True, slots=True)
class Compiled:
    program: Program | None
    """None when there is an error."""
    nodes_projection: tuple[NodeRow, ...]
    """Every node that can be a row, errors or not: a draft is projected as well."""
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.is_error)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if not issue.is_error)


def compile_flow(canvas: Any, *, settings: FlowSettings) -> Compiled:
    """Never raises: whatever is wrong with the drawing is an issue."""
    reading = _Reading(read_canvas(canvas))
    issues = (*reading.drawing.issues, *(reading.issues() if reading.drawing.readable else ()))
    broken = any(issue.is_error for issue in issues)
    program = None if broken else Program.load(reading.written(settings))
    return Compiled(program, tuple(reading.rows()), issues)


class _Reading:
    """A drawing, its nodes read by their kinds."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.drawn: dict[str, DrawnNode] = {}
        self.nodes: dict[str, Node] = {}
        """Those whose content could be read."""
        self._issues: list[Issue] = []
        for node in drawing.nodes:
            self._add(node)
        self.exits: dict[str, dict[str, str]] = {node_id: {} for node_id in self.drawn}
        self._used: dict[str, set[str]] = {node_id: set() for node_id in self.drawn}
        """Handles a line leaves by, wherever it leads."""
        for edge in drawing.edges:
            self._connect(edge)

    def _add(self, drawn: DrawnNode) -> None:
        repeated = drawn.id in self.drawn
        self._issues += _identity_issues(drawn, repeated=repeated)
        kind = NODES.get(drawn.type)
        if kind is not None:
            node, issues = read_content(kind, drawn.content, drawn.id)
            self._issues += issues
            if node is not None and not repeated:
                self.nodes[drawn.id] = node
        if not repeated:
            self.drawn[drawn.id] = drawn

    def _connect(self, edge: DrawnEdge) -> None:
        where = {"node_id": edge.source, "handle": edge.handle}
        if edge.source not in self.drawn:
            target = edge.target if edge.target in self.drawn else None
            self._issues.append(Issue.of("edge_source_missing", node_id=target, handle=edge.handle))
            return
        if edge.handle in self._used[edge.source]:
            self._issues.append(Issue.of("edge_handle_repeated", **where))
        self._used[edge.source].add(edge.handle)
        if edge.target in self.drawn:
            self.exits[edge.source][edge.handle] = edge.target
        else:
            self._issues.append(Issue.of("edge_target_missing", **where))
        node = self.nodes.get(edge.source)
        if node is not None and edge.handle not in {handle.name for handle in node.handles()}:
            self._issues.append(Issue.of("edge_handle_unknown", **where))

    # --- what is wrong ----------------------------------------------------------------------------------

    def issues(self) -> Iterator[Issue]:
        yield from self._issues
        yield from self._start_issues()
        yield from self._likeness_issues()
        yield from self._jump_issues()
        yield from self._cycle_issues()
        yield from self._reach_issues()
        yield from self._open_issues()
        yield from self._variable_issues()

    def _starts(self) -> list[str]:
        return [node.id for node in self.drawn.values() if node.type == Start.type]

    def _start_issues(self) -> Iterator[Issue]:
        starts = self._starts()
        if not starts:
            yield Issue.of("no_start")
        for extra in starts[1:]:
            yield Issue.of("many_starts", node_id=extra)

    def _likeness_issues(self) -> Iterator[Issue]:
        """Reply tokens name a node by the end of its id."""
        counted = Counter(map(short, self.drawn))
        for node_id in self.drawn:
            if canonical(node_id) and counted[short(node_id)] > 1:
                yield Issue.of("node_ids_too_alike", node_id=node_id)

    def _jump_issues(self) -> Iterator[Issue]:
        for node_id, node in self.nodes.items():
            for field, target in node.targets():
                if target not in self.drawn:
                    yield Issue.of("jump_target_missing", node_id=node_id, path=f"content.{field}")

    def _ways(self) -> dict[str, list[str]]:
        """Every node and where a run can go from it."""
        starts = self._starts()
        ways = {node_id: list(exits.values()) for node_id, exits in self.exits.items()}
        for node_id, node in self.nodes.items():
            ways[node_id] += [target for _, target in node.targets() if target in self.drawn]
            ways[node_id] += starts[:1] if node.restarts else []
        return ways

    def _cycle_issues(self) -> Iterator[Issue]:
        restless = {node_id for node_id, node in self.nodes.items() if not node.waits}
        ways = {node_id: targets for node_id, targets in self._ways().items() if node_id in restless}
        inside = {
            node_id: [target for target in targets if target in restless] for node_id, targets in ways.items()
        }
        for cycle in graph.cycles(inside):
            yield Issue.of("cycle_without_wait", node_id=cycle[0], nodes=cycle)

    def _reach_issues(self) -> Iterator[Issue]:
        starts = self._starts()
        reached = graph.reachable(self._ways(), starts)
        for node_id in self.drawn if starts else ():
            if node_id not in reached:
                yield Issue.of("node_unreachable", node_id=node_id)

    def _open_issues(self) -> Iterator[Issue]:
        for node_id, node in self.nodes.items():
            for handle in _left_open(node.handles(), self._used[node_id]):
                yield Issue.of("open_exit", node_id=node_id, handle=handle)

    def _variable_issues(self) -> Iterator[Issue]:
        written = {name for node in self.nodes.values() for name in node.writes()}
        for node_id, node in self.nodes.items():
            for name in sorted(node.reads() - written - NAMES.keys()):
                yield Issue.of("variable_never_written", node_id=node_id, name=name)

    # --- what comes of it -------------------------------------------------------------------------------

    def written(self, settings: FlowSettings) -> dict[str, Any]:
        nodes = [
            {
                "id": node_id,
                "type": node.type,
                "label": self.drawn[node_id].label,
                "content": node.model_dump(mode="json"),
            }
            for node_id, node in self.nodes.items()
        ]
        return {
            "format": FORMAT,
            "flow_id": str(settings.flow_id),
            "start": self._starts()[0],
            "defaults": {"fallback_message": settings.fallback_message},
            "nodes": nodes,
            "exits": {node_id: dict(exits) for node_id, exits in self.exits.items() if exits},
        }

    def rows(self) -> Iterator[NodeRow]:
        fit = {node_id for node_id, node in self.drawn.items() if canonical(node_id) and node.type in NODES}
        for node_id in self.drawn:
            if node_id in fit:
                yield _row(self.drawn[node_id], self.exits[node_id], fit)


def _identity_issues(drawn: DrawnNode, *, repeated: bool) -> Iterator[Issue]:
    if canonical(drawn.id) is None:
        yield Issue.of("node_id_invalid", node_id=drawn.id)
    if repeated:
        yield Issue.of("node_id_repeated", node_id=drawn.id)
    if drawn.type not in NODES:
        yield Issue.of("node_type_unknown", node_id=drawn.id, type=drawn.type[:50])
    if drawn.label is not None and len(drawn.label) > MAX_LABEL:
        yield Issue.of("label_too_long", node_id=drawn.id, path="label", most=MAX_LABEL)


def _left_open(handles: tuple[Handle, ...], used: Collection[str]) -> Iterator[str]:
    """Exits by which the conversation would end without anybody having meant it."""
    shared = any(handle.otherwise is Otherwise.NEXT for handle in handles)
    for handle in handles:
        if not handle.expected or handle.name in used:
            continue
        if handle.otherwise is Otherwise.NEXT and DEFAULT_HANDLE in used:
            continue
        if handle.name == DEFAULT_HANDLE and shared:
            continue
        yield handle.name


def _row(drawn: DrawnNode, exits: Mapping[str, str], known: set[str]) -> NodeRow:
    kept = {handle: target for handle, target in exits.items() if target in known}
    following = kept.get(DEFAULT_HANDLE)
    return NodeRow(
        id=UUID(drawn.id),
        type=drawn.type,
        label=None if drawn.label is None else drawn.label[:MAX_LABEL],
        content=dict(drawn.content),
        position_x=drawn.x,
        position_y=drawn.y,
        next_node_id=None if following is None else UUID(following),
        settings={**drawn.settings, "exits": kept},
    )
