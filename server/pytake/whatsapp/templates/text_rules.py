"""Meta's limits on a text with variables, wherever in a template it stands."""

import re
from collections.abc import Iterator
from typing import Final

from pytake.whatsapp.templates.definition import Definition
from pytake.whatsapp.templates.issues import Issue, issue
from pytake.whatsapp.templates.variables import MARK, is_named, is_positional, names_in
from pytake.whatsapp.types import ParameterFormat

_BROKEN: Final = re.compile(r"\{\{|\}\}")


def variable_issues(definition: Definition, place: str, text: str) -> Iterator[Issue]:
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


def short(path: str, text: str, limit: int) -> Iterator[Issue]:
    if len(text) > limit:
        yield issue(path, "too_long", actual=len(text), limit=limit)
