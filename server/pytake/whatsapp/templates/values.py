"""Whether a value is of the kind that its place takes."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from pytake.ports.whatsapp_fields import (
    LimitExceeded,
    MessageMalformed,
    an_object,
    between,
    needed,
    nothing_but,
)
from pytake.ports.whatsapp_products import NAME as PRODUCT_NAME
from pytake.ports.whatsapp_products import check_catalog, check_product, check_sections
from pytake.whatsapp.templates.form import Field, FieldKind
from pytake.whatsapp.templates.issues import Issue, issue

Json = dict[str, Any]

CALL_KEYS: Final = ("ttl_minutes", "payload")
CALL_MINUTES: Final = 43_200
CALL_PAYLOAD: Final = 512

_SOURCES: Final = ("media_file_id", "media_id", "link")
_UNPRINTABLE: Final = re.compile(r"[\n\r\t]| {5,}")
_LATITUDE: Final = 90
_LONGITUDE: Final = 180


def value_issues(field: Field, value: Any) -> Iterator[Issue]:
    if check := _OF_CATALOG.get(field.kind):
        yield from _catalog_issues(field, value, check)
    elif shape := _SHAPES.get(field.kind):
        if code := shape(field, value):
            yield issue(field.key, code)
    elif not isinstance(value, str):
        yield issue(field.key, "parameter_shape")
    else:
        yield from _text_issues(field, value)


def _text_issues(field: Field, value: str) -> Iterator[Issue]:
    if not value.strip():
        yield issue(field.key, "parameter_empty")
    elif _UNPRINTABLE.search(value):
        yield issue(field.key, "parameter_whitespace")
    if field.limit is not None and len(value) > field.limit:
        yield issue(field.key, "too_long", actual=len(value), limit=field.limit)


def _media(field: Field, value: Any) -> str | None:
    """Of our own files a message has one, above its words; the pictures of cards have addresses."""
    is_above = field.key == "header"
    sources = _SOURCES if is_above else _SOURCES[1:]
    code = "parameter_media" if is_above else "parameter_media_of_card"
    if not isinstance(value, dict) or sum(bool(value.get(source)) for source in _SOURCES) != 1:
        return code
    if not any(value.get(source) for source in sources):
        return code
    link = value.get("link")
    is_address = isinstance(link, str) and link.startswith(("http://", "https://"))
    return None if not link or is_address else code


def _location(_field: Field, value: Any) -> str | None:
    if not isinstance(value, dict):
        return "parameter_location"
    places = ((value.get("latitude"), _LATITUDE), (value.get("longitude"), _LONGITUDE))
    is_place = all(
        isinstance(degrees, int | float) and not isinstance(degrees, bool) and abs(degrees) <= most
        for degrees, most in places
    ) and all(isinstance(value.get(key), str) and value[key].strip() for key in ("name", "address"))
    return None if is_place else "parameter_location"


def _object(_field: Field, value: Any) -> str | None:
    return None if isinstance(value, dict) else "parameter_shape"


def _moment(_field: Field, value: Any) -> str | None:
    try:
        milliseconds_of(value)
    except (TypeError, ValueError, OverflowError):
        return "parameter_moment"
    return None


def milliseconds_of(moment: str) -> int:
    """Since 1970. Raises ValueError for what is no moment, or one of nowhere."""
    at = datetime.fromisoformat(moment)
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return int(at.timestamp() * 1000)


def _call(_field: Field, value: Any) -> str | None:
    if not isinstance(value, dict) or value.keys() - set(CALL_KEYS) or not any(value.values()):
        return "parameter_call"
    payload = value.get("payload", "")
    try:
        between(value, "ttl_minutes", 1, CALL_MINUTES)
    except MessageMalformed:
        return "parameter_call"
    return None if isinstance(payload, str) and len(payload) <= CALL_PAYLOAD else "parameter_call"


def _catalog_issues(field: Field, value: Any, check: Callable[[Json], None]) -> Iterator[Issue]:
    try:
        check(an_object({"value": value}, "value"))
    except (LimitExceeded, MessageMalformed) as error:
        yield issue(field.key, "parameter_products", reason=str(error))


def _products(products: Json) -> None:
    nothing_but(products, {"thumbnail_product_retailer_id", "sections"}, "", "a list of products")
    needed(products, "thumbnail_product_retailer_id", PRODUCT_NAME)
    check_sections(products, "")


_OF_CATALOG: Final[Mapping[FieldKind, Callable[[Json], None]]] = {
    FieldKind.PRODUCT: lambda product: check_product(product, ""),
    FieldKind.ACTION: lambda catalog: check_catalog(catalog, ""),
    FieldKind.PRODUCTS: _products,
}
_SHAPES: Final[Mapping[FieldKind, Callable[[Field, Any], str | None]]] = {
    FieldKind.IMAGE: _media,
    FieldKind.VIDEO: _media,
    FieldKind.DOCUMENT: _media,
    FieldKind.LOCATION: _location,
    FieldKind.FLOW: _object,
    FieldKind.MOMENT: _moment,
    FieldKind.CALL: _call,
}
