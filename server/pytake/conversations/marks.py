"""What later messages have done to an earlier one: edited it, taken it back, reacted to it.

`content` is always what may be shown now. What it was before, and by whom it was touched, is kept in the
metadata, so that the same changes come to the same end in whatever order they arrive, and however often.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

KEPT = frozenset({"original", "edits"})
"""In the metadata, what a message said before. Of one that was taken back it is shown to nobody."""

_SIDES = {"inbound": "contact", "outbound": "business"}


@dataclass(frozen=True, slots=True)
class Change:
    """One message that speaks of another."""

    kind: str
    """edit, revoke or reaction"""
    wamid: str
    timestamp: float
    direction: str
    content: Mapping[str, Any]
    author: str | None = None
    """Of what was written in a group: who of its people it was."""


def author_of(metadata: Mapping[str, Any]) -> str | None:
    author = metadata.get("author") or {}
    return author.get("user_id") or author.get("wa_id")


def target_of(stored_type: str, content: Mapping[str, Any]) -> str | None:
    """The WhatsApp id of the message that this one changes, if it changes one."""
    if stored_type == "reaction":
        target = content.get("message_id")
    elif stored_type == "system" and content.get("type") in {"edit", "revoke"}:
        target = content.get("original_message_id")
    else:
        return None
    return target if isinstance(target, str) else None


def kind_of(stored_type: str, content: Mapping[str, Any]) -> str:
    return "reaction" if stored_type == "reaction" else str(content.get("type"))


def changed(direction: str, content: Json, metadata: Json, change: Change) -> tuple[Json, Json] | None:
    """The message's content and metadata after a change; None when it may not be changed by that.

    Everybody edits and takes back only what they wrote themselves.
    """
    if change.kind == "reaction":
        return content, _revised(metadata) | {"reactions": _reactions(metadata, change)}
    if change.direction != direction:
        return None
    marked: Json = {"original": content} | _revised(metadata)
    if change.kind == "revoke":
        marked["revoked"] = _earlier(metadata.get("revoked"), change)
    else:
        marked["edits"] = _edits(metadata, change)
    return _shown(marked), marked


def with_our_reactions(metadata: Json, ours: Iterable[Change]) -> Json:
    """The metadata of a message to which these are all our reactions that hold."""
    others = {side: said for side, said in (metadata.get("reactions") or {}).items() if side != "business"}
    reacted: Json = metadata | {"reactions": others}
    for change in ours:
        reacted["reactions"] = _reactions(reacted, change)
    return _revised(metadata) | {"reactions": reacted["reactions"]}


def as_applied(metadata: Json) -> Json:
    """Of what spoke of another message and had its effect there."""
    return _revised(metadata) | {"applied": True}


def as_refused(metadata: Json) -> Json:
    """It had no effect after all."""
    return {name: said for name, said in _revised(metadata).items() if name != "applied"}


def _revised(metadata: Json) -> Json:
    """Of two reports about a message, the one with the higher revision is the later."""
    return metadata | {"revision": metadata.get("revision", 0) + 1}


def _reactions(metadata: Json, change: Change) -> Json:
    """Of each side the newest, in a group of each of its people.

    WhatsApp takes a reaction back under the same id: that one was the later.
    """
    reactions: Json = dict(metadata.get("reactions") or {})
    side = change.author or _SIDES[change.direction]
    emoji = str(change.content.get("emoji") or "")
    news = {"emoji": emoji or None, "timestamp": change.timestamp, "id": change.wamid}
    known = reactions.get(side)
    if known is None or _recency(news) > _recency(known):
        reactions[side] = news
    return reactions


def _recency(reaction: Json) -> tuple[float, bool, str, str]:
    emoji = reaction["emoji"]
    return reaction["timestamp"], emoji is None, reaction["id"], emoji or ""


def _edits(metadata: Json, change: Change) -> list[Json]:
    """Oldest first."""
    edits = {edit["id"]: edit for edit in metadata.get("edits") or ()}
    edits[change.wamid] = {
        "id": change.wamid,
        "timestamp": change.timestamp,
        "content": change.content.get("new_content") or {},
    }
    return sorted(edits.values(), key=lambda edit: (edit["timestamp"], edit["id"]))


def _earlier(known: Json | None, change: Change) -> Json:
    news = {"id": change.wamid, "timestamp": change.timestamp}
    return min(known or news, news, key=lambda revoked: (revoked["timestamp"], revoked["id"]))


def _shown(metadata: Json) -> Json:
    """An edit of a picture's caption does not always name the picture again."""
    if "revoked" in metadata:
        return {}
    return {**metadata["original"], **metadata["edits"][-1]["content"]}


def without_what_was_taken_back(metadata: Json) -> Json:
    if "revoked" not in metadata:
        return metadata
    return {key: value for key, value in metadata.items() if key not in KEPT}


def without_what_went_elsewhere(content: Json, metadata: Json) -> Json:
    """The words of an edit stand in the message that was edited; they go when that one is taken back."""
    if content.get("type") != "edit" or "applied" not in metadata:
        return content
    return {key: value for key, value in content.items() if key not in {"text", "new_content"}}
