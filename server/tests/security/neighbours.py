"""Two tenants with a row in every table, people and machines of one, and whether the other was touched."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from httpx import AsyncClient

from pytake.identity.permissions import SCOPES
from pytake.identity.types import Role
from pytake.runtime import Runtime
from tests.factories import a_user, bearer, grant
from tests.schema.rows import Tenant, acting_for, fill

CANARY = "CANARY-of-the-neighbour"

_MARKED = {
    "organizations": "name",
    "users": "full_name",
    "contacts": "name",
    "departments": "name",
    "whatsapp_numbers": "display_name",
    "chatbots": "name",
    "flows": "name",
    "tags": "name",
    "api_keys": "name",
    "quick_replies": "title",
}

OWN_IDS = {
    "conversation_id": "conversations",
    "contact_id": "contacts",
    "other_id": "contacts",
    "merge_id": "contact_merges",
    "suggestion_id": "contact_merge_suggestions",
    "department_id": "departments",
    "user_id": "users",
    "key_id": "api_keys",
    "organization_id": "organizations",
    "number_id": "whatsapp_numbers",
    "channel_id": "channels",
    "alert_id": "alerts",
}
"""Which of one's own rows a parameter names."""


@dataclass(frozen=True)
class Actor:
    name: str
    headers: Mapping[str, str]


async def two_tenants(app: asyncpg.Connection) -> tuple[Tenant, Tenant]:
    """Ours, and the neighbour with canaries in its texts."""
    ours, theirs = await fill(app), await fill(app)
    async with acting_for(app, theirs):
        for table, column in _MARKED.items():
            await app.execute(f"UPDATE {table} SET {column} = $1", CANARY)  # noqa: S608 - the names above
        await app.execute("""UPDATE messages SET content = jsonb_build_object('text', $1::text)""", CANARY)
    return ours, theirs


def own_ids(tenant: Tenant) -> dict[str, UUID]:
    return {name: tenant.rows[table] for name, table in OWN_IDS.items()}


async def actors_of(runtime: Runtime, client: AsyncClient, tenant: Tenant) -> list[Actor]:
    """An administrator, a machine with every scope, a supervisor and an agent."""
    people: list[Actor] = []
    for name, role, words in (
        ("administrator", Role.ORG_ADMIN, ()),
        ("supervisor", Role.AGENT, ("preset:supervisor", "people.write", "api_keys.read")),
        ("agent", Role.AGENT, ()),
    ):
        user_id, _ = await a_user(runtime, tenant.id, role=role)
        async with runtime.work(tenant.id) as work:
            await grant(work, user_id, *words)
        people.append(Actor(name, await bearer(runtime, tenant.id, user_id)))
    body = {"name": "every scope", "scopes": sorted(SCOPES)}
    made = await client.post("/api/v1/api-keys", json=body, headers=dict(people[0].headers))
    assert made.status_code == 201, made.text
    return [people[0], Actor("machine", {"authorization": f"Bearer {made.json()['key']}"}), *people[1:]]


async def fingerprint(owner: asyncpg.Connection, tenant: Tenant) -> str:
    """Of every row the tenant has, in every table; the owner sees through the wall."""
    digest = hashlib.sha256()
    for table in sorted(tenant.rows):
        column = "id" if table == "organizations" else "organization_id"
        rows = await owner.fetch(
            f"SELECT t::text AS row FROM {table} t WHERE {column} = $1 ORDER BY 1",  # noqa: S608 - the names above
            tenant.id,
        )
        digest.update(f"{table}: {[row['row'] for row in rows]}\n".encode())
    return digest.hexdigest()
