"""Text, location, contact cards and reactions."""

from simulator.graph.errors import invalid, malformed, missing
from simulator.graph.kinds.fields import an_object, short_enough

TEXT_MOST = 4096
CONTACTS_MOST = 257
_NAME_PARTS = ("first_name", "last_name", "middle_name", "suffix", "prefix")


def check_text(value: object) -> None:
    text = an_object(value, "text", ("body", "preview_url"))
    if text.get("body") is None:
        raise missing("Parameter 'text.body' is mandatory for type 'text'")
    short_enough(text, "body", "text", TEXT_MOST)
    if not text["body"]:
        raise malformed("Param text['body'] must be a non-empty string.")
    if not isinstance(text.get("preview_url", False), bool):
        raise malformed("Param text['preview_url'] must be a boolean.")


def check_location(value: object) -> None:
    location = an_object(value, "location", ("latitude", "longitude", "name", "address"))
    for key, most in (("latitude", 90), ("longitude", 180)):
        if location.get(key) is None:
            raise missing(f"Parameter 'location.{key}' is mandatory for type 'location'")
        if not -most <= _number(location[key], key) <= most:
            raise invalid(f"Param location['{key}'] must be between -{most} and {most}.")


def _number(value: object, key: str) -> float:
    try:
        return float(value)  # type: ignore[arg-type]  # whatever came; a refusal is the answer
    except (TypeError, ValueError):
        raise malformed(f"Param location['{key}'] must be a number.") from None


def check_contacts(value: object) -> None:
    if not isinstance(value, list) or not value:
        raise malformed("Param contacts must be a non-empty array.")
    if len(value) > CONTACTS_MOST:
        raise invalid(f"Param contacts must have at most {CONTACTS_MOST} elements.")
    for card in value:
        name = an_object(an_object(card, "contacts").get("name"), "contacts['name']")
        if not name.get("formatted_name"):
            raise missing("Parameter 'contacts.name.formatted_name' is mandatory for type 'contacts'")
        if not any(name.get(part) for part in _NAME_PARTS):
            raise invalid("contacts['name'] needs at least one name part besides formatted_name.")


def check_reaction(value: object) -> None:
    reaction = an_object(value, "reaction", ("message_id", "emoji"))
    for key in ("message_id", "emoji"):
        if not isinstance(reaction.get(key), str):
            raise missing(f"Parameter 'reaction.{key}' is mandatory for type 'reaction'")
    if not reaction["message_id"]:
        raise invalid("Param reaction['message_id'] is not a valid message id.")
