"""The drawing as React Flow has it: read with tolerance, tidied for storing, and given new ids."""

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from pytake.engine.issues import Issue
from pytake.engine.limits import MAX_CANVAS_BYTES, MAX_CANVAS_DEPTH, MAX_EDGES, MAX_NODES
from pytake.engine.text import clean

SCHEMA_VERSION: Final = 1
DEFAULT_HANDLE: Final = "next"
DECORATIONS: Final = frozenset({"note", "frame"})
"""Types of React Flow nodes that are only drawn."""

_KEPT_OF_NODE: Final = ("id", "type", "position", "data", "parentId")
_KEPT_OF_DATA: Final = ("label", "content", "settings")
_KEPT_OF_DECORATION: Final = (*_KEPT_OF_NODE, "style", "width", "height")


@dataclass(frozen=True, slots=True)
class DrawnNode:
    id: str
    """In canonical form if it is a UUID, else as it came."""
    type: str
    label: str | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    source: str
    handle: str
    target: str


@dataclass(frozen=True, slots=True)
class Drawing:
    nodes: tuple[DrawnNode, ...] = ()
    edges: tuple[DrawnEdge, ...] = ()
    issues: tuple[Issue, ...] = ()
    readable: bool = True
    """False where there is nothing to say but the issues."""


def canonical(identifier: object) -> str | None:
    """The id as the database writes it; None if it is no UUID in the usual form."""
    text = identifier.lower() if isinstance(identifier, str) else ""
    try:
        return text if str(UUID(text)) == text else None
    except ValueError:
        return None


# --- reading --------------------------------------------------------------------------------------------


def read_canvas(canvas: Any) -> Drawing:
    """Everything in the drawing that can be understood, and an issue for what cannot. Never raises."""
    if not isinstance(canvas, Mapping):
        return _unreadable("não é um objeto")
    if too_deep(canvas):
        return Drawing(issues=(Issue.of("canvas_too_deep", most=MAX_CANVAS_DEPTH),), readable=False)
    issues = list(_size_issues(canvas))
    nodes, edges = canvas.get("nodes", []), canvas.get("edges", [])
    if not isinstance(nodes, list) or not isinstance(edges, list):
        return _unreadable("“nodes” e “edges” devem ser listas")
    if any(issue.code.startswith("too_many") for issue in issues):
        return Drawing(issues=tuple(issues), readable=False)
    drawn = [_read_node(node) for node in nodes if not _is_decoration(node)]
    lines = [_read_edge(edge) for edge in edges]
    if None in drawn or None in lines:
        issues.append(Issue.of("canvas_unreadable", reason="há um bloco ou uma ligação fora do formato"))
    return Drawing(
        tuple(node for node in drawn if node is not None),
        tuple(line for line in lines if line is not None),
        tuple(issues),
    )


def _unreadable(reason: str) -> Drawing:
    return Drawing(issues=(Issue.of("canvas_unreadable", reason=reason),), readable=False)


def _size_issues(canvas: Mapping[str, Any]) -> Iterator[Issue]:
    if canvas.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
        yield Issue.of("schema_version_unknown", version=str(canvas["schema_version"])[:20])
    nodes, edges = len(_listed(canvas, "nodes")), len(_listed(canvas, "edges"))
    if nodes > MAX_NODES:
        yield Issue.of("too_many_nodes", found=nodes, most=MAX_NODES)
    if edges > MAX_EDGES:
        yield Issue.of("too_many_edges", found=edges, most=MAX_EDGES)
    if _bytes(canvas) > MAX_CANVAS_BYTES:
        yield Issue.of("canvas_too_large", most=MAX_CANVAS_BYTES)


def _bytes(canvas: Mapping[str, Any]) -> int:
    return len(json.dumps(canvas, default=str, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def too_deep(value: Any) -> bool:
    """Whether containers lie in one another deeper than we follow. Does not recurse."""
    level = [value]
    for _ in range(MAX_CANVAS_DEPTH):
        level = [inner for outer in level for inner in _inside(outer) if isinstance(inner, Mapping | list)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Any:
    return value.values() if isinstance(value, Mapping) else value


def _is_decoration(node: Any) -> bool:
    return isinstance(node, Mapping) and str(node.get("type")) in DECORATIONS


def _read_node(node: Any) -> DrawnNode | None:
    if not isinstance(node, Mapping) or not isinstance(node.get("id"), str):
        return None
    data, position = _object(node, "data"), _object(node, "position")
    label, content, settings = (data.get(name) for name in _KEPT_OF_DATA)
    return DrawnNode(
        id=canonical(node["id"]) or node["id"],
        type=str(node.get("type")),
        label=clean(label) if isinstance(label, str) else None,
        content=content if isinstance(content, Mapping) else {},
        settings=settings if isinstance(settings, Mapping) else {},
        x=_coordinate(position.get("x")),
        y=_coordinate(position.get("y")),
    )


def _object(outer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = outer.get(name)
    return found if isinstance(found, Mapping) else {}


def _coordinate(value: Any) -> float:
    """A place `DECIMAL(10,2)` can hold."""
    fine = isinstance(value, int | float) and math.isfinite(value)
    return round(max(-9_999_999.0, min(9_999_999.0, value)), 2) if fine else 0.0


def _read_edge(edge: Any) -> DrawnEdge | None:
    if not isinstance(edge, Mapping):
        return None
    source, target = edge.get("source"), edge.get("target")
    handle = edge.get("sourceHandle") or DEFAULT_HANDLE
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(handle, str)):
        return None
    return DrawnEdge(canonical(source) or source, handle, canonical(target) or target)


# --- tidying --------------------------------------------------------------------------------------------


def normalise(canvas: Any) -> dict[str, Any]:
    """The drawing as it is stored: nothing transient, no line to nowhere, one line per exit (the last)."""
    canvas = canvas if isinstance(canvas, Mapping) and not too_deep(canvas) else {}
    nodes = [_tidy(node) for node in _listed(canvas, "nodes") if isinstance(node, Mapping)]
    ids = {node["id"] for node in nodes}
    lines = {}
    for edge in map(_read_edge, _listed(canvas, "edges")):
        if edge is not None and edge.source in ids and edge.target in ids:
            lines[f"{edge.source}:{edge.handle}"] = edge
    return {
        "schema_version": SCHEMA_VERSION,
        "nodes": nodes,
        "edges": [
            {"id": name, "source": edge.source, "sourceHandle": edge.handle, "target": edge.target}
            for name, edge in lines.items()
        ],
    }


def _listed(canvas: Mapping[str, Any], name: str) -> list[Any]:
    found = canvas.get(name)
    return found if isinstance(found, list) else []


def _tidy(node: Mapping[str, Any]) -> dict[str, Any]:
    kept = _KEPT_OF_DECORATION if _is_decoration(node) else _KEPT_OF_NODE
    tidied: dict[str, Any] = {name: storable(node[name]) for name in kept if name in node}
    if not _is_decoration(node):
        data = _object(tidied, "data")
        tidied["data"] = {"content": {}, **{name: data[name] for name in _KEPT_OF_DATA if name in data}}
    position = _object(tidied, "position")
    tidied["position"] = {axis: _coordinate(position.get(axis)) for axis in ("x", "y")}
    tidied["id"] = canonical(node.get("id")) or clean(str(node.get("id")))
    return tidied


def storable(value: Any) -> Any:
    """The JSON without what JSONB refuses, its keys in order."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): storable(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def content_hash(canvas: Any) -> str:
    """The same for two drawings that are stored the same."""
    written = json.dumps(normalise(canvas), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def with_new_ids(canvas: Any, new_id: Callable[[str], UUID]) -> dict[str, Any]:
    """A copy whose nodes have ids of their own, in lines and in contents alike. `new_id` is given the old."""
    tidied = normalise(canvas)
    ids = {node["id"]: str(new_id(node["id"])) for node in tidied["nodes"]}
    renamed: dict[str, Any] = _renamed(tidied, ids)
    return normalise(renamed)


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value.lower(), ids.get(value, value))
    if isinstance(value, dict):
        return {key: _renamed(item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, ids) for item in value]
    return value
