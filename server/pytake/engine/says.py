"""Messages as `messages.content` has them, always within what WhatsApp takes."""

from typing import Any, Final

from pytake.engine.effects import Say
from pytake.engine.limits import MAX_INTERACTIVE_BODY, MAX_TEXT_BODY
from pytake.engine.text import split

DEFAULT_PROMPT: Final = "Escolha uma opção:"


def text(body: str) -> tuple[Say, ...]:
    """The text as one message, or as several where it is too long for one. Nothing for a blank text."""
    return tuple(Say("text", {"text": piece}) for piece in split(body.strip(), MAX_TEXT_BODY))


def interactive(kind: str, body: str, content: dict[str, Any]) -> tuple[Say, ...]:
    """A message with buttons or a list. A body too long for one goes ahead of it, whole, as text."""
    body = body.strip()
    ahead = text(body) if len(body) > MAX_INTERACTIVE_BODY else ()
    short = DEFAULT_PROMPT if ahead or not body else body
    return (*ahead, Say(kind, {"text": short, **content}))
