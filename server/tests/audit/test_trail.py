"""What a row of the audit trail says: only what may be shown, and the same after PostgreSQL has kept it."""

from typing import Any

import asyncpg
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytake.audit.verification import verify
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.kit.ids import new_id
from pytake.kit.redaction import REDACTED
from pytake.kit.trail import changes, plain
from pytake.kit.work import Actor
from tests.sizes import full_or_tenth

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda deeper: st.lists(deeper, max_size=4) | st.dictionaries(TEXTS, deeper, max_size=4),
    max_leaves=12,
)


@settings(
    max_examples=full_or_tenth(3_000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(JSON, min_size=20, max_size=20))
async def test_what_is_hashed_reads_the_same_after_it_was_kept(
    owner: asyncpg.Connection, values: list[Any]
) -> None:
    written = [orjson.dumps(plain(value)).decode() for value in values]
    rows = await owner.fetch("SELECT value::jsonb::text AS kept FROM unnest($1::text[]) AS value", written)

    for text, row in zip(written, rows, strict=True):
        again = orjson.dumps(orjson.loads(row["kept"]), option=orjson.OPT_SORT_KEYS)
        assert again == orjson.dumps(orjson.loads(text), option=orjson.OPT_SORT_KEYS)


def test_only_what_differs_is_kept() -> None:
    assert changes({"name": "A", "role": "agent"}, {"name": "B", "role": "agent"}) == {
        "before": {"name": "A"},
        "after": {"name": "B"},
    }
    assert changes(None, {"name": "B"}) == {"after": {"name": "B"}}
    assert changes({"name": "A"}, None) == {"before": {"name": "A"}}
    assert changes(None, None) is None


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "password_hash",
        "access_token_encrypted",
        "app_secret",
        "verify_token",
        "api_key",
        "apiKey",
        "x-api-key",
        "Authorization",
        "Set-Cookie",
        "credentials_encrypted",
        "recovery_codes",
        "totp_secret",
        "otp",
        "secret",
    ],
)
def test_of_a_secret_only_that_it_changed_is_told(name: str) -> None:
    said = changes({name: "old-c4n4ry", "deep": {"a": [{name: "c4n4ry"}]}}, {name: "new-c4n4ry"})

    assert "c4n4ry" not in str(said)
    assert said == {"before": {name: REDACTED, "deep": {"a": [{name: REDACTED}]}}, "after": {name: REDACTED}}


@pytest.mark.parametrize(
    "text",
    [
        "https://ana:c4n4ry@erp.example/hook",
        "Authorization: Bearer c4n4ry",
        "/ws?ticket=c4n4ry&after=1-2",
        "Basic c4n4ry",
        "v1.0a1b2c3d.c4n4ryc4n4ry==",
        "ptk_0123456789ab_c4n4ry",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjNG40cnkifQ.c4n4ry",
        "EAAc4n4ryc4n4ryc4n4ryc4n4ry",
    ],
)
def test_what_looks_like_a_secret_is_taken_out_of_texts(text: str) -> None:
    said = changes(None, {"note": f"before {text} after"})

    assert "c4n4ry" not in str(said)
    assert str(said).count("after") >= 2


def test_endless_texts_are_cut() -> None:
    said = changes(None, {"note": "a" * 5_000})

    assert said == {"after": {"note": "a" * 2_000 + "…"}}


async def test_whatever_is_said_makes_a_row_that_fits(runtime: BuiltRuntime) -> None:
    """Values that PostgreSQL would refuse or write in another way."""
    odd: dict[Any, Any] = {
        "nul": "a\0b",
        "big": 10**40,
        "float": 1e22,
        "whole": 3.0,
        "nan": float("nan"),
        "small": 1e-9,
        7: "x",
    }
    organization_id = new_id()
    values: tuple[dict[str, Any], ...] = (odd, {"list": [odd, {"deep": odd}]})
    for value in values:
        async with runtime.work(organization_id, Actor("command")) as work:
            work.audit("things.changed", after=value, metadata=value, description="a\0b" * 3)

    found = await verify(runtime, [organization_id])
    assert (found.rows, found.findings) == (2, [])
