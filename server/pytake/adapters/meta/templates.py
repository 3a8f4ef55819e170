"""Templates over the Graph API: the addresses, and Meta's lists read without trusting them."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit

from pytake.adapters.meta.lenient import array_of, object_of, text_of
from pytake.ports.whatsapp_templates import CreatedTemplate, Json, RemoteTemplate, TemplatePage

FIELDS = (
    "id,name,language,status,category,components,parameter_format,quality_score,rejected_reason,"
    "previous_category,correct_category"
)
PAGE = 100


def list_path(waba_id: str, after: str | None, name: str | None) -> str:
    asked = {"fields": FIELDS, "limit": str(PAGE)}
    asked |= {key: value for key, value in (("after", after), ("name", name)) if value}
    return f"{quote(waba_id, safe='')}/message_templates?{urlencode(asked, safe=',')}"


def create_path(waba_id: str) -> str:
    return f"{quote(waba_id, safe='')}/message_templates"


def delete_path(waba_id: str, name: str, template_id: str | None) -> str:
    asked = {"hsm_id": template_id, "name": name} if template_id else {"name": name}
    return f"{quote(waba_id, safe='')}/message_templates?{urlencode(asked)}"


def node_path(template_id: str, fields: str = "") -> str:
    return quote(template_id, safe="") + (f"?fields={fields}" if fields else "")


def page_of(answer: Json) -> TemplatePage:
    items = tuple(
        template_of(each)
        for each in array_of(answer.get("data"))
        if isinstance(each, dict) and each.get("id")
    )
    return TemplatePage(items, _after(object_of(answer.get("paging"))))


def _after(paging: Json) -> str | None:
    """The last page has a cursor, too: only `next` says that there is more."""
    following = text_of(paging.get("next"))
    if following is None:
        return None
    cursor = text_of(object_of(paging.get("cursors")).get("after"))
    return cursor or next(iter(parse_qs(urlsplit(following).query).get("after", ())), None)


def template_of(raw: Json) -> RemoteTemplate:
    return RemoteTemplate(
        id=text_of(raw.get("id")) or "",
        name=text_of(raw.get("name")) or "",
        language=text_of(raw.get("language")) or "",
        status=text_of(raw.get("status")),
        category=text_of(raw.get("category")),
        components=[each for each in array_of(raw.get("components")) if isinstance(each, dict)],
        parameter_format=text_of(raw.get("parameter_format")),
        quality_score=_quality(raw.get("quality_score")),
        rejected_reason=text_of(raw.get("rejected_reason")),
        previous_category=text_of(raw.get("previous_category")),
        correct_category=text_of(raw.get("correct_category")),
    )


def _quality(value: object) -> Json:
    if isinstance(value, dict):
        return value
    score = text_of(value)
    return {"score": score} if score else {}


def created_of(answer: Json) -> CreatedTemplate:
    return CreatedTemplate(
        text_of(answer.get("id")) or "", text_of(answer.get("status")), text_of(answer.get("category"))
    )
