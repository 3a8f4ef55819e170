"""What holds for every template and every value."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pytake.whatsapp.templates.definition import (
    Button,
    Definition,
    Variable,
    of_components,
    to_components,
)
from pytake.whatsapp.templates.form import FieldKind, form_of
from pytake.whatsapp.templates.letter import compiled, parameter_issues
from pytake.whatsapp.templates.preview import in_one_text, preview
from pytake.whatsapp.templates.rules import issues_of
from pytake.whatsapp.templates.stored import dumped, loaded
from pytake.whatsapp.templates.variables import MARK
from pytake.whatsapp.types import ButtonType, HeaderType, ParameterFormat, TemplateCategory

THOROUGH = settings.get_current_profile_name() == "thorough"
pace = settings(deadline=None, max_examples=settings().max_examples if THOROUGH else 60)

WORDS = st.text(alphabet="abcdéç *_😀", min_size=1, max_size=12).filter(lambda text: text.strip())
VALUES = st.text(alphabet="abc é{}1%&/?#😀", min_size=1, max_size=12).filter(
    lambda text: text.strip() and "     " not in text
)


@st.composite
def sound_templates(draw: st.DrawFn) -> Definition:
    """Templates that break no rule, with variables, headers and buttons of every kind."""
    is_named = draw(st.booleans())
    count = draw(st.integers(0, 4))
    names = [f"nome_{n}" if is_named else str(n + 1) for n in range(count)]
    body = "Bom dia para você " + " ".join(f"{{{{{name}}}}} e também" for name in names) + " obrigado"
    variables = tuple(Variable("body", name, draw(WORDS)) for name in names)
    header_type = draw(st.sampled_from([None, *HeaderType]))
    content = (
        {HeaderType.TEXT: "Aviso", HeaderType.LOCATION: None, HeaderType.PRODUCT: None}.get(
            header_type, "4::x"
        )
        if header_type
        else None
    )
    replies = tuple(Button("QUICK_REPLY", f"Opção {n}") for n in range(draw(st.integers(0, 3))))
    others = draw(
        st.lists(
            st.sampled_from(
                [
                    Button("URL", "Ver", url="https://a.example/{{1}}", example="https://a.example/9"),
                    Button("PHONE_NUMBER", "Ligar", phone_number="+551130000100"),
                    Button("COPY_CODE", example="25OFF"),
                    Button("FLOW", "Abrir", more={"flow_id": "1"}),
                ]
            ),
            unique_by=lambda each: each.type,
            max_size=4,
        )
    )
    return Definition(
        "aviso",
        "pt_BR",
        draw(st.sampled_from([TemplateCategory.UTILITY, TemplateCategory.MARKETING])),
        body,
        ParameterFormat.NAMED if is_named else ParameterFormat.POSITIONAL,
        header_type,
        content,
        draw(st.none() | st.just("Até logo")),
        (*replies, *others),
        variables,
    )


def values_for(draw: Callable[[st.SearchStrategy[Any]], Any], template: Definition) -> dict[str, Any]:
    made: dict[FieldKind, Any] = {
        FieldKind.LOCATION: {"latitude": 1.5, "longitude": 2, "name": "Loja", "address": "Rua A"},
        FieldKind.PRODUCT: {"catalog_id": "19", "product_retailer_id": "PAO-1"},
        FieldKind.COUPON: "25OFF",
        FieldKind.FLOW: {"flow_token": "t"},
    }
    media = {"link": "https://a.example/x"}
    return {
        field.key: made.get(field.kind, media if field.key == "header" else draw(VALUES))
        for field in form_of(template)
        if field.is_required or draw(st.booleans())
    }


@pace
@given(sound_templates())
def test_meta_would_give_back_the_template_that_it_got(template: Definition) -> None:
    assert issues_of(template) == []
    read = of_components(
        to_components(template),
        name=template.name,
        language=template.language,
        category=template.category,
        parameter_format=template.parameter_format,
    )
    assert read == template
    assert loaded(dumped(read), name=read.name, language=read.language, category=read.category) == template


@pace
@given(st.data())
def test_values_of_the_form_always_compile_and_every_one_of_them_is_sent(data: st.DataObject) -> None:
    template = data.draw(sound_templates())
    values = values_for(data.draw, template)

    sent = compiled(template, values)

    said = [parameter for component in sent for parameter in component["parameters"]]
    assert len(said) == len(values)
    assert all(component["parameters"] for component in sent)
    body: dict[str, Any] = next((c for c in sent if c["type"] == "body"), {"parameters": []})
    expected = [values[f"body.{name}"] for name in template.body_names]
    assert [each["text"] for each in body["parameters"]] == expected
    assert [("parameter_name" in each) for each in body["parameters"]] == [
        template.parameter_format == ParameterFormat.NAMED
    ] * len(expected)


@pace
@given(st.data())
def test_a_missing_value_never_compiles_and_a_shown_value_is_in_the_preview(data: st.DataObject) -> None:
    template = data.draw(sound_templates())
    values = values_for(data.draw, template)
    shown = in_one_text(preview(template, values))

    for field in form_of(template):
        without = {key: value for key, value in values.items() if key != field.key}
        missing = [
            each.path for each in parameter_issues(template, without) if each.code == "parameter_missing"
        ]
        assert missing == ([field.key] if field.is_required else [])
    for name in template.body_names:
        assert values[f"body.{name}"] in shown


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["{{1}}", "BODY", "TEXT"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "format", "example", "buttons", "body_text", "header_handle", "url"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pace
@given(st.lists(ANYTHING, max_size=4), st.sampled_from([None, *TemplateCategory]))
def test_whatever_meta_lists_can_be_read_judged_and_shown(
    components: list[Any], category: TemplateCategory | None
) -> None:
    read = of_components(components, name="x", language="pt_BR", category=category)

    assert loaded(dumped(read), name="x", language="pt_BR", category=category) == read
    assert all(each.message for each in issues_of(read))
    assert isinstance(in_one_text(preview(read)), str)
    assert form_of(read) is not None


@pace
@given(sound_templates(), st.integers(0, 3))
def test_what_stands_at_an_edge_is_always_found(template: Definition, spaces: int) -> None:
    gap = " " * spaces
    first = replace(template, body_text=gap + "{{1}}" + gap + template.body_text)
    last = replace(template, body_text=template.body_text + gap + "{{1}}" + gap)

    assert "variable_at_start" in {each.code for each in issues_of(first)}
    assert "variable_at_end" in {each.code for each in issues_of(last)}


@pace
@given(st.text(alphabet="{}1a ", max_size=20))
def test_a_text_is_filled_without_leaving_anything_but_unknown_marks(text: str) -> None:
    template = Definition("x", "pt_BR", TemplateCategory.UTILITY, text)

    shown = preview(template, {f"body.{name}": "V" for name in template.body_names})["body"]

    assert MARK.sub("V", text) == shown
    assert ButtonType.OTP not in {each.type for each in template.buttons}
