"""Access tokens: nothing but what we signed, for what we signed it, is read."""

import base64
import hashlib
import hmac
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest

from pytake.identity.errors import InvalidToken
from pytake.identity.tokens import AccessTokens
from tests.sizes import SEED, Figure, full_or_tenth

NOW = datetime.fromtimestamp(datetime.now(UTC).timestamp() // 1, UTC)  # noqa: TID251 - the library's own clock
KEY = "a-key-for-tests-only-a-key-for-tests-only"
TOKENS = AccessTokens(timedelta(hours=1), KEY)
USER, ORGANIZATION, SESSION = uuid4(), uuid4(), uuid4()
GOOD = TOKENS.issue(USER, ORGANIZATION, SESSION, NOW)


def _forge(header: dict[str, Any] | None = None, key: bytes | None = None, **changes: Any) -> str:
    """A token like ours with some things different; a claim of None is left out."""
    claims = jwt.decode(GOOD, options={"verify_signature": False}) | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": "HS256", "typ": "at+jwt"} | (header or {}), claims)
    ]
    key = TOKENS._keys[0] if key is None else key
    signature = base64.urlsafe_b64encode(hmac.digest(key, b".".join(parts), hashlib.sha256)).rstrip(b"=")
    return b".".join([*parts, signature]).decode()


def test_our_own_token_is_read() -> None:
    for token in (GOOD, _forge()):
        claims = TOKENS.read(token)

        assert (claims.user_id, claims.organization_id, claims.session_id) == (USER, ORGANIZATION, SESSION)
        assert claims.expires_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    "forged",
    [
        _forge({"alg": "none"}),
        _forge({"alg": "HS512"}),
        _forge({"alg": "RS256"}),
        _forge({"typ": "JWT"}),
        _forge({"kid": "../../dev/null"}),
        _forge({"jku": "https://evil.example/keys"}),
        _forge({"crit": ["exp"]}),
        _forge(key=b""),
        _forge(key=KEY.encode()),
        _forge(aud="somebody-else"),
        _forge(iss="somebody-else"),
        _forge(aud=None),
        _forge(iss=None),
        _forge(exp=None),
        _forge(iat=None),
        _forge(org=None),
        _forge(sub=None),
        _forge(sid=None),
        _forge(sid="not an id"),
        _forge(org="not an id"),
        _forge(sub=7),
        _forge(exp=int(NOW.timestamp()) - 31),
        _forge(exp=10**30),
        _forge(iat=int(NOW.timestamp()) + 3600),
        GOOD.rpartition(".")[0] + ".",
        GOOD.rpartition(".")[0],
        "",
        "..",
        "a" * 5000,
    ],
)
def test_anything_else_is_not(forged: str) -> None:
    with pytest.raises(InvalidToken):
        TOKENS.read(forged)


def test_a_token_that_was_good_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = AccessTokens(timedelta(hours=1), KEY)
    token = tokens.issue(USER, ORGANIZATION, SESSION, NOW)
    ends = (NOW + timedelta(hours=1, seconds=30)).timestamp()
    tokens.read(token)

    monkeypatch.setattr("pytake.identity.tokens.time", lambda: ends - 0.001)
    tokens.read(token)
    monkeypatch.setattr("pytake.identity.tokens.time", lambda: ends)
    with pytest.raises(InvalidToken):
        tokens.read(token)


def test_a_token_of_another_installation_is_not_ours() -> None:
    with pytest.raises(InvalidToken):
        AccessTokens(timedelta(hours=1), KEY[::-1]).read(GOOD)


def test_no_change_of_a_token_is_accepted(figure: Figure) -> None:
    """A15: letters changed, left out, added and moved; the last one has bits that mean nothing."""
    chance, accepted, tried = random.Random(SEED), 0, full_or_tenth(50_000)
    for _ in range(tried):
        place, letter = chance.randrange(len(GOOD) - 1), chance.choice("ABCDabcd0123-_.=")
        kept, rest = GOOD[:place], GOOD[place:]
        changed = chance.choice(
            [kept + letter + rest[1:], kept + rest[1:], kept + letter + rest, rest + kept]
        )
        if changed == GOOD:
            continue
        try:
            TOKENS.read(changed)
        except InvalidToken:
            continue
        accepted += 1
    figure(f"A15: {tried} changed tokens, {accepted} accepted")
    assert accepted == 0


def test_no_shuffle_of_its_parts_is_accepted() -> None:
    other = TOKENS.issue(uuid4(), ORGANIZATION, SESSION, NOW)
    parts = [*GOOD.split("."), *other.split(".")]
    for _ in range(500):
        shuffled = ".".join(random.choices(parts, k=3))
        if shuffled in {GOOD, other}:
            continue
        with pytest.raises(InvalidToken):
            TOKENS.read(shuffled)
    assert isinstance(TOKENS.read(GOOD).user_id, UUID)
