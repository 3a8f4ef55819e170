"""Questions to a graph of ids. No recursion: a flow may be two thousand nodes long."""

from collections.abc import Collection, Iterable, Mapping

Edges = Mapping[str, Collection[str]]


def reachable(edges: Edges, starts: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(edges.get(node, ()))
    return seen


def cycles(edges: Edges) -> list[list[str]]:
    """Each set of nodes that all reach one another, in the order given; one alone, if it reaches itself."""
    order = {node: at for at, node in enumerate(edges)}
    found = [part for part in _components(edges) if len(part) > 1 or part[0] in edges.get(part[0], ())]
    return sorted((sorted(part, key=order.__getitem__) for part in found), key=lambda part: order[part[0]])


def _components(edges: Edges) -> list[list[str]]:
    """Kosaraju: finish times forwards, then components backwards."""
    finished = _finish_order(edges)
    backwards: dict[str, list[str]] = {node: [] for node in edges}
    for node, targets in edges.items():
        for target in targets:
            if target in backwards:
                backwards[target].append(node)
    seen: set[str] = set()
    parts = []
    for node in reversed(finished):
        part = [] if node in seen else _unseen(backwards, node, seen)
        if part:
            parts.append(part)
    return parts


def _unseen(edges: Edges, start: str, seen: set[str]) -> list[str]:
    part, waiting = [], [start]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            part.append(node)
            waiting.extend(edges[node])
    return part


def _finish_order(edges: Edges) -> list[str]:
    seen: set[str] = set()
    finished: list[str] = []
    for start in edges:
        path = [(start, iter(edges[start]))] if start not in seen else []
        seen.add(start)
        while path:
            node, targets = path[-1]
            target = next((one for one in targets if one in edges and one not in seen), None)
            if target is None:
                finished.append(node)
                path.pop()
            else:
                seen.add(target)
                path.append((target, iter(edges[target])))
    return finished
