"""Drafts, submitting, changing, copying and deleting: what Meta is asked, and what is known of its answer."""

from typing import Any

import pytest

from simulator.testing import WABA_ID
from tests.templates.conftest import CONTENT, Office

Json = dict[str, Any]


async def test_a_draft_is_here_alone_and_may_be_wrong(office: Office) -> None:
    draft = await office.draft(content={"body_text": "{{1}} bom dia"})

    assert (draft["meta_status"], draft["meta_template_id"], draft["has_changes"]) == ("DRAFT", None, True)
    assert {each["code"] for each in draft["issues"]} == {"variable_at_start", "sample_required"}
    assert office.sim.simulator.world.templates.by_id == {}
    refused = await office.ask("POST", f"/{draft['id']}/submit", expects=422)
    assert refused["error"]["code"] == "template_invalid"
    assert [each["path"] for each in refused["error"]["details"]["issues"]] == [
        "variables.body.1",
        "body_text",
    ]


async def test_a_template_is_submitted_and_meta_has_what_was_written(office: Office) -> None:
    template = await office.submitted()

    remote = office.remote("lembrete")
    assert (template["meta_status"], template["meta_template_id"]) == ("PENDING", remote.id)
    assert (template["has_changes"], template["sync_status"], template["call"]) == (False, "synced", None)
    assert remote.components == [
        {
            "type": "BODY",
            "text": CONTENT["body_text"],
            "example": {"body_text": [["Maria", "9h"]]},
        }
    ]
    assert template["preview"]["body"] == "Olá Maria, sua consulta é às 9h de amanhã."
    assert [field["key"] for field in template["form"]] == ["body.1", "body.2"]
    assert await office.history(template) == [("submitted", None), ("status", "PENDING")]


async def test_meta_s_category_is_the_one_that_counts(office: Office) -> None:
    template = await office.submitted(content={"body_text": "Promoção: 20% em toda a loja hoje."})

    assert (template["category"], template["previous_category"]) == ("MARKETING", "UTILITY")
    assert ("category", "MARKETING") in await office.history(template)


async def test_meta_s_refusal_is_told_in_its_words_and_the_draft_can_be_mended(office: Office) -> None:
    office.give_meta("confirma_agenda")

    refused = await office.submitted("confirma_agenda")

    assert (refused["meta_status"], refused["sync_status"], refused["has_changes"]) == (
        "DRAFT",
        "error",
        True,
    )
    assert refused["refusal"] == {
        "call": "create",
        "title": "Content in This Language Already Exists",
        "message": "There is already Portuguese (BR) content for this template. "
        "You can create a new template and try again.",
        "code": 100,
        "subcode": 2388024,
    }
    assert refused["sync_error"].startswith("Content in This Language Already Exists: There is already")
    await office.ask("PATCH", f"/{refused['id']}", json={"name": "confirma_outra"})
    await office.ask("POST", f"/{refused['id']}/submit", expects=202)
    await office.work_off()
    mended = await office.read(refused)
    assert (mended["meta_status"], mended["refusal"], mended["sync_error"]) == ("PENDING", None, None)


@pytest.mark.parametrize("state", ["unknown", "calling"])
async def test_a_lost_answer_is_settled_by_asking_what_meta_has(office: Office, state: str) -> None:
    """The template is there and nobody has told us: the answer was lost, or our process died."""
    draft = await office.draft()
    await office.ask("POST", f"/{draft['id']}/submit", expects=202)
    async with office.runtime.work(office.organization_id) as work:
        await work.execute("UPDATE whatsapp_templates SET call_state = $1, call_tries = 1", state)
    office.give_meta("confirma_agenda")
    remote = office.remote("confirma_agenda")
    remote.name, remote.status = "lembrete", "APPROVED"

    await office.work_off()

    found = await office.read(draft)
    assert (found["meta_status"], found["meta_template_id"]) == ("APPROVED", remote.id)
    assert (found["call"], found["has_changes"]) == (None, False)
    assert len(office.sim.simulator.world.templates.by_id) == 1


async def test_a_lost_call_that_meta_never_got_is_made_again(office: Office) -> None:
    draft = await office.draft()
    await office.ask("POST", f"/{draft['id']}/submit", expects=202)
    async with office.runtime.work(office.organization_id) as work:
        await work.execute("UPDATE whatsapp_templates SET call_state = 'unknown', call_tries = 1")

    await office.work_off()

    assert (await office.read(draft))["meta_template_id"] == office.remote("lembrete").id


async def test_meta_s_trouble_is_waited_out(office: Office) -> None:
    office.sim.fault("graph", "error", endpoint="message_templates", code=2, times=1)
    template = await office.submitted()
    assert (template["call"], template["call_state"], template["meta_status"]) == (
        "create",
        "pending",
        "DRAFT",
    )
    assert "unexpected error" in template["sync_error"]

    await office.make_due()

    assert (await office.read(template))["meta_status"] == "PENDING"


async def test_while_meta_is_asked_nothing_else_is_done(office: Office) -> None:
    draft = await office.draft()
    await office.ask("POST", f"/{draft['id']}/submit", expects=202)

    for method, path, body in (
        ("POST", "/submit", None),
        ("PATCH", "", {"content": CONTENT}),
        ("DELETE", "", None),
    ):
        refused = await office.ask(method, f"/{draft['id']}{path}", expects=409, json=body)
        assert refused["error"]["code"] == "template_busy"


async def test_an_approved_template_is_changed_once_a_day_and_stays_as_it_is_until_meta_took_it(
    office: Office,
) -> None:
    template = await office.submitted()
    office.remote("lembrete").status = "APPROVED"
    await office.synced()
    one = f"/{template['id']}"

    changed = await office.ask("PATCH", one, json={"content": {"body_text": "Até amanhã."}})
    assert (changed["has_changes"], changed["preview"]["body"]) == (True, "Até amanhã.")
    assert [field["key"] for field in changed["form"]] == ["body.1", "body.2"]
    refused = await office.ask("PATCH", one, expects=409, json={"category": "MARKETING"})
    assert refused["error"]["code"] == "template_category_fixed"
    refused = await office.ask("PATCH", one, expects=409, json={"name": "outro"})
    assert refused["error"]["code"] == "template_named"

    await office.ask("POST", f"{one}/submit", expects=202)
    await office.work_off()
    after = await office.read(template)
    assert (after["meta_status"], after["has_changes"], after["form"]) == ("PENDING", False, [])
    assert office.remote("lembrete").text_of("BODY") == "Até amanhã."

    refused = await office.ask("PATCH", one, expects=409, json={"content": CONTENT})
    assert refused["error"]["code"] == "template_not_editable"
    office.remote("lembrete").status = "APPROVED"
    await office.synced()
    await office.ask("PATCH", one, json={"content": CONTENT})
    refused = await office.ask("POST", f"{one}/submit", expects=409)
    assert refused["error"]["code"] == "template_edit_limit"
    discarded = await office.ask("DELETE", f"{one}/changes")
    assert (discarded["has_changes"], discarded["preview"]["body"]) == (False, "Até amanhã.")


async def test_a_rejected_template_is_changed_as_often_as_one_likes(office: Office) -> None:
    template = await office.submitted()
    for text in ("Até amanhã.", "Até depois."):
        office.remote("lembrete").status = "REJECTED"
        await office.synced()
        await office.ask("PATCH", f"/{template['id']}", json={"content": {"body_text": text}})
        await office.ask("POST", f"/{template['id']}/submit", expects=202)
        await office.work_off()

        assert office.remote("lembrete").text_of("BODY") == text


async def test_a_template_is_copied_to_another_language_with_all_it_has(office: Office) -> None:
    draft = await office.draft()

    copy = await office.ask("POST", f"/{draft['id']}/duplicate", expects=201, json={"language": "en_US"})

    assert (copy["name"], copy["language"], copy["meta_status"]) == ("lembrete", "en_US", "DRAFT")
    assert copy["content"] == draft["content"]
    taken = await office.ask("POST", f"/{draft['id']}/duplicate", expects=409, json={"language": "en_US"})
    assert taken["error"]["code"] == "template_exists"
    unknown = await office.ask("POST", f"/{draft['id']}/duplicate", expects=422, json={"language": "klingon"})
    assert unknown["error"]["details"]["fields"][0]["field"] == "body.language"


async def test_a_draft_is_deleted_at_once_and_its_name_is_free(office: Office) -> None:
    draft = await office.draft()

    await office.ask("DELETE", f"/{draft['id']}", expects=204)

    await office.ask("GET", f"/{draft['id']}", expects=404)
    assert (await office.draft())["name"] == "lembrete"


async def test_one_language_is_deleted_by_id_and_all_of_them_by_name(office: Office) -> None:
    first = await office.submitted()
    other = await office.submitted(language="en_US")
    third = await office.submitted(language="es")
    templates = office.sim.simulator.world.templates

    await office.ask("DELETE", f"/{first['id']}", expects=204)
    assert (await office.read(first))["call"] == "delete"
    await office.work_off()
    assert {each.language for each in templates.by_id.values()} == {"en_US", "es"}
    await office.ask("GET", f"/{first['id']}", expects=404)

    await office.ask("DELETE", f"/{other['id']}?all_languages=true", expects=204)
    await office.work_off()
    assert templates.of(WABA_ID) == []
    await office.ask("GET", f"/{third['id']}", expects=404)


async def test_a_template_that_meta_lost_already_can_be_deleted(office: Office) -> None:
    template = await office.submitted()
    office.sim.simulator.world.forget_template(office.remote("lembrete"))

    await office.ask("DELETE", f"/{template['id']}", expects=204)
    await office.work_off()

    await office.ask("GET", f"/{template['id']}", expects=404)


async def test_the_trail_tells_what_people_did(office: Office) -> None:
    template = await office.submitted()
    await office.ask("PATCH", f"/{template['id']}", json={"is_active": False})
    await office.ask("DELETE", f"/{template['id']}", expects=204)

    async with office.runtime.work(office.organization_id) as work:
        rows = await work.fetch(
            """
            SELECT action, resource_id, changes FROM audit_logs WHERE action LIKE 'template.%'
            ORDER BY sequence
            """
        )
    assert [row["action"] for row in rows] == [
        "template.created",
        "template.submitted",
        "template.updated",
        "template.deleted",
    ]
    assert {str(row["resource_id"]) for row in rows} == {template["id"]}
    assert rows[2]["changes"] == {"before": {"is_active": True}, "after": {"is_active": False}}


async def test_a_request_that_is_sent_again_submits_once(office: Office) -> None:
    draft = await office.draft()
    headers = {**office.boss.headers, "idempotency-key": "submit-lembrete-1"}

    answers = [
        await office.client.post(f"/api/v1/templates/{draft['id']}/submit", headers=headers) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[1].headers["idempotent-replayed"] == "true"
