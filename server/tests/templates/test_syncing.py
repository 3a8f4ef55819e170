"""Reading an account's templates: every page, every field, what is new, changed and gone."""

import pytest

from pytake.identity.types import Role
from pytake.whatsapp.templates.service import using
from pytake.whatsapp.templates.service.using import Wish
from simulator.templates import Template
from simulator.testing import WABA_ID
from tests.factories import a_number, somebody
from tests.templates.conftest import TEMPLATES, Office
from tests.templates.corpus import listed


async def test_every_page_and_every_field_is_read(office: Office) -> None:
    office.give_meta("promo_relampago", "pedido_enviado", "confirma_agenda")
    rejected = office.remote("promo_relampago")
    rejected.rejected_reason, rejected.quality_score = "PROMOTIONAL", "YELLOW"
    for number in range(230):
        body = {"type": "BODY", "text": f"Aviso {number}."}
        template = Template(WABA_ID, f"aviso_{number}", "pt_BR", "UTILITY", [body], status="APPROVED")
        office.sim.simulator.world.keep_template(template)

    await office.synced()

    answer = await office.ask("GET", params={"search": "aviso_", "limit": 100})
    assert (len(answer["items"]), answer["next"] is not None) == (100, True)
    (sync,) = (await office.ask("GET", "/sync"))["items"]
    assert (sync["state"], sync["fetched"], sync["error"]) == ("idle", 233, None)
    assert sync["whatsapp_number_ids"] == [str(office.number_id)]
    (promotion,) = (await office.ask("GET", params={"search": "promo"}))["items"]
    assert (promotion["meta_status"], promotion["rejection_reason"]) == ("REJECTED", "PROMOTIONAL")
    assert (promotion["quality_score"]["score"], promotion["category"]) == ("YELLOW", "MARKETING")
    (agenda,) = (await office.ask("GET", params={"search": "confirma"}))["items"]
    assert agenda["content"]["buttons"][1]["url"] == "https://example.com/a/{{1}}"
    assert agenda["content"]["header_type"] == "IMAGE"
    (named,) = (await office.ask("GET", params={"search": "pedido_enviado"}))["items"]
    assert named["content"]["parameter_format"] == "NAMED"
    async with office.runtime.work(office.organization_id) as work:
        (row,) = await work.fetch("SELECT components FROM whatsapp_templates WHERE name = 'confirma_agenda'")
    assert row["components"] == listed()["confirma_agenda"]["components"]


async def test_reading_again_changes_nothing_and_tells_nothing(office: Office) -> None:
    office.give_meta("confirma_agenda")
    first = (await office.synced())["confirma_agenda"]

    again = (await office.synced())["confirma_agenda"]

    assert await office.history(again) == [("found", "APPROVED")]
    assert {**again, "last_synced_at": None, "updated_at": None} == {
        **first,
        "last_synced_at": None,
        "updated_at": None,
    }


async def test_what_changed_at_meta_is_taken_over(office: Office) -> None:
    office.give_meta("confirma_agenda")
    await office.synced()
    remote = office.remote("confirma_agenda")
    remote.status, remote.category, remote.quality_score = "PAUSED", "MARKETING", "RED"

    template = (await office.synced())["confirma_agenda"]

    assert (template["meta_status"], template["category"]) == ("PAUSED", "MARKETING")
    assert (template["previous_category"], template["quality_score"]["score"]) == ("UTILITY", "RED")
    assert (await office.history(template))[1:] == [
        ("status", "PAUSED"),
        ("category", "MARKETING"),
        ("quality", "RED"),
    ]


async def test_what_is_gone_is_marked_and_comes_back(office: Office) -> None:
    office.give_meta("confirma_agenda")
    await office.synced()
    remote = office.remote("confirma_agenda")
    office.sim.simulator.world.forget_template(remote)

    gone = (await office.synced())["confirma_agenda"]
    assert (gone["meta_status"], gone["missing_since"] is not None) == ("DELETED", True)
    assert (await office.history(gone))[-1] == ("missing", None)

    office.sim.simulator.world.keep_template(remote)
    back = (await office.synced())["confirma_agenda"]
    assert (back["meta_status"], back["missing_since"]) == ("APPROVED", None)


async def test_a_deleted_template_that_meta_still_lists_stays_deleted(office: Office) -> None:
    template = await office.submitted()
    await office.ask("DELETE", f"/{template['id']}", expects=204)
    remote = office.remote("lembrete")
    await office.work_off()
    remote.status = "PENDING_DELETION"
    office.sim.simulator.world.keep_template(remote)

    assert await office.synced() == {}


async def test_an_unsent_change_outlives_a_sync(office: Office) -> None:
    office.give_meta("confirma_agenda")
    template = (await office.synced())["confirma_agenda"]
    await office.ask("PATCH", f"/{template['id']}", json={"content": {"body_text": "Até amanhã."}})
    office.remote("confirma_agenda").status = "PAUSED"

    after = (await office.synced())["confirma_agenda"]

    assert (after["has_changes"], after["preview"]["body"], after["meta_status"]) == (
        True,
        "Até amanhã.",
        "PAUSED",
    )


async def test_trouble_is_told_and_tried_again_later(office: Office) -> None:
    office.sim.fault("graph", "error", endpoint="message_templates", code=190, times=1)

    await office.synced()

    (sync,) = (await office.ask("GET", "/sync"))["items"]
    assert sync["state"] == "idle"
    assert sync["error"].startswith("WhatsApp refused: ")
    await office.synced()
    assert (await office.ask("GET", "/sync"))["items"][0]["error"] is None


async def test_a_number_without_an_account_has_no_templates(office: Office) -> None:
    async with office.runtime.work(office.organization_id) as work:
        number_id = await a_number(work)

    body = {"whatsapp_number_id": str(number_id)}
    refused = await office.ask("POST", "/sync", expects=422, json=body)
    assert refused["error"]["code"] == "number_without_account"
    body["whatsapp_number_id"] = "00000000-0000-0000-0000-000000000007"
    refused = await office.ask("POST", "/sync", expects=422, json=body)
    assert refused["error"]["code"] == "unknown_reference"


async def test_the_list_is_filtered(office: Office) -> None:
    office.give_meta("promo_relampago", "pedido_enviado", "confirma_agenda")
    await office.synced()

    async def names(**query: str | list[str]) -> list[str]:
        return sorted(each["name"] for each in (await office.ask("GET", params=query))["items"])

    assert await names(status=["REJECTED", "PAUSED"]) == ["promo_relampago"]
    assert await names(category="UTILITY") == ["confirma_agenda", "pedido_enviado"]
    assert await names(search="CONSULTA") == ["confirma_agenda"]
    assert await names(usable="true", whatsapp_number_id=str(office.number_id)) == [
        "confirma_agenda",
        "pedido_enviado",
    ]
    (template,) = (await office.ask("GET", params={"search": "confirma"}))["items"]
    await office.ask("PATCH", f"/{template['id']}", json={"is_enabled_in_flows": False})
    assert await names(in_flows="true") == ["pedido_enviado"]
    await office.ask("PATCH", f"/{template['id']}", json={"is_active": False})
    assert await names(usable="true") == ["pedido_enviado"]


async def test_an_agent_sees_templates_and_changes_none(office: Office) -> None:
    draft = await office.draft()
    agent = await somebody(office.runtime, office.organization_id, role=Role.AGENT)

    listed_ = await office.client.get(TEMPLATES, headers=agent.headers)
    refused = await office.client.delete(f"{TEMPLATES}/{draft['id']}", headers=agent.headers)

    assert [each["name"] for each in listed_.json()["items"]] == ["lembrete"]
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "permission_missing")


@pytest.mark.parametrize(
    ("status", "changes", "code"),
    [
        ("APPROVED", {}, None),
        ("APPROVED", {"is_active": False}, "template_not_usable"),
        ("APPROVED", {"is_enabled_in_flows": False}, "template_not_usable"),
        ("PAUSED", {}, "template_not_usable"),
        ("REJECTED", {}, "template_not_usable"),
    ],
)
async def test_only_an_approved_and_active_template_is_used(
    office: Office, status: str, changes: dict[str, bool], code: str | None
) -> None:
    office.give_meta("pedido_enviado")
    office.remote("pedido_enviado").status = status
    template = (await office.synced())["pedido_enviado"]
    if changes:
        await office.ask("PATCH", f"/{template['id']}", json=changes)
    values = {"body.primeiro_nome": "Maria", "body.pedido": "1029"}
    named = {"name": "pedido_enviado", "language": "pt_BR"}

    async with office.runtime.work(office.organization_id) as work:
        wishes = [
            Wish(office.number_id, named, values, is_in_flow=True),
            Wish(office.number_id, {"template_id": template["id"]}, values, is_in_flow=True),
            Wish(office.number_id, {"name": "pedido_enviado", "language": "pt_PT"}, values),
            Wish(office.number_id, named, {}),
        ]
        by_name, by_id, unknown, incomplete = await using.contents(work, wishes)

    assert by_name == by_id if code is None else True
    assert getattr(by_name, "code", None) == code
    assert getattr(unknown, "code", None) == "template_unknown"
    if code is None:
        assert isinstance(by_name, dict)
        assert by_name["text"] == "Oi Maria, o pedido 1029 saiu para entrega."
        assert getattr(incomplete, "code", None) == "template_parameters_invalid"
