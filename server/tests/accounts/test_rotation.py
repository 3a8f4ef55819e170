"""A16: whatever order tokens are used, replayed and ended in, a family has one living branch or none."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from pytake.accounts.reception import Cookies, Reception
from pytake.accounts.repository import people
from pytake.accounts.service import signing_in, staying
from pytake.accounts.types import Visitor
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.errors import InvalidToken
from pytake.identity.passwords import Passwords
from pytake.identity.tokens import AccessTokens
from tests.factories import Somebody, somebody
from tests.servers import SECRET_KEY
from tests.sizes import SEED, Figure, full_or_tenth

VISITOR = Visitor("198.51.100.7", "198.51.100.7", "tests")


@dataclass(slots=True)
class Model:
    """A family as the rules say it should be: the tokens in their order, and whether it lives."""

    tokens: list[str] = field(default_factory=list)
    lives: bool = True


@pytest.mark.timeout(1800)
async def test_a_family_never_has_two_living_branches(runtime: BuiltRuntime, figure: Figure) -> None:
    reception = Reception(
        Passwords(),
        AccessTokens(timedelta(minutes=15), SECRET_KEY),
        Cookies(is_secure=True),
        shows_outbox=False,
    )
    chance, user = random.Random(SEED), await somebody(runtime)
    runs, steps, replays = full_or_tenth(10_000), 0, 0
    for _ in range(runs):
        family = Model([await _begin(runtime, reception, user)])
        for _ in range(chance.randint(2, 5)):
            steps += 1
            token = family.tokens[-1] if chance.random() < 0.7 else chance.choice(family.tokens)
            is_newest = token == family.tokens[-1]
            try:
                signed_in = await staying.refresh(runtime, reception, VISITOR, token)
            except InvalidToken:
                assert not (family.lives and is_newest), f"the living token was refused (seed {SEED})"
                replays += family.lives
                family.lives = False
            else:
                assert family.lives, f"a dead family answered (seed {SEED})"
                assert is_newest, f"a replaced token answered (seed {SEED})"
                family.tokens.append(signed_in.tokens.refresh)
        await _compare(runtime, user, family)
    figure(f"A16: {steps} refreshes in {runs} families, {replays} replays: one living branch or none")


async def _begin(runtime: BuiltRuntime, reception: Reception, user: Somebody) -> str:
    async with runtime.work(user.organization_id) as work:
        known = await people.find_credentials(work, user.id)
    assert known is not None
    signed_in = await signing_in.enter(
        runtime,
        reception,
        VISITOR,
        user.organization_id,
        user.id,
        checked_hash=known["password_hash"],
        fresh_hash=None,
    )
    return signed_in.tokens.refresh


async def _compare(runtime: BuiltRuntime, user: Somebody, family: Model) -> None:
    async with runtime.work(user.organization_id) as work:
        rows = await work.fetch(
            """
            SELECT count(*) FILTER (WHERE NOT t.revoked) AS living, count(*) AS tokens,
                   bool_and(s.revoked_at IS NULL) AS lives
            FROM user_sessions s JOIN refresh_tokens t ON t.session_id = s.id
            WHERE s.id = (SELECT id FROM user_sessions WHERE access_token_hash IS NOT NULL
                          ORDER BY id DESC LIMIT 1)
            """
        )
    assert tuple(rows[0]) == (int(family.lives), len(family.tokens), family.lives)
