"""The page about nodes, answers and expressions, written from the engine that runs them."""

import ast
import inspect
import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import dedent
from typing import Any, Final

from pydantic import BaseModel

from pytake.engine.answers import KINDS
from pytake.engine.answers.answer import Kind
from pytake.engine.choices import Option, Section
from pytake.engine.expressions.functions import FAMILIES
from pytake.engine.handles import Handle, Otherwise
from pytake.engine.nodes import NODES, Node
from pytake.engine.nodes.condition import Case
from pytake.engine.patience import Retry, Timeout
from pytake.engine.rules import OPERATORS, All, Comparison, Formulated, Some
from pytake.engine.scope import NAMES

_MORE_EXITS: Final[Mapping[str, dict[str, Any]]] = {
    "message": {"text": "?", "buttons": [{"id": "id", "title": "?"}]},
    "question": {
        "text": "?",
        "variable": "x",
        "input": {"kind": "choice", "options": [{"id": "id", "title": "?"}]},
    },
    "condition": {"mode": "switch", "cases": [{"id": "id", "when": {"expression": "x"}}]},
}
"""Contents with every exit a kind can have; `id` stands for the option's or the case's."""

_OPEN: Final[Mapping[Otherwise, str]] = {
    Otherwise.END: "the run is completed",
    Otherwise.EXPIRE: "the run expires, as abandoned",
    Otherwise.GIVE_UP: "the bot's fallback message, then a person takes over if the bot may hand off",
    Otherwise.NEXT: "as `next`",
}
_TYPES: Final[Mapping[str, str]] = {
    "template": "text with `{{ }}`",
    "expression": "expression",
    "regex": "RE2 pattern",
    "variable": "variable name",
    "uuid": "node id",
}

_HEAD: Final = """# Nodes

What a node of each kind holds in `data.content`, and the exits (`sourceHandle`) it has. At most one line
leaves an exit. Texts may hold `{{ expressions }}`; durations are seconds or `30m`, `2h`, `1d`.
"""

_LANGUAGE: Final = """## Expressions

Between `{{` and `}}`: numbers, `"text"`, `true`/`verdadeiro`, `null`/`nulo`, `[lists]`, names with `.field`
and `[index]`, `+ - * / %`, `== != < <= > >=`, `in`/`em`, `and`/`e`, `or`/`ou`, `not`/`não`, and pipes:
`{{ nome | titulo }}` is `{{ titulo(nome) }}`. A pipe takes all that stands before it:
`{{ 2 * preco | reais }}`.
Texts are compared without case and accents. What goes wrong is an empty text and a warning, never a stop;
`padrao` puts a value in its place. What a variable holds is never read as an expression.
"""


def nodes_page() -> str:
    parts = [
        _HEAD,
        *(_node(kind) for kind in NODES.values()),
        "## Parts of a content\n",
        *(
            _part(model)
            for model in (Option, Section, Retry, Timeout, Case, Comparison, Formulated, All, Some)
        ),
        "## Kinds of answer\n\nThe `input` of a question.\n",
        *_table(("kind", "title", "understands, for example", "may ask for"), map(_answer, KINDS)),
        "",
        "## Operators of a condition\n\n" + ", ".join(f"`{name}`" for name in OPERATORS) + "\n",
        _LANGUAGE,
        "Names that are always there: " + ", ".join(f"`{name}`" for name in NAMES) + ".\n",
        *_table(("family", "function", "what it gives", "example"), _functions()),
        "",
    ]
    return "\n".join(parts)


def _node(kind: type[Node]) -> str:
    return "\n".join(
        [
            f"## `{kind.type}` — {kind.title}\n",
            kind.summary,
            *([f"\n{inspect.cleandoc(kind.__doc__)}"] if kind.__doc__ else []),
            f"\nSmallest content: `{json.dumps(kind.sample, ensure_ascii=False)}`\n",
            *_fields(kind),
            "\n" + _exits(kind) + "\n",
        ]
    )


def _exits(kind: type[Node]) -> str:
    handles = {
        handle.name: handle
        for content in _contents(kind)
        for handle in kind.model_validate(content).handles()
    }
    if not handles:
        return "No exits: the flow ends or goes on elsewhere."
    return "Exits: " + "; ".join(map(_exit, handles.values())) + "."


def _contents(kind: type[Node]) -> Iterator[dict[str, Any]]:
    yield kind.sample
    if kind.type in _MORE_EXITS:
        yield _MORE_EXITS[kind.type]


def _exit(handle: Handle) -> str:
    name = handle.name.replace(":id", ":<id>")
    return f"`{name}` (not connected: {_OPEN[handle.otherwise]})"


def _part(model: type[BaseModel]) -> str:
    doc = inspect.cleandoc(model.__doc__ or "")
    return "\n".join([f"### {model.__name__}\n", *([f"{doc}\n"] if doc else []), *_fields(model), ""])


def _fields(model: type[BaseModel]) -> list[str]:
    schema = model.model_json_schema()
    if "$ref" in schema:  # a model that holds itself
        schema = schema["$defs"][model.__name__]
    said = _docstrings(model)
    rows = [
        (
            f"`{name}`",
            _type(field),
            "yes" if name in schema.get("required", ()) else _default(field),
            said.get(name, ""),
        )
        for name, field in schema.get("properties", {}).items()
    ]
    return _table(("field", "type", "required, or what it is without", ""), rows) if rows else ["No fields."]


def _type(field: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    if "const" in field or "enum" in field:
        return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    if "discriminator" in field:
        return "a kind of answer"
    if "anyOf" in field or "oneOf" in field:
        kinds = [_type(one) for one in field.get("anyOf", field.get("oneOf", ()))]
        return " or ".join(dict.fromkeys(kind for kind in kinds if kind != "null"))
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    return _TYPES.get(str(field.get("format")), str(field.get("type", "any value")))


def _default(field: Mapping[str, Any]) -> str:
    default = field.get("default")
    return "" if default in (None, [], {}) else f"`{json.dumps(default, ensure_ascii=False)}`"


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """The strings that stand under fields, of the class and of those it is made from."""
    found: dict[str, str] = {}
    for base in reversed(
        [one for one in model.__mro__ if issubclass(one, BaseModel) and one is not BaseModel]
    ):
        (body,) = ast.parse(dedent(inspect.getsource(base))).body
        assert isinstance(body, ast.ClassDef)
        found |= dict(_under_fields(body))
    return found


def _under_fields(body: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(body.body, body.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, " ".join(text.split())


def _answer(kind: type[Kind]) -> tuple[str, ...]:
    fields = [f"`{name}`" for name in kind.model_fields if name != "kind"]
    return f"`{kind.model_fields['kind'].default}`", kind.title, kind.example, ", ".join(fields)


def _functions() -> Iterator[tuple[str, ...]]:
    for family, functions in FAMILIES.items():
        for function in functions:
            names = ", ".join(f"`{name}`" for name in function.names)
            yield family, names, function.summary, f"`{function.example}`".replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *lines]
