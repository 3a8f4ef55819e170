"""Options on a phone: up to three as buttons, up to ten as a list, more as a list with pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pytake.engine import says
from pytake.engine.choices import Option, Section, meant
from pytake.engine.effects import Say
from pytake.engine.expressions import Template
from pytake.engine.limits import (
    MAX_BUTTON_TITLE,
    MAX_BUTTONS,
    MAX_FOOTER,
    MAX_HEADER,
    MAX_OPTIONS,
    MAX_ROW_DESCRIPTION,
    MAX_ROW_TITLE,
    MAX_ROWS,
    MAX_SECTION_TITLE,
    MAX_SECTIONS,
)
from pytake.engine.problems import Problem, too_long
from pytake.engine.scope import Scope
from pytake.engine.text import shorten

_PER_PAGE: Final = MAX_ROWS - 1
_LIST_BUTTON: Final = "Ver opções"
_MORE: Final = "Mais opções"
_BACK: Final = "Voltar ao começo"


@dataclass(frozen=True, slots=True)
class Menu:
    sections: tuple[Section, ...]
    header: Template | None = None
    footer: Template | None = None
    button: Template | None = None
    """The words on the button that opens a list."""
    always_list: bool = False

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(option for section in self.sections for option in section.rows)

    @property
    def is_list(self) -> bool:
        return self.always_list or len(self.options) > MAX_BUTTONS

    # --- on the phone -----------------------------------------------------------------------------------

    def show(self, scope: Scope, body: str, page: int = 0) -> tuple[Say, ...]:
        frame = self._frame(scope)
        if not self.is_list:
            titles = _titles(scope, self.options, MAX_BUTTON_TITLE)
            buttons = [
                {"id": scope.token(option.id), "title": title}
                for option, title in zip(self.options, titles, strict=True)
            ]
            return says.interactive("button", body, {"buttons": buttons, **frame})
        opens = shorten(scope.render(self.button).strip(), MAX_BUTTON_TITLE) if self.button else ""
        content = {"button": opens or _LIST_BUTTON, "sections": self._rows(scope, page)}
        return says.interactive("list", body, {**content, **frame})

    def _frame(self, scope: Scope) -> dict[str, str]:
        parts = (("header", self.header, MAX_HEADER), ("footer", self.footer, MAX_FOOTER))
        written = {
            name: shorten(scope.render(text).strip(), most) for name, text, most in parts if text is not None
        }
        return {name: text for name, text in written.items() if text}

    def _rows(self, scope: Scope, page: int) -> list[dict[str, Any]]:
        ids = [option.id for option in self.options]
        titles = dict(zip(ids, _titles(scope, self.options, MAX_ROW_TITLE), strict=True))
        shown = ids if self.pages == 1 else ids[page * _PER_PAGE : (page + 1) * _PER_PAGE]
        sections: list[dict[str, Any]] = []
        for at, section in enumerate(self.sections):
            rows = [_row(scope, option, titles[option.id]) for option in section.rows if option.id in shown]
            if rows:
                title = scope.render(section.title).strip() if section.title else ""
                title = title or (f"Opções {at + 1}" if len(self.sections) > 1 else "")
                named = {"title": shorten(title, MAX_SECTION_TITLE)} if title else {}
                sections.append({**named, "rows": rows})
        sections[-1]["rows"] += self._turns(scope, page)
        return sections

    def _turns(self, scope: Scope, page: int) -> list[dict[str, str]]:
        """The row that turns the page; the last page leads back to the first."""
        if self.pages == 1:
            return []
        last = page == self.pages - 1
        return [{"id": scope.token(f"@{0 if last else page + 1}"), "title": _BACK if last else _MORE}]

    @property
    def pages(self) -> int:
        count = len(self.options)
        return 1 if count <= MAX_ROWS else -(-count // _PER_PAGE)

    # --- what came back ---------------------------------------------------------------------------------

    def chosen(self, scope: Scope) -> Option | None:
        return meant(self.options, scope)

    def page_asked(self, scope: Scope) -> int | None:
        """The page a row of ours, or the words on it, ask for."""
        if scope.option is not None and scope.option.startswith("@"):
            return min(int(scope.option[1:]), self.pages - 1)
        if self.pages > 1 and scope.option is None and (scope.message or "").strip() in {_MORE, _BACK}:
            return (scope.page + 1) % self.pages
        return None

    # --- on the canvas ----------------------------------------------------------------------------------

    def problems(self, path: str) -> Iterator[Problem]:
        """`path` names the field the options are in."""
        for found, most in ((len(self.options), MAX_OPTIONS), (len(self.sections), MAX_SECTIONS)):
            if found > most:
                yield Problem("too_many_items", path, found=found, most=most)
        yield from too_long("header", self.header, MAX_HEADER)
        yield from too_long("footer", self.footer, MAX_FOOTER)
        yield from too_long("list_button", self.button, MAX_BUTTON_TITLE)
        yield from self._option_problems(path)
        yield from self._section_problems(path)

    def _option_problems(self, path: str) -> Iterator[Problem]:
        most = MAX_ROW_TITLE if self.is_list else MAX_BUTTON_TITLE
        ids: set[str] = set()
        titles: set[str] = set()
        for place, option in self._placed(path):
            title = option.title.source.strip()
            if not title:
                yield Problem("field_required", f"{place}.title")
            if option.id in ids:
                yield Problem("id_repeated", f"{place}.id", id=option.id)
            if title in titles and option.title.is_literal:
                yield Problem("title_repeated", f"{place}.title", title=title)
            yield from too_long(f"{place}.title", option.title, most)
            yield from too_long(f"{place}.description", option.description, MAX_ROW_DESCRIPTION)
            ids.add(option.id)
            titles.add(title)

    def _placed(self, path: str) -> Iterator[tuple[str, Option]]:
        for at, section in enumerate(self.sections):
            inside = f"{path}.{at}.rows" if path == "sections" else path
            for index, option in enumerate(section.rows):
                yield f"{inside}.{index}", option

    def _section_problems(self, path: str) -> Iterator[Problem]:
        for at, section in enumerate(self.sections):
            yield from too_long(f"{path}.{at}.title", section.title, MAX_SECTION_TITLE)
            if section.title is None and len(self.sections) > 1:
                yield Problem("section_title_required", f"{path}.{at}.title")


def _titles(scope: Scope, options: Sequence[Option], most: int) -> list[str]:
    """The titles as rendered: never blank and never twice the same, for WhatsApp refuses both."""
    titles: list[str] = []
    for at, option in enumerate(options, start=1):
        title = shorten(scope.render(option.title).strip(), most) or f"Opção {at}"
        if title in titles:
            mark = f" ({at})"
            title = shorten(title, most - len(mark)) + mark
        titles.append(title)
    return titles


def _row(scope: Scope, option: Option, title: str) -> dict[str, str]:
    row = {"id": scope.token(option.id), "title": title}
    described = scope.render(option.description).strip() if option.description else ""
    return {**row, "description": shorten(described, MAX_ROW_DESCRIPTION)} if described else row
