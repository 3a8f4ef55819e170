"""Every operation of the API as its own description has it, and requests made from that."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from httpx import AsyncClient, Response

from pytake.entrypoints.api import openapi_document

Json = dict[str, Any]

SAMPLES: dict[str, Any] = {
    "name": "Vendas",
    "full_name": "Ana Lima",
    "slug": "nova-padaria",
    "color": "#112233",
    "email": "ana@padaria.example",
    "password": "correct horse battery",
    "scopes": ["conversations.read"],
}
"""Valid values where a type alone does not tell."""


class Slot(NamedTuple):
    """A place in a request where an id belongs."""

    place: str
    """`path`, `query` or `body`."""
    name: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    parameters: tuple[Json, ...]
    body: Json | None = field(repr=False)
    """The schema of what is sent; None for a request without a body."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def signs_out(self) -> bool:
        """Whoever asks for it is nobody afterwards."""
        return self.name == "POST /api/v1/auth/logout-everywhere"

    def slots(self) -> Iterator[Slot]:
        for parameter in self.parameters:
            if parameter["in"] in {"path", "query"} and is_id(parameter["schema"], parameter["name"]):
                yield Slot(parameter["in"], parameter["name"])
        for name, schema in (self.body or {}).get("properties", {}).items():
            if is_id(schema, name):
                yield Slot("body", name)

    def sample(self) -> Json | None:
        """The least that is asked for, and something to change where nothing is asked for."""
        if self.body is None:
            return None
        properties: Json = self.body.get("properties", {})
        wanted = self.body.get("required") or [name for name in properties if name in SAMPLES][:1]
        return {name: SAMPLES.get(name, _value(properties[name])) for name in wanted}

    async def send(
        self,
        client: AsyncClient,
        headers: Mapping[str, str],
        own: Mapping[str, UUID],
        slot: Slot | None = None,
        value: str = "",
        more: Mapping[str, Any] | None = None,
    ) -> Response:
        """With one's own ids everywhere but in the slot."""
        ids: dict[str, Any] = {p["name"]: own.get(p["name"], UUID(int=7)) for p in self.parameters}
        params: dict[str, str] = {}
        sent = self.sample()
        if slot is not None and slot.place == "path":
            ids[slot.name] = value
        elif slot is not None and slot.place == "query":
            params[slot.name] = value
        elif slot is not None and sent is not None:
            sent[slot.name] = value
        path = self.path
        for name, chosen in ids.items():
            path = path.replace("{" + name + "}", str(chosen))
        json = None if sent is None else {**sent, **(more or {})}
        return await client.request(self.method, path, params=params, headers=dict(headers), json=json)


@cache
def operations() -> tuple[Operation, ...]:
    """What ends a sign-in comes last."""
    document = json.loads(openapi_document())
    return tuple(sorted(_operations(document), key=lambda operation: operation.signs_out))


def _operations(document: Json) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            content = described.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            yield Operation(
                method.upper(),
                path,
                tuple(described.get("parameters", ())),
                _resolved(document, schema) if schema else None,
            )


def _resolved(document: Json, schema: Json) -> Json:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        found: Json = document["components"]["schemas"][name]
        return found
    return schema


def is_id(schema: Json, name: str) -> bool:
    """A UUID, also one that may be missing; and a cursor, which is made of one."""
    forms = [schema, *schema.get("anyOf", ())]
    return name == "cursor" or any(form.get("format") == "uuid" for form in forms)


def _value(schema: Json) -> Any:
    kinds: dict[str | None, Any] = {"string": "x", "integer": 1, "boolean": True, "array": [], "object": {}}
    return kinds.get(schema.get("type"))
