"""Products of a catalog: one, or several in sections, named as the catalog names them."""

from typing import Final

from pytake.ports import whatsapp_fields as fields
from pytake.ports.whatsapp_fields import Json, MessageMalformed

PRODUCTS: Final = 30
"""Over all sections."""
SECTIONS: Final = 10
SECTION_TITLE: Final = 24
NAME: Final = 200
"""Of a catalog or a product: nobody has said how long, and longer ones are none."""


def check_product(product: Json, path: str = "product.") -> None:
    fields.nothing_but(product, {"catalog_id", "product_retailer_id"}, path, "a product")
    fields.needed(product, "catalog_id", NAME, path)
    fields.needed(product, "product_retailer_id", NAME, path)


def check_products(products: Json, path: str = "product_list.") -> None:
    fields.nothing_but(products, {"catalog_id", "sections"}, path, "a list of products")
    fields.needed(products, "catalog_id", NAME, path)
    check_sections(products, path)


def check_sections(products: Json, path: str) -> None:
    sections = fields.several(products, "sections", SECTIONS, path)
    count = 0
    for at, section in enumerate(sections):
        inner = f"{path}sections[{at}]."
        (fields.optional if len(sections) == 1 else fields.needed)(section, "title", SECTION_TITLE, inner)
        items = fields.several(section, "product_items", PRODUCTS, inner)
        for number, item in enumerate(items):
            fields.needed(item, "product_retailer_id", NAME, f"{inner}product_items[{number}].")
        count += len(items)
    fields.at_most(f"{path}products", PRODUCTS, count)


def check_catalog(catalog: Json, path: str = "catalog.") -> None:
    fields.nothing_but(catalog, {"thumbnail_product_retailer_id"}, path, "a catalog")
    if catalog.get("thumbnail_product_retailer_id") is not None:
        fields.needed(catalog, "thumbnail_product_retailer_id", NAME, path)


def check_text_header(content: Json, limit: int) -> None:
    """A list of products has a line above it, always."""
    if not isinstance(content.get("header"), str):
        raise MessageMalformed("header", "of a list of products must be a line of text")
    fields.needed(content, "header", limit)
