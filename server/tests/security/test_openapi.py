"""A57: requests made from the API's own description, valid and not, by every role: never a mistake of ours,
and never an answer that the description does not have.
"""

import asyncio
import itertools
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import asyncpg
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from requests import Session
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pytake.entrypoints.api import openapi_document
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from tests.factories import a_user, bearer
from tests.realtime.stage import serving
from tests.schema.rows import fill
from tests.security.operations import operations
from tests.sizes import Figure, full_or_tenth

CASES = full_or_tenth(50_000)
PARTS = 4
"""Of the operations, tried beside each other."""
SPARE = 1.2
"""Some operations have fewer different cases than are asked of them."""

RARELY = {"POST /api/v1/auth/login": 20}
"""How many times fewer cases: each of these costs a password hash."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def _operations() -> Iterator[Any]:
    config = SchemathesisConfig()
    schema = schemathesis.openapi.from_dict(json.loads(openapi_document()), config=config)
    found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    assert len(found) == len(operations())
    yield from sorted(found, key=_place)


def _place(operation: Any) -> tuple[bool, str, str]:
    """Each part gets as much to read, which mostly goes well, as to write; the last ends all sessions."""
    return operation.path.endswith("/logout-everywhere"), operation.method, operation.path


def _modes(operation: Any) -> tuple[GenerationMode, ...]:
    """Where nothing is sent, nothing can be wrong."""
    return tuple(GenerationMode) if _sends(operation) else (GenerationMode.POSITIVE,)


def _sends(operation: Any) -> bool:
    """Whether there is more than one case of it."""
    return any(map(list, (operation.path_parameters, operation.query, operation.headers, operation.body)))


def _try(operation: Any, mode: GenerationMode, most: int, ask: Any) -> None:
    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        ask(case)

    one()


def _run(
    address: str, headers: Mapping[str, Mapping[str, str]], described: Sequence[Any], each: int
) -> tuple[Counter[str], list[str]]:
    """In a thread of its own, for what makes the requests knows no event loop. The roles take turns."""
    turns = itertools.cycle(headers.items())
    asked: Counter[str] = Counter()
    mistakes: list[str] = []
    with Session() as session:
        for operation in described:
            name = f"{operation.method.upper()} {operation.path}"

            def ask(case: Any, name: str = name) -> None:
                role, sent = next(turns)
                answer = case.call(base_url=f"http://{address}", session=session, headers=dict(sent))
                asked[f"{role} {answer.status_code // 100}xx"] += 1
                try:
                    case.validate_response(answer, checks=CHECKS)
                except BaseExceptionGroup as group:
                    mistakes.append(f"{role} {name}: {group.exceptions[0]}")
                except AssertionError as mistake:
                    mistakes.append(f"{role} {name}: {mistake}")

            modes = _modes(operation)
            for mode in modes:
                most = each // RARELY.get(name, 1) // len(modes) if _sends(operation) else 1
                for _ in range(1 if _sends(operation) else len(headers)):
                    _try(operation, mode, max(1, most), ask)
    return asked, mistakes


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.timeout(7200)
async def test_what_the_description_promises_is_kept(
    unlimited: FastAPI,
    runtime: BuiltRuntime,
    login: asyncpg.Connection,
    figure: Figure,
    part: int,
) -> None:
    described = list(_operations())
    each = math.ceil(CASES * SPARE / sum(map(_sends, described)))
    ours = described[part::PARTS]
    headers: dict[str, Mapping[str, str]] = {"stranger": {}}
    for role in Role:
        tenant = await fill(login)
        user_id, _ = await a_user(runtime, tenant.id, role=role)
        headers[role.value] = await bearer(runtime, tenant.id, user_id)

    async with serving(unlimited, runtime) as live:
        asked, mistakes = await asyncio.to_thread(_run, live.address, headers, ours, each)

    figure(
        f"A57 part {part + 1}: {asked.total()} cases, {len(mistakes)} mistakes: {dict(sorted(asked.items()))}"
    )
    assert mistakes == []
    assert asked.total() >= CASES * sum(map(_sends, ours)) / sum(map(_sends, described))
    assert sum(many for kind, many in asked.items() if kind.endswith("2xx")) > asked.total() / 20
