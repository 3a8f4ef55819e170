"""What a condition asks: comparisons, and trees of them joined by `all` and `any`."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Annotated, Any, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from pytake.engine.expressions import Error, Template
from pytake.engine.expressions.coercion import as_text, truth
from pytake.engine.expressions.operations import BINARY
from pytake.engine.fields import Formula, Operand, wrong
from pytake.engine.limits import MAX_CASES
from pytake.engine.patterns import Pattern, PatternError
from pytake.engine.scope import Scope
from pytake.engine.text import loose
from pytake.engine.values import Value

_ALIASES: Final[Mapping[str, str]] = {
    "=": "==",
    "eq": "==",
    "equals": "==",
    "<>": "!=",
    "ne": "!=",
    "neq": "!=",
    "not_equals": "!=",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "is_empty": "empty",
    "not_exists": "empty",
    "is_not_empty": "not_empty",
    "exists": "not_empty",
    "regex": "matches",
}


def _contains(left: Value, right: Value) -> Value:
    return BINARY["in"](right, left)


def _starts(left: Value, right: Value) -> Value:
    return loose(str(as_text(left))).startswith(loose(str(as_text(right))))


def _ends(left: Value, right: Value) -> Value:
    return loose(str(as_text(left))).endswith(loose(str(as_text(right))))


def _empty(left: Value, _: Value) -> Value:
    return isinstance(left, Error) or left is None or left in ("", [], {})


def _not(operation: Callable[[Value, Value], Value]) -> Callable[[Value, Value], Value]:
    def opposite(left: Value, right: Value) -> Value:
        found = operation(left, right)
        return found if isinstance(found, Error) else not found

    return opposite


OPERATORS: Final[Mapping[str, Callable[[Value, Value], Value]]] = {
    "==": BINARY["=="],
    "!=": BINARY["!="],
    ">": BINARY[">"],
    ">=": BINARY[">="],
    "<": BINARY["<"],
    "<=": BINARY["<="],
    "contains": _contains,
    "not_contains": _not(_contains),
    "starts_with": _starts,
    "ends_with": _ends,
    "in": BINARY["in"],
    "not_in": _not(BINARY["in"]),
    "empty": _empty,
    "not_empty": _not(_empty),
    "matches": lambda left, right: right.found_in(str(as_text(left))),
}
UNARY: Final = frozenset({"empty", "not_empty"})


def _operator(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    known = _ALIASES.get(given.strip().lower(), given.strip().lower())
    if known not in OPERATORS:
        raise wrong("operator_unknown", operator=given[:40])
    return known


class Comparison(BaseModel):
    """`variable` is a name or an expression. Texts are compared without case and accents."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    variable: Formula
    operator: Annotated[str, BeforeValidator(_operator)]
    value: Operand = Field(default=None, validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def in_our_words(cls, given: Any) -> Any:
        """`left` and `right` are understood."""
        if not isinstance(given, dict):
            return given
        words = {"left": "variable", "right": "value"}
        return {words.get(name, name): value for name, value in given.items()}

    @field_validator("value", mode="after")
    @classmethod
    def of_use_to_the_operator(cls, value: Any, info: ValidationInfo) -> Any:
        operator = info.data.get("operator")
        if value is None and operator not in {None, *UNARY}:
            raise wrong("operator_needs_value", field="value")
        if operator == "matches":
            _pattern(value)
        return value

    @cached_property
    def pattern(self) -> Pattern:
        return _pattern(self.value)

    def holds(self, scope: Scope) -> bool:
        left = scope.value(self.variable)
        right = self.pattern if self.operator == "matches" else scope.operand(self.value)
        paid = scope.pays_for(left, right)
        found = OPERATORS[self.operator](left, right) if paid else Error("evaluation_too_long")
        if isinstance(found, Error) and found is not left:
            scope.warn(found.code, found.detail)
        return truth(found)


def _pattern(value: Any) -> Pattern:
    try:
        return Pattern(value.source if isinstance(value, Template) else str(as_text(value)))
    except PatternError as error:
        raise wrong("regex_invalid", reason=str(error)) from error


class Formulated(BaseModel):
    """A whole condition as one expression."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    expression: Formula

    def holds(self, scope: Scope) -> bool:
        return truth(scope.value(self.expression))


class All(BaseModel):
    """Every one of the rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    all: "tuple[Rule, ...]" = Field(min_length=1, max_length=MAX_CASES)

    def holds(self, scope: Scope) -> bool:
        return all(rule.holds(scope) for rule in self.all)


class Some(BaseModel):
    """At least one of the rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    any: "tuple[Rule, ...]" = Field(min_length=1, max_length=MAX_CASES)

    def holds(self, scope: Scope) -> bool:
        return any(rule.holds(scope) for rule in self.any)


def _shape(given: Any) -> str:
    if isinstance(given, BaseModel):
        return {All: "all", Some: "any", Formulated: "expression"}.get(type(given), "comparison")
    keys = given.keys() if isinstance(given, dict) else ()
    return next((key for key in ("all", "any", "expression") if key in keys), "comparison")


Rule = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[Some, Tag("any")]
    | Annotated[Formulated, Tag("expression")]
    | Annotated[Comparison, Tag("comparison")],
    Discriminator(_shape),
]

All.model_rebuild()
Some.model_rebuild()


def depth(rule: All | Some | Formulated | Comparison) -> int:
    inner = rule.all if isinstance(rule, All) else rule.any if isinstance(rule, Some) else ()
    return 1 + max(map(depth, inner), default=0)
