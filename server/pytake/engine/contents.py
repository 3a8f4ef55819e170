"""A node's content, read by its kind; what pydantic objects to becomes an issue with a field."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from pytake.engine.issues import Issue
from pytake.engine.nodes import Node

_TYPES: Final[Mapping[str, str]] = {
    "string": "um texto",
    "int": "um número inteiro",
    "float": "um número",
    "decimal": "um número",
    "bool": "verdadeiro ou falso",
    "uuid": "o identificador de um bloco",
    "list": "uma lista",
    "tuple": "uma lista",
    "dict": "um objeto",
    "model": "um objeto",
}

_CODES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "missing": ("field_required", {}),
    "union_tag_not_found": ("field_required", {}),
    "extra_forbidden": ("field_unknown", {}),
    "string_too_long": ("text_too_long", {"most": "max_length"}),
    "string_too_short": ("text_too_short", {"least": "min_length"}),
    "string_pattern_mismatch": ("field_pattern", {}),
    "too_long": ("too_many_items", {"found": "actual_length", "most": "max_length"}),
    "too_short": ("too_few_items", {"least": "min_length"}),
    "greater_than_equal": ("number_too_small", {"least": "ge"}),
    "less_than_equal": ("number_too_large", {"most": "le"}),
}
"""Pydantic's type of error → our code, and our params by the names of its own."""


def read_content(
    kind: type[Node], content: Mapping[str, Any], node_id: str
) -> tuple[Node | None, list[Issue]]:
    """The node, or None, with every mistake in its content at once."""
    try:
        node = kind.model_validate(dict(content))
    except ValidationError as error:
        issues = [_issue(found, content, kind, node_id) for found in objections(error)]
        return None, [*issues, *_beside(kind, content, issues, node_id)]
    return node, list(_problems(node, node_id))


def _issue(found: Any, content: Mapping[str, Any], kind: type[Node], node_id: str) -> Issue:
    older = kind.spelled_before
    return issue_of(found, content, node_id=node_id, prefix=("content",), spelled_before=older)


def _problems(node: Node, node_id: str) -> Iterator[Issue]:
    for problem in node.problems():
        yield Issue.of(problem.code, node_id=node_id, path=f"content.{problem.path}", **problem.params)


def _beside(kind: type[Node], content: Mapping[str, Any], known: list[Issue], node_id: str) -> list[Issue]:
    """Mistakes in the fields that could be read, found by putting the sample in the place of the others."""
    bad = {str(issue.path).split(".")[1] for issue in known if "." in str(issue.path)}
    readable = {name: value for name, value in content.items() if name not in bad}
    sample = {name: value for name, value in kind.sample.items() if name in bad}
    try:
        partial = kind.model_validate({**readable, **sample})
    except ValidationError:
        return []
    return [issue for issue in _problems(partial, node_id) if str(issue.path).split(".")[1] not in bad]


def objections(error: ValidationError) -> list[Any]:
    """What pydantic found, but what only follows: no list is too short because an item of it is wrong."""
    found = error.errors(include_url=False)
    return [
        one for one in found if one["type"] != "too_short" or len(one["input"]) < one["ctx"]["min_length"]
    ]


def issue_of(
    found: Any,
    given: Mapping[str, Any],
    *,
    node_id: str | None = None,
    prefix: tuple[str, ...] = (),
    spelled_before: Mapping[str, str] | None = None,
) -> Issue:
    """One error of pydantic's, as an issue of what was given."""
    code, params = _reason(found)
    field = params.pop("field", None)
    path = (*prefix, *_path(found, given, spelled_before or {}), *((str(field),) if field else ()))
    return Issue.of(code, node_id=node_id, path=".".join(path), **params)


def _path(found: Any, given: Mapping[str, Any], spelled_before: Mapping[str, str]) -> Iterator[str]:
    """Where in what the author wrote. Pydantic's own marks, for members of a union, are left out."""
    inside: Any = given
    last = len(found["loc"]) - 1
    for at, part in enumerate(found["loc"]):
        name = spelled_before.get(part, part) if isinstance(inside, Mapping) and part not in inside else part
        present = (
            name in inside
            if isinstance(inside, Mapping)
            else isinstance(inside, list) and isinstance(part, int)
        )
        if present:
            inside = inside[name]
            yield str(name)
        elif at == last and found["type"] == "missing":
            yield str(part)


def _reason(found: Any) -> tuple[str, dict[str, Any]]:
    kind, context = found["type"], found.get("ctx", {})
    if context.get("code") == kind:
        return kind, {name: value for name, value in context.items() if name != "code"}
    if kind in _CODES:
        code, renamed = _CODES[kind]
        length = {"found": len(found["input"])} if kind == "string_too_long" else {}
        return code, {**length, **{ours: context[theirs] for ours, theirs in renamed.items()}}
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        return "field_choice", {"expected": _listed(context)}
    expected = _TYPES.get(kind.partition("_")[0])
    return ("field_type", {"expected": expected}) if expected else ("field_invalid", {"reason": kind})


def _listed(context: Mapping[str, Any]) -> list[str]:
    expected = str(context.get("expected") or context.get("expected_tags"))
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
