"""Flows whose answers tell which message they answer."""

from typing import Any
from uuid import UUID, uuid5

Json = dict[str, Any]

_NODES = UUID("0a4f3a52-6f0e-4f3c-9b8e-3f5a6b1c2d7e")


def echo(*parts: str) -> Json:
    """Answers every message, for ever in one run: with its own text, once for each of `parts` (or once).

    The last answer is a question, so that the run waits there and the next message goes on from it.
    """
    texts = [f"{{{{mensagem}}}} {part}".rstrip() for part in parts or ("",)]
    last = len(texts) - 1
    says = [
        _node(place + 1, "question" if place == last else "message", _content(text, is_last=place == last))
        for place, text in enumerate(texts)
    ]
    ways = [_edge(place, place + 1) for place in range(len(says))] + [_edge(len(says), 1)]
    return {
        "schema_version": 1,
        "name": "Eco",
        "is_welcome": True,
        "canvas": {"schema_version": 1, "nodes": [_node(0, "start", {}), *says], "edges": ways},
    }


def _content(text: str, *, is_last: bool) -> Json:
    return {"text": text, "variable": "resposta"} if is_last else {"text": text}


def _id(place: int) -> str:
    return str(uuid5(_NODES, str(place)))


def _node(place: int, kind: str, content: Json) -> Json:
    return {
        "id": _id(place),
        "type": kind,
        "position": {"x": 200 * place, "y": 0},
        "data": {"label": f"{kind} {place}", "content": content},
    }


def _edge(source: int, target: int) -> Json:
    return {
        "id": f"e{source}-{target}",
        "source": _id(source),
        "sourceHandle": "next",
        "target": _id(target),
    }
