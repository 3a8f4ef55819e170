"""Products of a catalog: one, or several in sections. Whether they exist nobody here knows."""

from typing import Any

from simulator.graph.errors import invalid, missing
from simulator.graph.kinds.fields import a_list, a_text, an_object, maybe_text

Json = dict[str, Any]

NAME_MOST = 200
PRODUCTS_MOST = 30
SECTIONS_MOST = 10
SECTION_TITLE_MOST = 24


def check_product(action: Json) -> None:
    a_text(action, "catalog_id", "Catalog id", NAME_MOST)
    a_text(action, "product_retailer_id", "Product retailer id", NAME_MOST)


def check_products(action: Json) -> None:
    a_text(action, "catalog_id", "Catalog id", NAME_MOST)
    check_sections(action)


def check_sections(action: Json) -> None:
    sections = [
        an_object(section, "sections", ("title", "product_items"))
        for section in a_list(action, "sections", "sections", 1, SECTIONS_MOST)
    ]
    count = 0
    for section in sections:
        if len(sections) > 1 and not section.get("title"):
            raise missing("Section title is mandatory with more than one section")
        maybe_text(section, "title", "Section title", SECTION_TITLE_MOST)
        items = a_list(section, "product_items", "product_items", 1, PRODUCTS_MOST)
        for item in items:
            a_text(an_object(item, "product_items"), "product_retailer_id", "Product retailer id", NAME_MOST)
        count += len(items)
    if count > PRODUCTS_MOST:
        raise invalid(f"Total product count exceed max allowed count: {PRODUCTS_MOST}")


def check_catalog(action: Json) -> None:
    if action.get("name") != "catalog_message":
        raise invalid("Param action['name'] must be catalog_message.")
    parameters = an_object(action.get("parameters") or {}, "action['parameters']")
    maybe_text(parameters, "thumbnail_product_retailer_id", "Thumbnail product", NAME_MOST)
