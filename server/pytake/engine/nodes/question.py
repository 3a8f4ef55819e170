"""Asks, waits for an answer of the right kind, and remembers it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar

from pydantic import Field, model_validator
from typing_extensions import override

from pytake.engine import answers, says
from pytake.engine.answers.sentences import sentence
from pytake.engine.answers.text import Text as AnyText
from pytake.engine.choices import Section
from pytake.engine.events import Event, Replied
from pytake.engine.fields import Text, Variable
from pytake.engine.handles import INVALID, NEXT, OTHER, TIMEOUT, Handle, option
from pytake.engine.limits import MAX_INTERACTIVE_BODY, MAX_TEXT_BODY
from pytake.engine.menus import Menu
from pytake.engine.nodes.node import Node
from pytake.engine.patience import Retry, Timeout, seconds
from pytake.engine.problems import Problem, too_long
from pytake.engine.scope import Scope
from pytake.engine.steps import Step, leave, wait


class Question(Node):
    """With options, an answer that is none of them leaves by `other` at once if that leads somewhere."""

    type: ClassVar[str] = "question"
    title: ClassVar[str] = "Pergunta"
    summary: ClassVar[str] = "Pergunta, confere a resposta e guarda numa variável."
    sample: ClassVar[dict[str, Any]] = {"text": "Qual é o seu nome?", "variable": "nome"}
    spelled_before: ClassVar[Mapping[str, str]] = {"input": "validation"}

    text: Text
    variable: Variable
    input: answers.Input = Field(default_factory=AnyText)
    """What kind of answer is wanted. The flat form `"validation": "email"` is accepted too."""
    list_button: Text | None = None
    retry: Retry = Retry()
    timeout: Timeout | None = None

    @model_validator(mode="before")
    @classmethod
    def with_its_input(cls, given: Any) -> Any:
        """`validation`, as a kind or as an object, is an older word for `input`; `options` belong to it."""
        if not isinstance(given, dict) or not {"validation", "options"} & given.keys():
            return given
        content = dict(given)
        wanted = content.pop("validation", None) or content.get("input") or {}
        kind = {"kind": wanted} if isinstance(wanted, str) else wanted
        if "options" in content and isinstance(kind, dict):
            kind = {"kind": "choice", **kind, "options": content.pop("options")}
        return {**content, "input": kind}

    @cached_property
    def menu(self) -> Menu | None:
        choices = self.input.choices()
        return Menu((Section(title=None, rows=choices),), button=self.list_button) if choices else None

    @property
    @override
    def waits(self) -> bool:
        return True

    @override
    def handles(self) -> tuple[Handle, ...]:
        if self.menu is None:
            return (NEXT, INVALID, TIMEOUT)
        return (NEXT, *(option(choice.id) for choice in self.menu.options), OTHER, INVALID, TIMEOUT)

    @override
    def options(self) -> frozenset[str]:
        return frozenset(choice.id for choice in self.input.choices())

    @override
    def writes(self) -> frozenset[str]:
        return frozenset({self.variable})

    @override
    def enter(self, scope: Scope) -> Step:
        return self._ask(scope, scope.render(self.text))

    def _ask(self, scope: Scope, body: str, *, attempts: int = 0, page: int = 0) -> Step:
        shown = says.text(body) if self.menu is None else self.menu.show(scope, body, page)
        if not shown:
            scope.warn("message_empty")
        return wait(*shown, timeout=seconds(self.timeout), attempts=attempts, page=page)

    @override
    def resume(self, scope: Scope, event: Event) -> Step:
        if not isinstance(event, Replied):
            return leave("timeout")
        if self.menu is not None and (page := self.menu.page_asked(scope)) is not None:
            return self._ask(scope, scope.render(self.text), attempts=scope.attempts, page=page)
        answer = self.input.hear(event, scope)
        return self._accepted(answer) if answer.ok else self._refused(scope, answer)

    def _accepted(self, answer: answers.Answer) -> Step:
        by = "next" if answer.option is None else f"opt:{answer.option}"
        return leave(by, remember={self.variable: answer.value})

    def _refused(self, scope: Scope, answer: answers.Answer) -> Step:
        if "other" in scope.connected and self.menu is not None:
            return leave("other", remember={self.variable: scope.message})
        if self.retry.exhausted(scope):
            return leave("invalid")
        again = self.retry.sentence(scope, sentence(answer.reason, answer.params))
        return self._ask(scope, again, attempts=scope.attempts + 1, page=scope.page)

    @override
    def problems(self) -> Iterator[Problem]:
        if not self.text.source.strip():
            yield Problem("text_required", "text")
        for problem in self.input.problems():
            yield Problem(problem.code, f"input.{problem.path}", **problem.params)
        if self.menu is None:
            yield from too_long("text", self.text, MAX_TEXT_BODY)
            return
        yield from too_long("text", self.text, MAX_INTERACTIVE_BODY)
        yield from self.menu.problems("input.options")
