"""Every limit of Meta on a template, named. Pure: what is refused here is what Meta would refuse."""

import re
from collections.abc import Iterator
from typing import Final

from pytake.whatsapp.templates.button_rules import button_issues
from pytake.whatsapp.templates.card_rules import card_issues
from pytake.whatsapp.templates.definition import MEDIA, Definition
from pytake.whatsapp.templates.issues import Issue, issue
from pytake.whatsapp.templates.languages import LANGUAGES
from pytake.whatsapp.templates.offer_rules import OFFER_BODY, offer_issues
from pytake.whatsapp.templates.text_rules import short, variable_issues
from pytake.whatsapp.templates.variables import MARK, names_in
from pytake.whatsapp.types import HeaderType

NAME: Final = 512
HEADER: Final = 60
BODY: Final = 1024
FOOTER: Final = 60
EXPIRATION: Final = range(1, 91)

_NAME: Final = re.compile(r"[a-z0-9_]+")
_MARKUP: Final = re.compile(r"[*_~`\n]")
_ADJACENT: Final = re.compile(r"\}\}\s*\{\{")


def issues_of(definition: Definition) -> list[Issue]:
    """What has to be mended before Meta is asked; an empty list is a template that may be submitted."""
    return [
        *_frame(definition),
        *(_authentication(definition) if definition.is_authentication else _words(definition)),
        *button_issues(definition),
        *offer_issues(definition),
        *card_issues(definition),
    ]


def _frame(definition: Definition) -> Iterator[Issue]:
    if not definition.name:
        yield issue("name", "name_required")
    elif not _NAME.fullmatch(definition.name):
        yield issue("name", "name_pattern")
    yield from short("name", definition.name, NAME)
    if definition.language not in LANGUAGES:
        yield issue("language", "language_unknown", language=definition.language)
    if definition.category is None:
        yield issue("category", "category_required")


def _words(definition: Definition) -> Iterator[Issue]:
    yield from _header(definition)
    if not definition.body_text.strip():
        yield issue("body_text", "required")
    yield from short("body_text", definition.body_text, OFFER_BODY if definition.offer_text else BODY)
    yield from variable_issues(definition, "body", definition.body_text)
    yield from _edges(definition.body_text)
    footer = definition.footer_text or ""
    yield from short("footer_text", footer, FOOTER)
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
        yield from short("header_content", content, HEADER)
        if _MARKUP.search(MARK.sub("", content)):
            yield issue("header_content", "header_markup")
        if len(MARK.findall(content)) > 1:
            yield issue("header_content", "header_variables")
        yield from variable_issues(definition, "header", content)
    elif definition.header_type in MEDIA and not content:
        yield issue("header_content", "header_sample_required")


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
