"""What Meta refuses in a message, kind by kind: `CHECKS` names the check of every type that can be sent."""

from collections.abc import Callable
from typing import Any

from simulator.graph.errors import malformed, missing
from simulator.graph.kinds import interactive, media, plain, template

CHECKS: dict[str, Callable[[Any], None]] = {
    "text": plain.check_text,
    "image": media.check_image,
    "video": media.check_video,
    "document": media.check_document,
    "audio": media.check_audio,
    "sticker": media.check_sticker,
    "location": plain.check_location,
    "contacts": plain.check_contacts,
    "reaction": plain.check_reaction,
    "interactive": interactive.check_interactive,
    "template": template.check_template,
}

_COMMON = frozenset(
    {
        "messaging_product",
        "recipient_type",
        "to",
        "recipient",
        "type",
        "context",
        "biz_opaque_callback_data",
        "recipient_identity_key_hash",
    }
)


def check_content(body: dict[str, Any]) -> tuple[str, Any]:
    """The type of a send and the object that belongs to it; raises the GraphError Meta would answer."""
    kind = body.get("type", "text")
    check = CHECKS.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise malformed(f'Param type must be one of {{{", ".join(sorted(CHECKS)).upper()}}} - got "{kind}".')
    content = body.get(kind)
    if content is None:
        raise missing(f"Parameter '{kind}' is mandatory for type '{kind}'")
    for key in body:
        if key not in _COMMON and key != kind:
            raise malformed(f'Unexpected key "{key}" on param')
    check(content)
    return kind, content
