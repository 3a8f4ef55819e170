"""Carousels, limited-time offers, products and calls: read, shown, filled in and judged like any template."""

from dataclasses import replace
from typing import Any

import pytest
from pywa.types import templates as pywa

from pytake.whatsapp.templates.definition import Button, Definition, to_components
from pytake.whatsapp.templates.form import form_of
from pytake.whatsapp.templates.letter import compiled, parameter_issues
from pytake.whatsapp.templates.preview import in_one_text, preview
from pytake.whatsapp.templates.rules import issues_of
from pytake.whatsapp.templates.stored import dumped, loaded
from pytake.whatsapp.types import HeaderType, TemplateCategory
from simulator.templates import Template
from simulator.testing import WABA_ID
from tests.templates.conftest import Office
from tests.templates.rich import (
    ALL,
    CAKE,
    CAROUSEL,
    ENDS,
    OFFER,
    ONE_PRODUCT,
    PHOTO,
    PRODUCT,
    PRODUCTS,
    QUESTION,
    SENT,
    VALUES,
    body,
    card,
    header,
    read,
)

Json = dict[str, Any]


@pytest.mark.parametrize("name", ALL)
def test_what_meta_lists_is_read_judged_and_written_back(name: str) -> None:
    template = read(ALL[name])

    assert template.strange == ()
    assert to_components(template) == ALL[name]
    assert issues_of(template) == []
    again = loaded(
        dumped(template), name=template.name, language=template.language, category=template.category
    )
    assert again == template


@pytest.mark.parametrize("name", ALL)
def test_it_is_sent_as_meta_wants_it(name: str) -> None:
    assert compiled(read(ALL[name]), VALUES[name]) == SENT[name]


@pytest.mark.parametrize("name", ALL)
def test_the_form_asks_for_every_value_once(name: str) -> None:
    fields = form_of(read(ALL[name]))

    assert {each.key for each in fields} >= VALUES[name].keys()
    assert len({each.key for each in fields}) == len(fields)
    for field in fields:
        without = {key: value for key, value in VALUES[name].items() if key != field.key}
        missing = [
            each.path
            for each in parameter_issues(read(ALL[name]), without)
            if each.code == "parameter_missing"
        ]
        assert missing == ([field.key] if field.is_required else [])


def test_another_s_code_reads_our_cards_and_fills_them_alike() -> None:
    judge: Any = pywa  # its `params` are typed for whoever holds a template
    template = pywa.Carousel.from_dict(CAROUSEL[1])
    filled = pywa.Carousel.params(
        cards=[
            pywa.CarouselCard.params(
                index=at,
                params=[
                    judge.BodyText.params("cenoura", "R$ 30"),
                    pywa.QuickReplyButton.params(callback_data="QUERO", index=0),
                    pywa.URLButton.params(url_variable="bolo%201", index=1),
                ],
            )
            for at in range(2)
        ]
    ).to_dict()

    assert len(template.cards) == 2
    ours = [
        {**each, "components": each["components"][1:]}
        for each in compiled(read(CAROUSEL), VALUES["carousel"])[1]["cards"]
    ]
    assert _alike(filled["cards"]) == _alike(ours)


def _alike(said: Any) -> Any:
    """Meta takes types in capitals and small, and places as numbers and texts."""
    if isinstance(said, dict):
        return {str(key).lower(): _alike(value) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return [_alike(each) for each in said]
    return str(said).lower()


def test_the_preview_shows_every_card() -> None:
    shown = preview(read(CAROUSEL), VALUES["carousel"] | {"cards.1.body.1": "fubá"})

    assert shown["body"] == "Oi Vera, veja o que temos:"
    first, second = shown["cards"]
    assert first == {
        "header": {"type": "IMAGE", "text": None, **PHOTO},
        "body": "Bolo de cenoura por R$ 30 hoje",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Quero"},
            {"type": "URL", "text": "Comprar", "url": "https://example.com/bolo%201"},
        ],
    }
    assert second["body"] == "Bolo de fubá por R$ 30 hoje"
    assert "Bolo de fubá por R$ 30 hoje" in in_one_text(shown)
    assert preview(read(CAROUSEL))["cards"][0]["body"] == "Bolo de cenoura por R$ 30 hoje"


def test_the_preview_shows_an_offer_a_product_and_the_question() -> None:
    assert preview(read(OFFER), VALUES["offer"])["offer"] == {"text": "Só hoje!", "expires_at": ENDS}
    assert preview(read(OFFER))["offer"] == {"text": "Só hoje!", "expires_at": None}
    product = preview(read(ONE_PRODUCT), VALUES["one product"])["header"]
    assert product == {"type": "PRODUCT", "text": None, **PRODUCT}
    assert preview(read(QUESTION))["asks_to_call"] is True


@pytest.mark.parametrize(
    ("name", "values", "path", "code"),
    [
        ("carousel", {"cards.0.header": {"media_file_id": "1"}}, "cards.0.header", "parameter_media_of_card"),
        ("carousel", {"cards.0.header": "x"}, "cards.0.header", "parameter_media_of_card"),
        ("carousel", {"cards.0.body.1": ""}, "cards.0.body.1", "parameter_empty"),
        ("carousel", {"cards.1.body.1": "x" * 161}, "cards.1.body.1", "too_long"),
        ("carousel", {"cards.1.body.1": "x" * 80, "cards.1.body.2": "x" * 80}, "cards.1.body", "too_long"),
        ("carousel", {"cards.2.header": PHOTO}, "cards.2.header", "parameter_unknown"),
        ("products", {"cards.0.header": PHOTO}, "cards.0.header", "parameter_products"),
        ("products", {"cards.0.header": {"catalog_id": "1"}}, "cards.0.header", "parameter_products"),
        ("offer", {"limited_time_offer": "amanhã"}, "limited_time_offer", "parameter_moment"),
        ("offer", {"limited_time_offer": "2026-12-24T18:00:00"}, "limited_time_offer", "parameter_moment"),
        ("offer", {"limited_time_offer": 5}, "limited_time_offer", "parameter_moment"),
        ("call", {"buttons.0": {}}, "buttons.0", "parameter_call"),
        ("call", {"buttons.0": {"ttl_minutes": 43_201}}, "buttons.0", "parameter_call"),
        ("call", {"buttons.0": {"payload": "x" * 513}}, "buttons.0", "parameter_call"),
        ("call", {"buttons.0": {"phone": "1"}}, "buttons.0", "parameter_call"),
        ("several products", {"buttons.0": {}}, "buttons.0", "parameter_products"),
        ("several products", {"buttons.0": "x"}, "buttons.0", "parameter_products"),
        (
            "several products",
            {"buttons.0": {"thumbnail_product_retailer_id": "1", "sections": []}},
            "buttons.0",
            "parameter_products",
        ),
    ],
)
def test_a_value_that_does_not_belong_is_named(name: str, values: Json, path: str, code: str) -> None:
    found = list(parameter_issues(read(ALL[name]), VALUES[name] | values))

    assert (path, code) in [(each.path, each.code) for each in found]
    assert all(each.message for each in found)


def of_cards(*parts: tuple[str, Any], count: int = 2) -> Definition:
    template = read(CAROUSEL)
    changed = replace(template.cards[0], **dict(parts))
    return replace(template, cards=(changed,) * count)


@pytest.mark.parametrize(
    ("template", "path", "code"),
    [
        (of_cards(count=1), "cards", "cards_count"),
        (of_cards(count=11), "cards", "cards_count"),
        (replace(read(CAROUSEL), category=TemplateCategory.UTILITY), "category", "cards_category"),
        (replace(read(CAROUSEL), footer_text="x"), "cards", "cards_alone"),
        (replace(read(CAROUSEL), buttons=(Button("QUICK_REPLY", "x"),)), "cards", "cards_alone"),
        (
            replace(read(CAROUSEL), cards=(*read(CAROUSEL).cards, read(PRODUCTS).cards[0])),
            "cards",
            "cards_alike",
        ),
        (of_cards(("header_type", HeaderType.DOCUMENT)), "cards.0.header_type", "card_header"),
        (of_cards(("header_content", None)), "cards.1.header_content", "header_sample_required"),
        (of_cards(("body_text", "x" * 161)), "cards.0.body_text", "too_long"),
        (of_cards(("variables", ())), "cards.0.variables.body.1", "sample_required"),
        (of_cards(("buttons", (Button("FLOW", "x"),))), "cards.0.buttons.0.type", "card_button"),
        (of_cards(("buttons", (Button("QUICK_REPLY"),))), "cards.0.buttons.0.text", "required"),
        (
            of_cards(("buttons", tuple(Button("QUICK_REPLY", each) for each in "ABC"))),
            "cards.0.buttons",
            "buttons_too_many",
        ),
        (
            of_cards(("buttons", tuple(Button("QUICK_REPLY", each) for each in "Aa"))),
            "cards.0.buttons.1.text",
            "button_twice",
        ),
        (replace(read(OFFER), category=TemplateCategory.UTILITY), "category", "offer_category"),
        (replace(read(OFFER), footer_text="x"), "footer_text", "offer_footer"),
        (replace(read(OFFER), header_type=HeaderType.DOCUMENT), "header_type", "offer_header"),
        (replace(read(OFFER), offer_text="x" * 17), "offer_text", "too_long"),
        (replace(read(OFFER), offer_text=None), "offer_text", "required"),
        (replace(read(OFFER), body_text="x" * 601), "body_text", "too_long"),
        (replace(read(OFFER), buttons=read(OFFER).buttons[::-1]), "buttons", "offer_code"),
        (replace(read(OFFER), buttons=read(OFFER).buttons[1:]), "buttons", "offer_code"),
        (
            replace(read(QUESTION), category=TemplateCategory.AUTHENTICATION),
            "category",
            "call_permission_category",
        ),
        (
            replace(read(QUESTION), buttons=(Button("QUICK_REPLY", "x"),)),
            "asks_to_call",
            "call_permission_alone",
        ),
        (replace(read(ONE_PRODUCT), header_type=None), "header_type", "product_header"),
    ],
)
def test_what_meta_refuses_is_named(template: Definition, path: str, code: str) -> None:
    found = issues_of(template)

    assert (path, code) in [(each.path, each.code) for each in found]
    assert all(each.message for each in found)


@pytest.mark.parametrize(
    ("component", "strange"),
    [
        ({"type": "CAROUSEL", "cards": []}, "CAROUSEL"),
        ({"type": "CAROUSEL", "cards": "x"}, "CAROUSEL"),
        ({"type": "CAROUSEL", "cards": [card({"type": "POLL"}), CAKE]}, "CAROUSEL POLL"),
        ({"type": "CAROUSEL", "cards": [card(header("GIF"))]}, "CAROUSEL HEADER GIF"),
        ({"type": "CAROUSEL", "cards": [card(CAROUSEL[1])]}, "CAROUSEL CAROUSEL"),
        ({"type": "LIMITED_TIME_OFFER"}, "LIMITED_TIME_OFFER"),
        (
            {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"has_expiration": True}},
            "LIMITED_TIME_OFFER",
        ),
        ({"type": "POLL"}, "POLL"),
    ],
)
def test_what_is_not_known_is_never_sent(component: Json, strange: str) -> None:
    template = read([body("Veja."), component])

    assert template.strange == (strange,)
    assert "strange_component" in {each.code for each in parameter_issues(template, {})}


async def test_a_carousel_is_read_from_meta_and_shown(office: Office) -> None:
    office.sim.simulator.world.keep_template(
        Template(WABA_ID, "vitrine", "pt_BR", "MARKETING", CAROUSEL, status="APPROVED")
    )

    known = (await office.synced())["vitrine"]

    assert (known["content"]["strange"], known["issues"]) == ([], [])
    assert [each["body"] for each in known["preview"]["cards"]] == ["Bolo de cenoura por R$ 30 hoje"] * 2
    assert [each["key"] for each in known["form"]][:2] == ["body.1", "cards.0.header"]
    assert known["content"]["cards"][1]["buttons"][1]["url"] == "https://example.com/{{1}}"


@pytest.mark.parametrize("name", ["carousel", "offer", "question"])
async def test_it_is_made_at_meta_as_it_was_written(office: Office, name: str) -> None:
    content = dumped(read(_with_addresses(ALL[name])))
    del content["strange"]

    made = await office.submitted("vitrine", category="MARKETING", content=content)

    assert (made["meta_status"], made["issues"]) == ("PENDING", [])
    assert office.remote("vitrine").components == _with_addresses(ALL[name])


def _with_addresses(said: Any) -> Any:
    """Samples that Meta has shown before: nothing is uploaded here."""
    if isinstance(said, dict):
        return {key: _with_addresses(value) for key, value in said.items()}
    if isinstance(said, list):
        return [_with_addresses(each) for each in said]
    return "https://example.com/h.jpg" if said == "4::aW1n" else said
