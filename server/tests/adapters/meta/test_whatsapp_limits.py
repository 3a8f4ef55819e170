"""Every limit refuses one too many, by name, and lets the most through."""

from collections.abc import Callable
from typing import Any

import pytest

from pytake.ports.whatsapp_fields import LimitExceeded, MessageMalformed
from pytake.ports.whatsapp_limits import check_message


def buttons(count: int = 1, **parts: Any) -> Any:
    return {"text": "?", "buttons": [{"id": str(n), "title": str(n)} | parts for n in range(count)]}


def rows(count: int = 1, prefix: str = "", **parts: Any) -> Any:
    return [{"id": f"{prefix}{n}", "title": str(n)} | parts for n in range(count)]


def halves(count: int) -> Any:
    """So many rows, over two sections."""
    return [{"title": "a", "rows": rows(5, "a")}, {"title": "b", "rows": rows(count - 5, "b")}]


def listing(sections: Any = None, **parts: Any) -> Any:
    return {"text": "?", "button": "Ver", "sections": sections or [{"rows": rows()}]} | parts


LIMITS: list[tuple[str, str, int, Callable[[int], Any]]] = [
    ("text", "text", 4096, lambda n: {"text": "x" * n}),
    ("image", "caption", 1024, lambda n: {"media_id": "1", "caption": "x" * n}),
    ("button", "text", 1024, lambda n: buttons() | {"text": "x" * n}),
    ("button", "header", 60, lambda n: buttons() | {"header": "x" * n}),
    ("button", "footer", 60, lambda n: buttons() | {"footer": "x" * n}),
    ("button", "buttons", 3, buttons),
    ("button", "buttons[0].title", 20, lambda n: buttons(title="x" * n)),
    ("button", "buttons[0].id", 256, lambda n: buttons(id="x" * n)),
    ("list", "button", 20, lambda n: listing(button="x" * n)),
    ("list", "rows", 10, lambda n: listing(halves(n))),
    (
        "list",
        "sections",
        10,
        lambda n: listing([{"title": "a", "rows": rows(prefix=f"{m}")} for m in range(n)]),
    ),
    ("list", "sections[0].title", 24, lambda n: listing([{"title": "x" * n, "rows": rows()}])),
    ("list", "sections[0].rows[0].id", 200, lambda n: listing([{"rows": rows(id="x" * n)}])),
    ("list", "sections[0].rows[0].title", 24, lambda n: listing([{"rows": rows(title="x" * n)}])),
    ("list", "sections[0].rows[0].description", 72, lambda n: listing([{"rows": rows(description="x" * n)}])),
    (
        "interactive",
        "url_button.title",
        20,
        lambda n: {"text": "?", "url_button": {"title": "x" * n, "url": "https://a"}},
    ),
    ("interactive", "form.flow_cta", 30, lambda n: {"text": "?", "form": {"flow_cta": "x" * n}}),
    ("contacts", "contacts", 5, lambda n: {"contacts": [{"name": {"formatted_name": "Zé"}}] * n}),
    ("template", "name", 512, lambda n: {"name": "x" * n, "language": "pt_BR"}),
]


@pytest.mark.parametrize(
    ("kind", "field", "limit", "content"), LIMITS, ids=[f"{k}.{f}" for k, f, _, _ in LIMITS]
)
def test_one_too_many_is_refused_by_name(
    kind: str, field: str, limit: int, content: Callable[[int], Any]
) -> None:
    with pytest.raises(LimitExceeded) as refusal:
        check_message(kind, content(limit + 1))
    assert refusal.value.details == {"field": field, "limit": limit, "actual": limit + 1}
    assert str(limit) in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "field", "limit", "content"), LIMITS, ids=[f"{k}.{f}" for k, f, _, _ in LIMITS]
)
def test_the_most_is_let_through(kind: str, field: str, limit: int, content: Callable[[int], Any]) -> None:
    check_message(kind, content(limit))


@pytest.mark.parametrize(
    ("kind", "content", "field"),
    [
        ("text", {}, "text"),
        ("text", {"text": "  "}, "text"),
        ("text", {"text": 5}, "text"),
        ("image", {}, "media"),
        ("image", {"media_id": "1", "link": "https://a"}, "media"),
        ("image", {"link": "file:///a"}, "link"),
        ("audio", {"media_id": "1", "caption": "x"}, "caption"),
        ("sticker", {"media_id": "1", "caption": "x"}, "caption"),
        ("location", {"latitude": 91, "longitude": 0}, "latitude"),
        ("location", {"latitude": 0, "longitude": True}, "longitude"),
        ("contacts", {"contacts": []}, "contacts"),
        ("contacts", {"contacts": [{}]}, "contacts[0].name.formatted_name"),
        ("reaction", {"emoji": "👍"}, "message_id"),
        ("template", {"name": "x"}, "language"),
        ("button", buttons(0), "buttons"),
        ("button", buttons(2, id="same"), "buttons"),
        ("button", buttons(2, title="same"), "buttons"),
        ("button", buttons() | {"header": {"type": "image"}}, "media"),
        ("list", listing([{"rows": []}]), "sections[0].rows"),
        ("list", listing([{"rows": rows(2, id="same")}]), "rows"),
        ("list", listing([{"rows": rows()}, {"rows": rows(id="z")}]), "sections[0].title"),
        ("list", listing(header={"type": "image", "media_id": "1"}), "header"),
        ("interactive", {"text": "?"}, "interactive"),
        ("system", {"text": "?"}, "type"),
    ],
)
def test_what_is_malformed_is_named(kind: str, content: Any, field: str) -> None:
    with pytest.raises(MessageMalformed) as refusal:
        check_message(kind, content)
    assert refusal.value.details["field"] == field


def test_characters_are_counted_not_bytes() -> None:
    check_message("text", {"text": "ç" * 4096})
