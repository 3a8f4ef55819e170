"""Webhooks about templates: each of the corpus, twice, in any order, and of accounts that are not ours."""

import json
import random
from collections.abc import Sequence
from typing import Any

import pytest

from pytake.adapters.meta import webhook
from pytake.ports.whatsapp import AccountChanged
from pytake.ports.whatsapp_templates import CreatedTemplate
from pytake.whatsapp.templates import repository
from pytake.whatsapp.templates.service import calling, news, records
from simulator.templates import Template
from simulator.testing import WABA_ID
from tests.templates.conftest import Office
from tests.templates.corpus import OPEN

Json = dict[str, Any]


def payload(name: str, at: int | None = None, **changes: Any) -> AccountChanged:
    body = json.loads((OPEN / f"account-template-{name}.json").read_text())
    entry = body["entry"][0]
    entry["time"] = at or entry["time"]
    entry["changes"][0]["value"] |= changes
    (item,) = webhook.read(json.dumps(body).encode())
    assert isinstance(item, AccountChanged)
    return item


def status(event: str, at: int, **more: Any) -> AccountChanged:
    return payload("approved", at, event=event, **more)


async def hear(office: Office, items: Sequence[AccountChanged]) -> None:
    async with office.runtime.work(office.organization_id) as work:
        await news.apply(work, items)


@pytest.fixture
async def heard(office: Office) -> dict[str, Any]:
    """The templates that the corpus speaks of, as they stand before."""
    office.give_meta("confirma_agenda", "promo_relampago")
    office.sim.simulator.world.keep_template(
        Template(
            WABA_ID,
            "aviso_conta",
            "pt_BR",
            "UTILITY",
            [{"type": "BODY", "text": "Sua conta chegou."}],
            id="9900112233445503",
            status="APPROVED",
            quality_score="GREEN",
        )
    )
    for name in ("confirma_agenda", "promo_relampago"):
        office.remote(name).status = "PENDING"
    await office.synced()
    async with office.runtime.work(office.organization_id) as work:
        await work.execute(
            """
            UPDATE whatsapp_templates SET status_told_at = NULL, category_told_at = NULL,
                                          quality_told_at = NULL, components_told_at = NULL
            """
        )
    return {each["name"]: each for each in (await office.ask("GET"))["items"]}


@pytest.mark.parametrize(
    ("name", "template", "expected"),
    [
        ("approved", "confirma_agenda", {"meta_status": "APPROVED", "rejection_reason": None}),
        (
            "rejected",
            "promo_relampago",
            {
                "meta_status": "REJECTED",
                "rejection_reason": "INVALID_FORMAT: Parameters are placed next to each other. "
                "Put text between the parameters.",
            },
        ),
        (
            "paused",
            "promo_relampago",
            {
                "meta_status": "PAUSED",
                "rejection_reason": "Your template has been paused for 3 hours because it has low quality.",
            },
        ),
        ("disabled", "promo_relampago", {"meta_status": "DISABLED", "rejection_reason": None}),
        (
            "category-impending",
            "aviso_conta",
            {
                "category": "UTILITY",
                "correct_category": "MARKETING",
                "category_changes_at": "2026-11-02T00:00:00Z",
            },
        ),
        (
            "category-changed",
            "aviso_conta",
            {"category": "MARKETING", "previous_category": "UTILITY", "correct_category": None},
        ),
        ("quality", "aviso_conta", {"quality_score": {"score": "YELLOW", "date": 1793491500}}),
        ("components", "confirma_agenda", {}),
    ],
)
async def test_each_is_applied_once(
    office: Office, heard: dict[str, Any], name: str, template: str, expected: Json
) -> None:
    known = await office.history(heard[template])

    await hear(office, [payload(name)])
    await hear(office, [payload(name), payload(name)])

    after = await office.read(heard[template])
    assert {key: after[key] for key in expected} == expected
    assert len(await office.history(after)) == len(known) + 1
    if name == "components":
        assert after["preview"]["body"] == "Olá Maria, confirma amanhã às 9h? Obrigado."
        assert after["content"]["footer_text"] == "Clínica Modelo"
        assert after["content"]["header_type"] == "IMAGE"
        assert len(after["content"]["buttons"]) == 2


async def test_the_order_they_come_in_does_not_matter(office: Office, heard: dict[str, Any]) -> None:
    begin = 1793491500
    items = [
        status("APPROVED", begin),
        status("PAUSED", begin + 10),
        status("REINSTATED", begin + 20),
        status("DISABLED", begin + 30),
    ]
    for seed in range(6):
        shuffled = list(items)
        random.Random(seed).shuffle(shuffled)
        async with office.runtime.work(office.organization_id) as work:
            await work.execute("DELETE FROM whatsapp_template_history")
            await work.execute("UPDATE whatsapp_templates SET status_told_at = NULL, meta_status = 'PENDING'")
        for item in shuffled:
            await hear(office, [item])

        assert (await office.read(heard["confirma_agenda"]))["meta_status"] == "DISABLED", seed
        assert [value for _, value in await office.history(heard["confirma_agenda"])] == [
            "APPROVED",
            "PAUSED",
            "REINSTATED",
            "DISABLED",
        ]


async def test_a_word_that_is_not_known_is_kept_and_changes_nothing(
    office: Office, heard: dict[str, Any]
) -> None:
    await hear(office, [status("TELEPORTED", 1793491500), status("REINSTATED", 1793491600)])

    after = await office.read(heard["confirma_agenda"])
    assert after["meta_status"] == "APPROVED"
    assert {value for _, value in await office.history(after)} >= {"TELEPORTED", "REINSTATED"}


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(
    "changes",
    [
        {"message_template_id": 1, "message_template_name": "nobody"},
        {"message_template_id": None, "message_template_name": None, "event": None},
    ],
)
async def test_news_of_a_template_nobody_knows_have_the_account_read(office: Office, changes: Json) -> None:
    await hear(office, [payload("approved", **changes)])

    (sync,) = (await office.ask("GET", "/sync"))["items"]
    assert sync["state"] == "wanted"


async def test_a_template_is_found_by_its_name_too_however_the_language_is_written(
    office: Office, heard: dict[str, Any]
) -> None:
    await hear(office, [payload("approved", message_template_id=None, message_template_language="pt-BR")])

    assert (await office.read(heard["confirma_agenda"]))["meta_status"] == "APPROVED"


async def test_news_of_an_account_that_is_not_ours_are_let_go(office: Office, heard: dict[str, Any]) -> None:
    body = json.loads((OPEN / "account-template-approved.json").read_text())
    body["entry"][0]["id"] = "1"
    (item,) = webhook.read(json.dumps(body).encode())
    assert isinstance(item, AccountChanged)

    await hear(office, [item])

    assert (await office.read(heard["confirma_agenda"]))["meta_status"] == "PENDING"


async def test_a_decision_that_comes_before_the_answer_is_not_lost(office: Office) -> None:
    """Meta decides at once, and its webhook is quicker than its answer."""
    draft = await office.draft()
    await office.ask("POST", f"/{draft['id']}/submit", expects=202)
    async with office.runtime.work(office.organization_id) as work:
        claimed = await repository.claim_call(work, calling.STALE)
    assert claimed is not None
    at = int(claimed["call_started_at"].timestamp())

    await hear(office, [payload("approved", at, message_template_name="lembrete")])
    async with office.runtime.work(office.organization_id) as work:
        row = await repository.lock(work, claimed["id"])
        assert row is not None
        answer = CreatedTemplate("9900112233445501", "PENDING", "UTILITY")
        await records.created(claimed, answer, calling.creation(claimed))(work, row)

    after = await office.read(draft)
    assert (after["meta_status"], after["meta_template_id"]) == ("APPROVED", "9900112233445501")
    assert (after["call"], after["has_changes"]) == (None, False)
