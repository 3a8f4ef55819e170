"""What Meta refuses of a limited-time offer."""

from typing import Any

from simulator.graph.template_refusal import refused

Json = dict[str, Any]

TEXT_MOST, BODY_MOST = 16, 600


def check_offer(by_type: dict[str, Json], category: str) -> None:
    if category != "MARKETING":
        raise refused(None, "Invalid offer", "Only marketing templates have a limited-time offer.")
    if "FOOTER" in by_type:
        raise refused(None, "Invalid offer", "A limited-time offer takes no footer.")
    if by_type.get("HEADER", {}).get("format") not in {None, "IMAGE", "VIDEO"}:
        raise refused(None, "Invalid offer", "The header of a limited-time offer is an image or a video.")
    if len(str(by_type["BODY"].get("text", ""))) > BODY_MOST:
        raise refused(None, "Invalid offer", "The body of a limited-time offer has at most 600 characters.")
    offer = by_type["LIMITED_TIME_OFFER"].get("limited_time_offer") or {}
    if not 0 < len(str(offer.get("text", ""))) <= TEXT_MOST:
        raise refused(None, "Invalid offer", "The text of an offer has 1 to 16 characters.")
    kinds = [each.get("type") for each in by_type.get("BUTTONS", {}).get("buttons", [])]
    if "COPY_CODE" in kinds[1:] or (offer.get("has_expiration") and "COPY_CODE" not in kinds):
        raise refused(None, "Invalid offer", "The copy code button comes first; an offer that ends needs it.")
