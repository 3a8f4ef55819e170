"""Meta's limits on a limited-time offer, and on the question whether the business may call."""

from collections.abc import Iterator
from typing import Final

from pytake.whatsapp.templates.definition import Definition
from pytake.whatsapp.templates.issues import Issue, issue
from pytake.whatsapp.templates.text_rules import short
from pytake.whatsapp.types import ButtonType, HeaderType, TemplateCategory

OFFER_TEXT: Final = 16
OFFER_BODY: Final = 600

_HEADERS: Final = frozenset({None, HeaderType.IMAGE, HeaderType.VIDEO})


def offer_issues(definition: Definition) -> Iterator[Issue]:
    if definition.asks_to_call:
        yield from _question(definition)
    if not definition.offer_text:
        if definition.offer_expires:
            yield issue("offer_text", "required")
        return
    yield from short("offer_text", definition.offer_text, OFFER_TEXT)
    if definition.category not in {TemplateCategory.MARKETING, None}:
        yield issue("category", "offer_category")
    if definition.footer_text:
        yield issue("footer_text", "offer_footer")
    if definition.header_type not in _HEADERS:
        yield issue("header_type", "offer_header")
    kinds = [each.type for each in definition.buttons]
    if ButtonType.COPY_CODE in kinds[1:] or (definition.offer_expires and ButtonType.COPY_CODE not in kinds):
        yield issue("buttons", "offer_code")


def _question(definition: Definition) -> Iterator[Issue]:
    if definition.category == TemplateCategory.AUTHENTICATION:
        yield issue("category", "call_permission_category")
    if definition.buttons or definition.cards or definition.offer_text:
        yield issue("asks_to_call", "call_permission_alone")
