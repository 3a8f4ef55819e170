"""Reading one field of what is to be sent: there, of its shape, not too long; else refused by its name.

Characters are Unicode code points: an emoji with a skin tone counts twice.
"""

from collections.abc import Collection, Sequence
from typing import Any

from pytake.kit.errors import Invalid

Json = dict[str, Any]

MEDIA = ("media_file_id", "media_id", "link")
"""What a file can be named by: our id, Meta's, or its address."""
ADDRESSES = ("http://", "https://")


class LimitExceeded(Invalid):
    code = "whatsapp_limit_exceeded"
    message = "{field} has {actual}; WhatsApp takes at most {limit}."

    def __init__(self, field: str, limit: int, actual: int) -> None:
        super().__init__(field=field, limit=limit, actual=actual)


class MessageMalformed(Invalid):
    code = "whatsapp_message_malformed"
    message = "{field} {reason}."

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field=field, reason=reason)


def needed(source: Json, field: str, limit: int, path: str = "") -> None:
    text = source.get(field)
    if not isinstance(text, str) or not text.strip():
        raise MessageMalformed(path + field, "must not be empty")
    at_most(path + field, limit, len(text))


def optional(source: Json, field: str, limit: int, path: str = "") -> None:
    if source.get(field):
        needed(source, field, limit, path)


def several(source: Json, field: str, limit: int, path: str = "") -> list[Json]:
    found = source.get(field)
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise MessageMalformed(path + field, "must not be empty")
    at_most(path + field, limit, len(found))
    return found


def an_object(source: Json, field: str, path: str = "") -> Json:
    found = source.get(field)
    if not isinstance(found, dict):
        raise MessageMalformed(path + field, "must be an object")
    return found


def nothing_but(source: Json, known: Collection[str], path: str, where: str) -> None:
    """What WhatsApp has no place for is refused, not left out."""
    if unknown := source.keys() - set(known):
        raise MessageMalformed(f"{path}{min(unknown)}", f"does not belong into {where}")


def unlike(those: Sequence[Json], path: str, field: str) -> None:
    if len({one[field] for one in those}) < len(those):
        raise MessageMalformed(path, f"must not have the same {field} twice")


def between(source: Json, field: str, least: int, most: int, path: str = "") -> None:
    """A whole number, if there is one."""
    number = source.get(field)
    if number is None:
        return
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise MessageMalformed(path + field, f"must be a whole number from {least} to {most}")


def at_most(field: str, limit: int, actual: int) -> None:
    if actual > limit:
        raise LimitExceeded(field, limit, actual)


def a_link(source: Json, field: str, path: str = "") -> None:
    if not str(source.get(field)).startswith(ADDRESSES):
        raise MessageMalformed(path + field, "must begin with http:// or https://")


def a_file(source: Json, path: str = "", names: Sequence[str] = MEDIA) -> None:
    if sum(bool(source.get(name)) for name in names) != 1:
        raise MessageMalformed(path + "media", f"needs one of {', '.join(names[:-1])} and {names[-1]}")
    if source.get("link"):
        a_link(source, "link", path)
