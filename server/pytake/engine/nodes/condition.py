"""Chooses the way by what is known: yes or no, or the first case that holds."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from typing_extensions import override

from pytake.engine.handles import Handle
from pytake.engine.limits import MAX_CASES, MAX_RULE_DEPTH
from pytake.engine.nodes.node import Node
from pytake.engine.problems import Problem
from pytake.engine.rules import Rule, depth
from pytake.engine.scope import Scope
from pytake.engine.steps import Step, leave

_RULE_KEYS: Final = ("variable", "left", "operator", "value", "right", "all", "any", "expression")


class Case(BaseModel):
    """The id is stable: the exit `case:<id>` is named after it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
    label: str | None = None
    when: Rule


class Condition(Node):
    """`if` has one rule, `when`; `switch` has `cases`, tried in order."""

    type: ClassVar[str] = "condition"
    title: ClassVar[str] = "Condição"
    summary: ClassVar[str] = "Escolhe o caminho conforme o que já se sabe."
    sample: ClassVar[dict[str, Any]] = {"variable": "idade", "operator": ">=", "value": 18}

    mode: Literal["if", "switch"] = "if"
    when: Rule | None = None
    cases: tuple[Case, ...] = Field(default=(), max_length=MAX_CASES)

    @model_validator(mode="before")
    @classmethod
    def with_its_rule(cls, given: Any) -> Any:
        """The flat form `{"variable", "operator", "value"}` is the rule of an `if`."""
        if not isinstance(given, dict) or "when" in given or "cases" in given:
            return given
        rule = {name: given[name] for name in _RULE_KEYS if name in given}
        rest = {name: value for name, value in given.items() if name not in rule}
        return {**rest, "when": rule} if rule else given

    @override
    def handles(self) -> tuple[Handle, ...]:
        if self.mode == "if":
            return (Handle("true"), Handle("false", expected=False))
        return (*(Handle(f"case:{case.id}") for case in self.cases), Handle("else", expected=False))

    @override
    def enter(self, scope: Scope) -> Step:
        if self.when is not None and self.mode == "if":
            return leave("true" if self.when.holds(scope) else "false")
        held = next((case for case in self.cases if case.when.holds(scope)), None)
        return leave("else" if held is None else f"case:{held.id}")

    @override
    def problems(self) -> Iterator[Problem]:
        if self.mode == "if" and self.when is None:
            yield Problem("field_required", "when")
        if self.mode == "switch" and not self.cases:
            yield Problem("too_few_items", "cases", least=1)
        seen: set[str] = set()
        for at, case in enumerate(self.cases):
            if case.id in seen:
                yield Problem("id_repeated", f"cases.{at}.id", id=case.id)
            if depth(case.when) > MAX_RULE_DEPTH:
                yield Problem("rule_too_deep", f"cases.{at}.when", most=MAX_RULE_DEPTH)
            seen.add(case.id)
        if self.when is not None and depth(self.when) > MAX_RULE_DEPTH:
            yield Problem("rule_too_deep", "when", most=MAX_RULE_DEPTH)
