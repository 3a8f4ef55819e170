"""Answers are not checked against their models on the way out; here they are."""

import json

import pytest
from httpx import AsyncClient
from pydantic import BaseModel

from pytake.conversations.schemas import ConversationPage, ConversationRead, MessagePage
from pytake.runtime import Runtime
from tests.factories import a_conversation, a_message, somebody

ANSWERS: list[tuple[str, type[BaseModel]]] = [
    ("", ConversationPage),
    ("/{talk}", ConversationRead),
    ("/{talk}/messages", MessagePage),
]


@pytest.mark.parametrize(("path", "model"), ANSWERS)
async def test_every_answer_is_exactly_what_its_model_says(
    client: AsyncClient, runtime: Runtime, path: str, model: type[BaseModel]
) -> None:
    user = await somebody(runtime)
    async with runtime.work(user.organization_id) as work:
        await a_conversation(work)
        talk = await a_conversation(work)
        await a_message(work, talk, "Quero pão", metadata={"a": 1})
        await a_message(work, talk, content={"caption": None}, type_="image", direction="outbound")

    answer = await client.get(f"/api/v1/conversations{path.format(talk=talk)}", headers=user.headers)

    assert answer.headers["content-type"] == "application/json"
    assert json.loads(model.model_validate_json(answer.content).model_dump_json()) == answer.json()
