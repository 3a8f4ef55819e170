"""The two sides of a business: what it receives, and how it calls the Graph API."""

import hashlib
import hmac
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from simulator.testing import ACCESS_TOKEN, APP_SECRET, PHONE_NUMBER_ID, VERIFY_TOKEN

Json = dict[str, Any]
MARIA = "5511900000011"
OF_KIND = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/ogg", "sticker": "image/webp"}


@dataclass
class Business:
    """The other side: an endpoint that verifies what it gets and keeps it."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[int], int] = lambda _attempt: 200
    """The status of the n-th delivery, from 1."""

    @property
    def payloads(self) -> list[Json]:
        return [json.loads(body) for body in self.bodies]

    @property
    def values(self) -> list[Json]:
        return [
            change["value"]
            for payload in self.payloads
            for entry in payload["entry"]
            for change in entry["changes"]
        ]

    @property
    def messages(self) -> list[Json]:
        return [message for value in self.values for message in value.get("messages", ())]

    @property
    def statuses(self) -> list[Json]:
        return [status for value in self.values for status in value.get("statuses", ())]

    def signature_is_good(self, index: int) -> bool:
        wanted = hmac.new(APP_SECRET.encode(), self.bodies[index], hashlib.sha256).hexdigest()
        return self.headers[index].get("X-Hub-Signature-256") == f"sha256={wanted}"

    async def verify(self, request: web.Request) -> web.Response:
        if request.query.get("hub.verify_token") != VERIFY_TOKEN:
            return web.Response(status=403)
        return web.Response(text=request.query["hub.challenge"])

    async def receive(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        self.headers.append(dict(request.headers))
        return web.Response(status=self.answer(len(self.bodies)))


@dataclass
class Graph:
    """A business calling the Graph API, knowing nothing of the simulator."""

    session: aiohttp.ClientSession
    url: str
    token: str | None = ACCESS_TOKEN

    async def post(self, path: str, body: Any = None, *, token: str | None = None) -> tuple[int, Json]:
        bearer = token or self.token
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        async with self.session.post(f"{self.url}/{path}", json=body, headers=headers) as response:
            return response.status, await response.json()

    async def get(self, path: str) -> tuple[int, Json]:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.get(f"{self.url}/{path}", headers=headers) as response:
            return response.status, await response.json()

    async def send(self, to: str = MARIA, **message: Any) -> tuple[int, Json]:
        body = {"messaging_product": "whatsapp", "to": f"+{to}", **message}
        return await self.post(f"{PHONE_NUMBER_ID}/messages", body)

    async def upload(
        self, content: bytes, mime_type: str, *, number: str = PHONE_NUMBER_ID, **changes: str
    ) -> tuple[int, Json]:
        form = aiohttp.FormData()
        for name, value in {"messaging_product": "whatsapp", "type": mime_type, **changes}.items():
            form.add_field(name, value)
        form.add_field("file", io.BytesIO(content), filename="arquivo", content_type=mime_type)
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.post(f"{self.url}/{number}/media", data=form, headers=headers) as response:
            return response.status, await response.json()

    async def uploaded(self, mime_type: str, content: bytes = b"some bytes") -> str:
        status, answer = await self.upload(content, mime_type)
        assert status == 200, answer
        media_id: str = answer["id"]
        return media_id

    async def with_files(self, body: Json) -> Json:
        """The ids in the corpus are nobody's: files of their kinds are uploaded and named instead."""
        if body.get("type") == "template":
            headers = [each for each in body["template"].get("components", ()) if each["type"] == "header"]
            named = [(each["type"], each) for header in headers for each in header["parameters"]]
        else:
            named = [(body.get("type", "text"), body)]
        for kind, holder in named:
            if kind in OF_KIND and "id" in holder[kind]:
                holder[kind] = {**holder[kind], "id": await self.uploaded(OF_KIND[kind])}
        return body

    async def says(self, text: str, to: str = MARIA, **more: Any) -> str:
        status, answer = await self.send(to, type="text", text={"body": text}, **more)
        assert status == 200, answer
        wamid: str = answer["messages"][0]["id"]
        return wamid
