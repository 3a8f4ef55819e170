"""Every limit of Meta on a template, named. Pure: what is refused here is what Meta would refuse."""

import re
from collections.abc import Iterator
from typing import Final

from pytake.whatsapp.templates.button_rules import button_issues
from pytake.whatsapp.templates.definition import MEDIA, Definition
from pytake.whatsapp.templates.issues import Issue, issue
from pytake.whatsapp.templates.languages import LANGUAGES
from pytake.whatsapp.templates.variables import MARK, is_named, is_positional, names_in
from pytake.whatsapp.types import HeaderType, ParameterFormat

NAME: Final = 512
HEADER: Final = 60
BODY: Final = 1024
FOOTER: Final = 60
EXPIRATION: Final = range(1, 91)

_NAME: Final = re.compile(r"[a-z0-9_]+")
_MARKUP: Final = re.compile(r"[*_~`\n]")
_ADJACENT: Final = re.compile(r"\}\}\s*\{\{")
_BROKEN: Final = re.compile(r"\{\{|\}\}")


def issues_of(definition: Definition) -> list[Issue]:
    """What has to be mended before Meta is asked; an empty list is a template that may be submitted."""
    return [
        *_frame(definition),
        *(_authentication(definition) if definition.is_authentication else _words(definition)),
        *button_issues(definition),
    ]


def _frame(definition: Definition) -> Iterator[Issue]:
    if not definition.name:
        yield issue("name", "name_required")
    elif not _NAME.fullmatch(definition.name):
        yield issue("name", "name_pattern")
    yield from _short("name", definition.name, NAME)
    if definition.language not in LANGUAGES:
        yield issue("language", "language_unknown", language=definition.language)
    if definition.category is None:
        yield issue("category", "category_required")


def _words(definition: Definition) -> Iterator[Issue]:
    yield from _header(definition)
    if not definition.body_text.strip():
        yield issue("body_text", "required")
    yield from _short("body_text", definition.body_text, BODY)
    yield from _variables(definition, "body", definition.body_text)
    yield from _edges(definition.body_text)
    footer = definition.footer_text or ""
    yield from _short("footer_text", footer, FOOTER)
    if names_in(footer):
        yield issue("footer_text", "variable_not_here")


def _authentication(definition: Definition) -> Iterator[Issue]:
    if definition.header_type or definition.footer_text or definition.body_text.strip():
        yield issue("body_text", "authentication_words")
    minutes = definition.code_expiration_minutes
    if minutes is not None and minutes not in EXPIRATION:
        yield issue("code_expiration_minutes", "code_expiration")


def _header(definition: Definition) -> Iterator[Issue]:
    content = definition.header_content or ""
    if definition.header_type == HeaderType.TEXT:
        if not content.strip():
            yield issue("header_content", "required")
        yield from _short("header_content", content, HEADER)
        if _MARKUP.search(MARK.sub("", content)):
            yield issue("header_content", "header_markup")
        if len(MARK.findall(content)) > 1:
            yield issue("header_content", "header_variables")
        yield from _variables(definition, "header", content)
    elif definition.header_type in MEDIA and not content:
        yield issue("header_content", "header_sample_required")


def _variables(definition: Definition, place: str, text: str) -> Iterator[Issue]:
    path = "body_text" if place == "body" else "header_content"
    if _BROKEN.search(MARK.sub("", text)):
        yield issue(path, "variable_unclosed")
    names = names_in(text)
    is_counted = definition.parameter_format == ParameterFormat.POSITIONAL
    for name in names:
        if not (is_positional(name) or is_named(name)):
            yield issue(path, "variable_name", name=name)
        elif is_counted and not is_positional(name):
            yield issue(path, "variable_positional", name=name)
        elif not is_counted and not is_named(name):
            yield issue(path, "variable_named", name=name)
        if not definition.example_of(place, name).strip():
            yield issue(f"variables.{place}.{name}", "sample_required", name=name)
    if is_counted and (gap := _gap(names)):
        yield issue(path, "variable_gap", name=gap)


def _gap(names: tuple[str, ...]) -> str | None:
    numbers = {int(name) for name in names if is_positional(name)}
    return next((str(number) for number in range(1, len(numbers) + 1) if number not in numbers), None)


def _edges(text: str) -> Iterator[Issue]:
    found = list(MARK.finditer(text))
    if not found:
        return
    if not text[: found[0].start()].strip():
        yield issue("body_text", "variable_at_start")
    if not text[found[-1].end() :].strip():
        yield issue("body_text", "variable_at_end")
    if _ADJACENT.search(text):
        yield issue("body_text", "variables_adjacent")
    words, needed = len(MARK.sub("x", text).split()), 2 * len(found) + 1
    if words < needed:
        yield issue("body_text", "variables_too_many", actual=words, limit=needed)


def _short(path: str, text: str, limit: int) -> Iterator[Issue]:
    if len(text) > limit:
        yield issue(path, "too_long", actual=len(text), limit=limit)
