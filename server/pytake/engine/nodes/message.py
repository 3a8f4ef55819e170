"""Says something. With options, it waits until one is chosen."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from typing_extensions import override

from pytake.engine import says
from pytake.engine.choices import Option, Section
from pytake.engine.effects import Say
from pytake.engine.events import Event, Replied
from pytake.engine.fields import Text
from pytake.engine.handles import NEXT, OTHER, TIMEOUT, Handle, option
from pytake.engine.limits import MAX_INTERACTIVE_BODY, MAX_TEXT_BODY
from pytake.engine.menus import Menu
from pytake.engine.nodes.node import Node
from pytake.engine.patience import Retry, Timeout, seconds
from pytake.engine.problems import Problem, too_long
from pytake.engine.scope import Scope
from pytake.engine.steps import Step, leave, wait


class Message(Node):
    """Words instead of a tap leave by `other` at once if that leads somewhere; else it asks again."""

    type: ClassVar[str] = "message"
    title: ClassVar[str] = "Mensagem"
    summary: ClassVar[str] = "Envia um texto. Com opções, espera o contato escolher uma."
    sample: ClassVar[dict[str, Any]] = {"text": "Olá!"}

    text: Text
    buttons: tuple[Option, ...] = ()
    """Up to three are buttons, more are a list."""
    sections: tuple[Section, ...] = ()
    """Options in titled groups; always a list."""
    header: Text | None = None
    footer: Text | None = None
    list_button: Text | None = None
    """The words on the button that opens the list."""
    retry: Retry = Retry()
    timeout: Timeout | None = None

    @cached_property
    def menu(self) -> Menu | None:
        if not self.buttons and not any(section.rows for section in self.sections):
            return None
        plain = (Section(title=None, rows=self.buttons),) if self.buttons else ()
        return Menu(plain + self.sections, self.header, self.footer, self.list_button, bool(self.sections))

    @property
    @override
    def waits(self) -> bool:
        return self.menu is not None

    @override
    def handles(self) -> tuple[Handle, ...]:
        if self.menu is None:
            return (NEXT,)
        return (NEXT, *(option(choice.id) for choice in self.menu.options), OTHER, TIMEOUT)

    @override
    def options(self) -> frozenset[str]:
        return frozenset(choice.id for choice in self.menu.options) if self.menu else frozenset()

    @override
    def enter(self, scope: Scope) -> Step:
        return self._ask(scope, scope.render(self.text))

    def _ask(self, scope: Scope, body: str, *, attempts: int = 0, page: int = 0) -> Step:
        if self.menu is None:
            return leave("next", *said(scope, body))
        shown = self.menu.show(scope, body, page)
        return wait(*shown, timeout=seconds(self.timeout), attempts=attempts, page=page)

    @override
    def resume(self, scope: Scope, event: Event) -> Step:
        if self.menu is None or not isinstance(event, Replied):
            return leave("timeout")
        if (page := self.menu.page_asked(scope)) is not None:
            return self._ask(scope, scope.render(self.text), attempts=scope.attempts, page=page)
        if (chosen := self.menu.chosen(scope)) is not None:
            return leave(f"opt:{chosen.id}")
        if "other" in scope.connected or self.retry.exhausted(scope):
            return leave("other")
        sentence = self.retry.sentence(scope, scope.fallback)
        return self._ask(scope, sentence, attempts=scope.attempts + 1, page=scope.page)

    @override
    def problems(self) -> Iterator[Problem]:
        if not self.text.source.strip():
            yield Problem("text_required", "text")
        if self.buttons and self.sections:
            yield Problem("options_twice", "sections")
        if self.menu is None:
            yield from too_long("text", self.text, MAX_TEXT_BODY)
            yield from self._without_options()
            return
        yield from too_long("text", self.text, MAX_INTERACTIVE_BODY)
        yield from self.menu.problems("sections" if self.sections else "buttons")

    def _without_options(self) -> Iterator[Problem]:
        for name in ("header", "footer"):
            if getattr(self, name) is not None:
                yield Problem("needs_options", name)


def said(scope: Scope, body: str) -> tuple[Say, ...]:
    """The text, or a word to the author where nothing was left of it."""
    spoken = says.text(body)
    if not spoken:
        scope.warn("message_empty")
    return spoken
