"""Image, video, document, audio and sticker: exactly one of an id or a link."""

from simulator.graph.errors import malformed, missing
from simulator.graph.kinds.fields import a_link, an_object, short_enough

CAPTION_MOST = 1024
FILENAME_MOST = 240


def check_image(value: object) -> None:
    check_media("image", value, "caption")


def check_video(value: object) -> None:
    check_media("video", value, "caption")


def check_document(value: object) -> None:
    check_media("document", value, "caption", "filename")


def check_audio(value: object) -> None:
    check_media("audio", value, "voice")


def check_sticker(value: object) -> None:
    check_media("sticker", value)


def check_media(kind: str, value: object, *also: str) -> None:
    media = an_object(value, kind, ("id", "link", *also))
    given = [key for key in ("id", "link") if media.get(key)]
    if not given:
        raise missing(f"Parameter '{kind}.id' or '{kind}.link' is mandatory for type '{kind}'")
    if len(given) == 2:  # noqa: PLR2004  # both of two
        raise malformed(f"Only one of id and link may be given on param {kind}.")
    if given == ["link"]:
        a_link(media["link"], f"{kind}['link']")
    elif not isinstance(media["id"], str | int):
        raise malformed(f"Param {kind}['id'] is not a valid whatsapp business account media attachment ID")
    short_enough(media, "caption", kind, CAPTION_MOST)
    short_enough(media, "filename", kind, FILENAME_MOST)
    if not isinstance(media.get("voice", False), bool):
        raise malformed(f"Param {kind}['voice'] must be a boolean.")
