"""The id behind every button and row we send: which run, node and option. An old menu gives itself away."""

import re
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r"([0-9a-z]{1,12})\.([0-9a-f]{12})\.([A-Za-z0-9_-]{1,40}|@[0-9]{1,2})")
_SHORT: Final = 12


@dataclass(frozen=True, slots=True)
class ReplyToken:
    run: str
    node: str
    option: str
    """The option's id; `@2` asks for the third page of the list."""


def short(identifier: str) -> str:
    """The last digits of an id. A UUIDv7 begins with the time, so only its end tells two apart."""
    return re.sub("[^0-9a-z]", "", identifier.lower())[-_SHORT:]


def write_token(run_id: str, node_id: str, option: str) -> str:
    return f"{short(run_id)}.{short(node_id)}.{option}"


def read_token(reply_id: str | None) -> ReplyToken | None:
    """None for an id that is not ours: a template's payload, another system's button."""
    found = _TOKEN.fullmatch(reply_id or "")
    return ReplyToken(found[1], found[2], found[3]) if found else None
