"""Templates over Graph: `/{waba_id}/message_templates` and `/{template_id}`."""

import base64
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from simulator.graph.calls import Call, endpoint
from simulator.graph.errors import malformed, missing_object, required_parameter
from simulator.graph.template_refusal import refused
from simulator.graph.template_rules import (
    MANY_TEMPLATES,
    NAME_EXISTS,
    NOT_EDITABLE,
    TypeBehind,
    check_components,
    check_names,
)
from simulator.templates import Template, category_for

Json = dict[str, Any]

TEMPLATES_MOST = 250
PAGE, PAGE_MOST = 25, 1000
DAY, MONTH, EDITS_IN_A_MONTH = 86400.0, 30 * 86400.0, 10

_DEFAULT = "name,parameter_format,components,language,status,category,id"
_EDITABLE = frozenset({"APPROVED", "REJECTED", "PAUSED"})
_LANGUAGES = {"pt_BR": "Portuguese (BR)", "en_US": "English (US)", "es": "Spanish", "en": "English"}


def add_routes(app: web.Application, prefix: str) -> None:
    path = prefix + "/{node}/message_templates"
    app.router.add_get(path, endpoint("message_templates", list_templates))
    app.router.add_post(path, endpoint("message_templates", create_template))
    app.router.add_delete(path, endpoint("message_templates", delete_templates))


async def list_templates(call: Call) -> Json:
    waba, query = call.waba(), call.request.query
    found = [each for each in call.world.templates.of(waba.waba_id) if _is_wanted(each, query)]
    ids = [each.id for each in found]
    begin = ids.index(after) + 1 if (after := _uncursor(query.get("after"))) in ids else 0
    if (before := _uncursor(query.get("before"))) in ids:
        begin = max(0, ids.index(before) - _limit(query))
    shown = found[begin : begin + _limit(query)]
    answer: Json = {"data": [described(each, query.get("fields") or _DEFAULT) for each in shown]}
    if "summary" in query:
        answer["summary"] = {
            "total_count": len(found),
            "message_template_count": len(call.world.templates.of(waba.waba_id)),
            "message_template_limit": TEMPLATES_MOST,
            "are_translations_complete": True,
        }
    if shown:
        answer["paging"] = _paging(call, shown, has_more=begin + len(shown) < len(found), has_less=begin > 0)
    return answer


def _is_wanted(template: Template, query: Any) -> bool:
    wanted = query.get("name_or_content", "")
    return all(
        query.get(name) in (None, getattr(template, name))
        for name in ("status", "name", "language", "category", "quality_score")
    ) and (wanted in template.name or wanted in template.text_of("BODY"))


def _limit(query: Any) -> int:
    said = query.get("limit", str(PAGE))
    if not said.isdecimal() or not 0 < int(said) <= PAGE_MOST:
        raise malformed("limit must be a number from 1 to 1000.")
    return int(said)


def _paging(call: Call, shown: list[Template], *, has_more: bool, has_less: bool) -> Json:
    cursors = {"before": _cursor(shown[0].id), "after": _cursor(shown[-1].id)}
    paging: Json = {"cursors": cursors}
    kept = {k: v for k, v in call.request.query.items() if k not in {"after", "before", "access_token"}}
    address = str(call.request.url.with_query(None))
    if has_more:
        paging["next"] = f"{address}?{urlencode({**kept, 'after': cursors['after']})}"
    if has_less:
        paging["previous"] = f"{address}?{urlencode({**kept, 'before': cursors['before']})}"
    return paging


def _cursor(identity: str) -> str:
    return base64.urlsafe_b64encode(identity.encode()).decode()


def _uncursor(cursor: str | None) -> str | None:
    try:
        return base64.urlsafe_b64decode(cursor).decode() if cursor else None
    except ValueError:
        raise malformed("The cursor is not one of ours.") from None


def described(template: Template, fields: str) -> Json:
    """The fields that were asked for; the id comes always."""
    known: Json = {
        "name": template.name,
        "parameter_format": template.parameter_format,
        "components": template.components,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "id": template.id,
        "quality_score": {"score": template.quality_score, "date": template.quality_at},
        "rejected_reason": template.rejected_reason,
        "previous_category": template.previous_category,
        "correct_category": template.correct_category,
    }
    asked = {each.strip() for each in fields.split(",")} | {"id"}
    return {name: value for name, value in known.items() if name in asked and value is not None}


def _type_behind(call: Call) -> TypeBehind:
    """Only what the same app has uploaded."""
    app = call.world.accounts.app_of_token(call.token)

    def type_behind(handle: str) -> str | None:
        upload = call.world.uploads.behind(handle)
        return upload.file_type if upload and app and upload.app_id == app.app_id else None

    return type_behind


async def create_template(call: Call) -> Json:
    waba, body = call.waba(), await call.body()
    check_names(body)
    parameter_format = str(body.get("parameter_format", "POSITIONAL"))
    if call.world.templates.find(waba.waba_id, body["name"], body["language"]):
        language = _LANGUAGES.get(body["language"], body["language"])
        raise refused(
            NAME_EXISTS,
            "Content in This Language Already Exists",
            f"There is already {language} content for this template. You can create a new template and try "
            "again.",
        )
    components = check_components(
        body.get("components"), body["category"], parameter_format, _type_behind(call)
    )
    if len(call.world.templates.of(waba.waba_id)) >= TEMPLATES_MOST:
        raise refused(MANY_TEMPLATES, "Template limit", "The account has as many templates as it may have.")
    category = category_for(body["category"], components)
    template = Template(
        waba.waba_id, body["name"], body["language"], category, _worded(components, body), parameter_format
    )
    call.world.keep_template(template)
    call.simulator.reviewing.begin(template)
    call.world.journal.add("template.created", template=template.id, name=template.name, category=category)
    return {"id": template.id, "status": template.status, "category": template.category}


def _worded(components: list[Json], body: Json) -> list[Json]:
    """Meta writes the words of an authentication template."""
    if body["category"] != "AUTHENTICATION":
        return components
    return [
        {**each, "text": "*{{1}}* is your verification code.", "example": {"body_text": [["123456"]]}}
        if each.get("type") == "BODY"
        else each
        for each in components
    ]


async def edit_template(call: Call) -> Json:
    template = _template(call)
    body = await call.body()
    now = call.world.clock.now()
    if template.status not in _EDITABLE:
        raise refused(NOT_EDITABLE, "Template cannot be edited", f"It is {template.status}.")
    if template.status == "APPROVED":
        if "category" in body:
            raise refused(None, "Category cannot be changed", "An approved template keeps its category.")
        recent = [at for at in template.edited_at if at > now - MONTH]
        if len(recent) >= EDITS_IN_A_MONTH or any(at > now - DAY for at in recent):
            raise refused(
                NOT_EDITABLE,
                "Edit limit",
                "An approved template can be edited once in 24 hours and ten times in 30 days.",
            )
        template.edited_at = [*recent, now]
    if "components" in body:
        category = str(body.get("category", template.category))
        checked = check_components(
            body["components"], category, template.parameter_format, _type_behind(call)
        )
        template.components = _worded(checked, {"category": category})
    template.category = str(body.get("category", template.category))
    call.simulator.reviewing.begin(template)
    return {"success": True}


async def delete_templates(call: Call) -> Json:
    """All languages of a name, or one by `hsm_id` and name."""
    waba, query = call.waba(), call.request.query
    name, identity = query.get("name"), query.get("hsm_id")
    if not name:
        raise required_parameter("name")
    chosen = [
        each
        for each in call.world.templates.of(waba.waba_id)
        if each.name == name and identity in (None, each.id)
    ]
    if not chosen:
        raise refused(2593002, "Template not found", "The message template does not exist.")
    if any(each.status == "DISABLED" for each in chosen):
        raise refused(None, "Template is disabled", "A disabled template cannot be deleted.")
    for template in chosen:
        call.world.forget_template(template)
        call.world.journal.add("template.deleted", template=template.id, name=template.name)
    return {"success": True}


def _template(call: Call) -> Template:
    template = call.world.templates.by_id.get(call.node)
    if template is None or not call.world.accounts.token_reaches_waba(call.token, template.waba_id):
        raise missing_object(call.node, call.request.method)
    return template


async def read_template(call: Call) -> Json:
    return described(_template(call), call.request.query.get("fields") or _DEFAULT)
