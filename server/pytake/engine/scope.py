"""What a node sees while it is visited: the variables, the people, the time. Nothing else exists."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from pytake.engine.context import Context
from pytake.engine.effects import Warn
from pytake.engine.events import Replied
from pytake.engine.expressions import Error, Evaluation, Expression, Template
from pytake.engine.limits import MAX_WARNINGS
from pytake.engine.tokens import write_token
from pytake.engine.values import Value, from_outside

_CONTACT_WORDS: Final = {
    "nome": "name",
    "telefone": "phone",
    "usuario": "username",
    "atributos": "attributes",
}


class Scope:
    """One for a whole turn; `advance` tells it which node is being visited."""

    __slots__ = (
        "_contact",
        "_evaluation",
        "_now",
        "_told",
        "attempts",
        "connected",
        "context",
        "fallback",
        "message",
        "node_id",
        "option",
        "page",
        "run_id",
        "variables",
        "warnings",
    )

    def __init__(self, context: Context, run_id: str, variables: Mapping[str, Value], fallback: str) -> None:
        self.context = context
        self.run_id = run_id
        self.variables = variables
        self.fallback = fallback
        self.node_id = ""
        self.connected: frozenset[str] = frozenset()
        """Exits of this node that lead somewhere."""
        self.attempts = 0
        self.page = 0
        self.message: str | None = None
        """What the person last wrote, in this turn."""
        self.option: str | None = None
        """The option behind the button that was tapped."""
        self.warnings: list[Warn] = []
        self._told: set[Warn] = set()
        self._now: datetime | None = None
        self._evaluation: Evaluation | None = None
        self._contact: dict[str, Value] | None = None

    @property
    def now(self) -> datetime:
        """Where the organization is."""
        if self._now is None:
            self._now = self.context.local_now
        return self._now

    def render(self, template: Template, *, quiet: bool = False) -> str:
        """The text for the person; what went wrong in it is left out and, unless `quiet`, told the author."""
        text, errors = template.render(self._evaluating())
        for error in () if quiet else errors:
            self.warn(error.code, error.detail)
        return text

    def value(self, source: Template | Expression) -> Value:
        """A typed value; an `Error` is told to the author and returned."""
        evaluation = self._evaluating()
        found = source.value(evaluation) if isinstance(source, Template) else source.evaluate(evaluation)
        if isinstance(found, Error):
            self.warn(found.code, found.detail)
        return found

    def operand(self, value: Any) -> Value:
        """What an author gave as a value: a text is filled in, anything else is itself."""
        found = self.value(value) if isinstance(value, Template) else value
        return None if isinstance(found, Error) else found

    def warn(self, code: str, detail: str = "") -> None:
        """Tell the author, once."""
        warning = Warn(code, self.node_id, detail or None)
        if warning not in self._told and len(self._told) < MAX_WARNINGS:
            self._told.add(warning)
            self.warnings.append(warning)

    def token(self, option: str) -> str:
        """The id to put behind a button of this node."""
        return write_token(self.run_id, self.node_id, option)

    def hear(self, reply: Replied) -> None:
        self.message = reply.text

    def pays_for(self, *values: Value) -> bool:
        """Whether the turn may still spend an operation on these values."""
        return self._evaluating().spend(*values)

    def _evaluating(self) -> Evaluation:
        if self._evaluation is None:
            self._evaluation = Evaluation(self._look_up, self.now)
        return self._evaluation

    def _look_up(self, name: str) -> Value:
        known = NAMES.get(name)
        return self.variables.get(name) if known is None else known(self)

    def contact(self) -> Mapping[str, Value]:
        """The contact's fields by both their names, and the organization's own fields beside them."""
        if self._contact is None:
            known = from_outside(self.context.contact)
            attributes = known.get("attributes")
            words = {word: known.get(field) for word, field in _CONTACT_WORDS.items()}
            own = attributes if isinstance(attributes, Mapping) else {}
            self._contact = {**own, **words, **known}
        return self._contact


NAMES: Final[Mapping[str, Callable[[Scope], Value]]] = {
    "contato": Scope.contact,
    "contact": Scope.contact,
    "organizacao": lambda scope: _named(scope.context.organization),
    "organization": lambda scope: _named(scope.context.organization),
    "bot": lambda scope: _named(scope.context.bot),
    "agora": lambda scope: scope.now,
    "now": lambda scope: scope.now,
    "hoje": lambda scope: scope.now.date(),
    "today": lambda scope: scope.now.date(),
    "mensagem": lambda scope: scope.message,
    "message": lambda scope: scope.message,
}
"""Names that are the engine's; no variable may take one."""


def _named(name: str) -> dict[str, Value]:
    return {"nome": name, "name": name}
