"""The list of conversations: newest first, page by page, and only one's own."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from pytake.conversations import reading
from pytake.conversations.schemas import ConversationCounts
from pytake.runtime import Runtime
from tests.factories import (
    Somebody,
    a_contact,
    a_conversation,
    a_message,
    a_number,
    somebody,
)


@pytest.fixture
async def user(runtime: Runtime) -> Somebody:
    return await somebody(runtime)


async def _list(client: AsyncClient, user: Somebody, **params: Any) -> Any:
    answer = await client.get("/api/v1/conversations", params=params, headers=user.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_conversation_is_shown_with_whom_on_which_number_and_what_was_said_last(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    async with runtime.work(user.organization_id) as work:
        contact, number = await a_contact(work, name="João da Silva"), await a_number(work)
        talk = await a_conversation(work, contact_id=contact, number_id=number, window=timedelta(hours=3))
        await a_message(work, talk, "Bom dia!", created_at=work.now - timedelta(minutes=2))
        last = await a_message(work, talk, "Quero 12 pães " + "x" * 200, direction="outbound")

    (shown,) = (await _list(client, user))["items"]

    assert shown["id"] == str(talk)
    assert shown["contact"] == {
        "id": str(contact),
        "name": "João da Silva",
        "whatsapp_name": "João",
        "phone": shown["contact"]["phone"],
        "username": None,
        "is_group": False,
    }
    assert shown["whatsapp_number"]["id"] == str(number)
    assert shown["last_message"] == {
        "id": str(last),
        "direction": "outbound",
        "sender_type": "bot",
        "type": "text",
        "preview": ("Quero 12 pães " + "x" * 200)[:160],
        "status": "pending",
        "created_at": shown["last_message_at"],
    }
    assert (shown["message_count"], shown["status"], shown["is_bot_active"]) == (2, "open", True)
    assert shown["can_send_free_form"] is True
    single = await client.get(f"/api/v1/conversations/{talk}", headers=user.headers)
    assert single.json() == shown


PREVIEWS: list[tuple[dict[str, Any], str | None]] = [
    ({"caption": "o bolo", "media_id": "1"}, "o bolo"),
    ({"media_id": "1", "filename": "lista.pdf"}, "lista.pdf"),
    ({"emoji": "👍", "message_id": "x"}, "👍"),
    ({"name": "boas_vindas", "language": "pt_BR", "components": []}, "boas_vindas"),
    ({"media_id": "1"}, None),
    ({"text": None, "buttons": []}, None),
    ({"text": {"not": "text"}}, '{"not": "text"}'),
]


async def test_a_message_without_text_is_previewed_by_its_words(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    async with runtime.work(user.organization_id) as work:
        expected = {}
        for content, preview in PREVIEWS:
            expected[str(await a_message(work, await a_conversation(work), content=content))] = preview

    shown = [item["last_message"] for item in (await _list(client, user))["items"]]

    assert {message["id"]: message["preview"] for message in shown} == expected


async def test_a_closed_window_closes_free_text(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    async with runtime.work(user.organization_id) as work:
        await a_conversation(work, window=timedelta(seconds=-1))
        await a_conversation(work, window=None)
        await work.execute("UPDATE conversations SET can_send_free_form = true")

    shown = (await _list(client, user))["items"]

    assert [item["can_send_free_form"] for item in shown] == [False, False]


async def test_pages_follow_each_other_without_gap_or_double(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    """Also where many have the same time, as all of a batch do."""
    async with runtime.work(user.organization_id) as work:
        number = await a_number(work)
        made = [
            await a_conversation(
                work, number_id=number, last_message_at=work.now - timedelta(seconds=place // 4)
            )
            for place in range(23)
        ]
        rows = await work.fetch("SELECT id FROM conversations ORDER BY last_message_at DESC, id DESC")
    expected = [str(row["id"]) for row in rows]
    assert len(expected) == len(made)

    for limit in (1, 4, 5, 23, 100):
        seen, cursor = [], None
        while True:
            page = await _list(client, user, limit=limit, **({"cursor": cursor} if cursor else {}))
            assert len(page["items"]) <= limit
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert seen == expected


async def test_live_and_resolved_are_told_apart(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    states = ("waiting_in_queue", "open", "pending", "assigned", "resolved", "closed")
    async with runtime.work(user.organization_id) as work:
        ids = {str(await a_conversation(work, status=state)): state for state in states}

    async def shown(**params: str) -> set[str]:
        return {ids[item["id"]] for item in (await _list(client, user, **params))["items"]}

    assert await shown() == await shown(status="live") == set(states[:4])
    assert await shown(status="resolved") == set(states[4:])
    assert await shown(status="all") == set(states)


async def test_whoever_is_looked_for_is_found_page_by_page(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    """Among all of them, also the oldest: by any part of a name, whatever its accents, or by the phone."""
    async with runtime.work(user.organization_id) as work:
        number = await a_number(work)
        old, closed = [
            await a_conversation(
                work,
                contact_id=await a_contact(work, name=name),
                number_id=number,
                status=status,
                last_message_at=work.now - timedelta(days=days),
            )
            for name, status, days in (("Íris Conceição", "open", 900), ("Iris Prado", "closed", 901))
        ]
        phone = await work.fetch("SELECT phone FROM contacts WHERE name = 'Iris Prado'")
        for _ in range(7):
            await a_conversation(work, contact_id=await a_contact(work, name="Bia"), number_id=number)

    async def found(q: str, **params: Any) -> list[str]:
        return [item["id"] for item in (await _list(client, user, q=q, **params))["items"]]

    assert await found("iris") == [str(old)]
    assert await found("CONCEICAO") == [str(old)]
    assert await found("iris", status="all") == [str(old), str(closed)]
    assert await found(phone[0]["phone"][3:], status="all") == [str(closed)]
    assert await found("nobody like that") == []
    assert len(await found("  ")) == 8
    first = await _list(client, user, q="iris", status="all", limit=1)
    second = await _list(client, user, q="iris", status="all", limit=1, cursor=first["next"])
    assert [item["id"] for item in (*first["items"], *second["items"])] == [str(old), str(closed)]
    assert second["next"] is None


async def test_each_list_s_conversations_are_counted(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    stranger = await somebody(runtime)
    async with runtime.work(stranger.organization_id) as work:
        await a_conversation(work, status="open")
    async with runtime.work(user.organization_id) as work:
        for state in ("open", "open", "pending", "closed"):
            await a_conversation(work, status=state)
        silent = await a_conversation(work, status="resolved")
        await work.execute("UPDATE conversations SET last_message_at = NULL WHERE id = $1", silent)

    counted = await _counted(client, user)

    assert counted["by_filter"] == {"live": _exactly(3), "resolved": _exactly(1), "all": _exactly(4)}
    assert {status: told["count"] for status, told in counted["by_status"].items()} == {
        "waiting_in_queue": 0,
        "open": 2,
        "pending": 1,
        "assigned": 0,
        "resolved": 0,
        "closed": 1,
    }
    for listed, told in counted["by_filter"].items():
        assert len((await _list(client, user, status=listed))["items"]) == told["count"]


async def test_what_is_too_many_to_count_is_said_to_be_more(
    client: AsyncClient, runtime: Runtime, user: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_COUNTED", 2)
    async with runtime.work(user.organization_id) as work:
        for state in ("open", "open", "open", "pending", "resolved", "resolved"):
            await a_conversation(work, status=state)

    counted = await _counted(client, user)

    assert counted["by_status"]["open"] == {"count": 2, "is_exact": False}
    assert counted["by_status"]["resolved"] == _exactly(2)
    assert counted["by_filter"]["live"] == {"count": 3, "is_exact": False}
    assert counted["by_filter"]["resolved"] == _exactly(2)
    assert counted["by_filter"]["all"] == {"count": 5, "is_exact": False}


async def _counted(client: AsyncClient, user: Somebody) -> Any:
    answer = await client.get("/api/v1/conversations/counts", headers=user.headers)
    assert answer.status_code == 200, answer.text
    return ConversationCounts.model_validate(answer.json()).model_dump(mode="json")


def _exactly(count: int) -> dict[str, Any]:
    return {"count": count, "is_exact": True}


async def test_nobody_sees_another_organization_s_conversations(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    stranger = await somebody(runtime)
    async with runtime.work(stranger.organization_id) as work:
        theirs = await a_conversation(work)
        await a_message(work, theirs)

    assert await _list(client, user, status="all") == {"items": [], "next": None}
    assert await _list(client, user, status="all", q="joão") == {"items": [], "next": None}
    for path in ("/api/v1/conversations/{}", "/api/v1/conversations/{}/messages"):
        other = await client.get(path.format(theirs), headers=user.headers)
        random = await client.get(path.format(uuid4()), headers=user.headers)
        assert (other.status_code, other.json()) == (random.status_code, random.json())
        assert other.status_code == 404
        mine = await client.get(path.format(theirs), headers=stranger.headers)
        assert mine.status_code == 200


NOT_VALID: list[dict[str, Any]] = [
    {"limit": 0},
    {"limit": 101},
    {"limit": "many"},
    {"status": "deleted"},
    {"q": "x" * 256},
    {"q": "a\x00"},
    {"cursor": "nonsense"},
    {"cursor": "1-xyz"},
    {"cursor": "z" * 30 + "-" + UUID(int=1).hex},
    {"cursor": "-5-" + UUID(int=1).hex},
    {"cursor": "'; DROP TABLE conversations; --"},
    {"cursor": "0" * 65},
]


async def test_what_cannot_be_asked_is_not_valid(client: AsyncClient, user: Somebody) -> None:
    for params in NOT_VALID:
        answer = await client.get("/api/v1/conversations", params=params, headers=user.headers)

        assert answer.status_code == 422
        assert answer.json()["error"]["code"] in {"invalid", "invalid_cursor"}


async def test_a_form_that_came_back_is_named_and_not_previewed(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    """Its text is a word of WhatsApp's, whatever language the reader has."""
    answers = {"text": "Sent", "form": {"nome": "Ana"}, "name": "flow"}
    asked = {"text": "Em 1 minuto", "form": {"flow_cta": "Começar"}}
    async with runtime.work(user.organization_id) as work:
        for direction, content in (("inbound", answers), ("outbound", asked)):
            talk = await a_conversation(work)
            await a_message(work, talk, direction=direction, type_="interactive", content=content)

    shown = [item["last_message"] for item in (await _list(client, user))["items"]]

    assert {(last["type"], last["preview"]) for last in shown} == {
        ("form", None),
        ("interactive", "Em 1 minuto"),
    }


async def test_free_hours_are_told_beside_the_window(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    async with runtime.work(user.organization_id) as work:
        talks = [await a_conversation(work, window=None) for _ in range(3)]
        for talk, answered in ((talks[0], True), (talks[1], False)):
            await work.execute(
                """
                INSERT INTO free_entry_points (organization_id, contact_id, whatsapp_number_id, entered_at,
                                               answered_at, expires_at)
                SELECT $1, contact_id, whatsapp_number_id, now(), CASE WHEN $3 THEN now() END,
                       CASE WHEN $3 THEN now() + interval '72 hours' END
                FROM conversations WHERE id = $2
                """,
                user.organization_id,
                talk,
                answered,
            )

    told = {
        item["id"]: (item["free_entry_expires_at"], item["free_entry_answer_by"], item["can_send_free_form"])
        for item in (await _list(client, user))["items"]
    }

    open_, waiting, neither = (told[str(talk)] for talk in talks)
    assert open_[0]
    assert open_[1:] == (None, False)
    assert waiting[0] is None
    assert waiting[1]
    assert neither == (None, None, False)
