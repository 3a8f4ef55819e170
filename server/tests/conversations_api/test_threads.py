"""The messages of a conversation: the newest page first, each page in reading order."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from pytake.runtime import Runtime
from tests.factories import Somebody, a_conversation, a_message, messages_of, somebody


@pytest.fixture
async def user(runtime: Runtime) -> Somebody:
    return await somebody(runtime)


async def test_a_message_is_shown_whole(client: AsyncClient, runtime: Runtime, user: Somebody) -> None:
    content = {"text": "Sim ou não?", "buttons": [{"id": "1", "title": "Sim"}]}
    async with runtime.work(user.organization_id) as work:
        talk = await a_conversation(work)
        message = await a_message(
            work,
            talk,
            direction="outbound",
            type_="button",
            content=content,
            status="failed",
            metadata={"flow": {"run_id": "1"}},
        )
        await work.execute(
            "UPDATE messages SET failed_at = now(), error_code = 131047, error_message = 'janela fechada'"
        )
        now = work.now.isoformat().replace("+00:00", "Z")

    answer = await client.get(f"/api/v1/conversations/{talk}/messages", headers=user.headers)

    assert answer.json() == {
        "items": [
            {
                "id": str(message),
                "conversation_id": str(talk),
                "direction": "outbound",
                "sender_type": "bot",
                "type": "button",
                "content": content,
                "status": "failed",
                "error_code": 131047,
                "error_message": "janela fechada",
                "metadata": {"flow": {"run_id": "1"}},
                "whatsapp_message_id": f"wamid.{message.hex}",
                "created_at": now,
                "sent_at": None,
                "delivered_at": None,
                "read_at": None,
                "failed_at": now,
                "media": None,
            }
        ],
        "next": None,
    }


async def test_pages_lead_back_in_time_without_gap_or_double(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    """Across months too, and where many messages have the same time."""
    async with runtime.work(user.organization_id) as work:
        talk = await a_conversation(work)
        for place in range(19):
            await a_message(work, talk, str(place), created_at=_moment(work.now, place))
        expected = [str(message_id) for message_id in await messages_of(work, talk)]

    for limit in (1, 3, 19, 100):
        pages: list[list[str]] = []
        cursor = None
        while True:
            shown = await _page(client, user, talk, limit=limit, cursor=cursor)
            pages.insert(0, [item["id"] for item in shown["items"]])
            cursor = shown["next"]
            if cursor is None:
                break
        assert [message_id for page in pages for message_id in page] == expected


def _moment(now: datetime, place: int) -> datetime:
    return now - timedelta(days=20 * (place // 5), seconds=place % 2)


async def _page(client: AsyncClient, user: Somebody, talk: Any, **params: Any) -> Any:
    answer = await client.get(
        f"/api/v1/conversations/{talk}/messages",
        params={name: value for name, value in params.items() if value is not None},
        headers=user.headers,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_conversation_without_messages_has_an_empty_page(
    client: AsyncClient, runtime: Runtime, user: Somebody
) -> None:
    async with runtime.work(user.organization_id) as work:
        talk = await a_conversation(work)

    assert await _page(client, user, talk) == {"items": [], "next": None}


async def test_what_is_no_id_is_not_valid(client: AsyncClient, user: Somebody) -> None:
    for address in ("not-an-id", "1", "%00", "' OR 1=1"):
        answer = await client.get(f"/api/v1/conversations/{address}/messages", headers=user.headers)

        assert answer.status_code == 422
