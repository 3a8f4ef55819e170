"""Every column that holds a secret is known to the rotation, and no other column looks like one."""

import re

import asyncpg
import pytest

from pytake.entrypoints.rotation import SEALED
from tests.schema import catalogue

LOOKS_LIKE_A_SECRET = re.compile(
    r"encrypted|secret|token|password|credential|private|api_key|(^|_)(key|hash|code|pin)s?$"
)

NOT_SEALED = {
    "organizations.whatsapp_webhook_verify_token": "deprecated by the specification and never written",
    "users.password_hash": "argon2id: nobody reads a password back",
    "refresh_tokens.token_hash": "of what is looked up and never read back",
    "user_sessions.access_token_hash": "the same",
    "recovery_codes.code_hash": "the same",
    "channels.channel_key": "an address that Meta is told, not a proof",
    "flow_timers.token": "which wait of a run a timer belongs to; it opens nothing",
    "flow_versions.content_hash": "of a flow, which is no secret",
    "messages.error_code": "a number of Meta's",
    "webhook_deliveries.status_code": "of HTTP",
    "api_keys.key_hash": "of 256 random bits, and never read back",
    "idempotency_keys.key": "a word for a request, not a proof",
    "idempotency_keys.request_hash": "tells one request from another",
    "audit_logs.hash": "shown to whoever reads the trail; its key is sealed",
    "audit_logs.previous_hash": "the same",
    "audit_chains.hash": "the same",
    "contacts.whatsapp_identity_key": "a digest of Meta's, and it opens nothing",
    "channels.previous_app_secret_until": "a moment",
    "whatsapp_template_history.key": "which news of Meta's a row stands for",
}
"""Columns that are called like a secret, and why they are not sealed."""


@pytest.fixture
async def suspicious(owner_url: str) -> set[str]:
    connection = await asyncpg.connect(owner_url)
    tables = await catalogue.read(connection)
    await connection.close()
    return {
        f"{table}.{column}"
        for table, relation in tables.items()
        for column in relation.columns
        if LOOKS_LIKE_A_SECRET.search(column)
    }


async def test_every_column_that_looks_like_a_secret_is_sealed_or_has_a_reason(suspicious: set[str]) -> None:
    known = {column.name for column in SEALED}

    assert sorted(suspicious - known - set(NOT_SEALED)) == []
    assert sorted(known - suspicious) == [], "these columns do not exist"


async def test_every_reason_is_needed(suspicious: set[str]) -> None:
    assert sorted(set(NOT_SEALED) - suspicious) == []
    assert not {column.name for column in SEALED} & set(NOT_SEALED)


async def test_a_sealed_secret_fits_into_its_column(owner_url: str) -> None:
    connection = await asyncpg.connect(owner_url)
    tables = await catalogue.read(connection)
    await connection.close()
    short = {
        column.name: kind
        for column in SEALED
        if (kind := tables[column.table].columns[column.column].type)
        not in {"text", "character varying(255)"}
    }

    assert short == {}
