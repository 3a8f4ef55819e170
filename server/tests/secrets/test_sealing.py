"""A sealed secret opens where it was stored and nowhere else, and no two share a nonce (A34)."""

import base64
import random
from itertools import product
from uuid import UUID

import asyncpg
import pytest

from pytake.adapters.secrets.sealed import NONCE_BYTES, SealedSecrets
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.entrypoints.rotation import SEALED
from pytake.ports.secrets import Place, SecretUnreadable
from tests.secrets.conftest import OLD, Kept, fill, opened
from tests.sizes import SEED, Figure, full_or_tenth

MOVES = full_or_tenth(10_000)
SEALS = full_or_tenth(1_000_000)
ROUNDS = full_or_tenth(10_000)


async def test_a_ciphertext_stored_elsewhere_is_refused(
    runtime: BuiltRuntime, owner_url: str, figure: Figure
) -> None:
    """In the database itself: every secret's text in every other secret's place."""
    kept = [*await fill(runtime, owner_url, 2), *await fill(runtime, owner_url, 2)]
    connection = await asyncpg.connect(owner_url)
    sealed = {each: await _text_of(connection, each) for each in kept}
    refused = 0
    for source, target in product(kept, kept):
        await _put(connection, target, sealed[source])
        if source is target:
            assert await opened(runtime, target) == target.plain
        else:
            with pytest.raises(SecretUnreadable):
                await opened(runtime, target)
            refused += 1
        await _put(connection, target, sealed[target])
    await connection.close()

    assert refused == len(kept) * (len(kept) - 1)
    figure(f"A34 moved in the database: {refused} between rows, columns and organizations, {refused} refused")


def test_no_place_opens_what_was_sealed_for_another(figure: Figure) -> None:
    chance, secrets, refused = random.Random(SEED), SealedSecrets(OLD), 0

    def anywhere() -> Place:
        column = chance.choice(SEALED)
        return Place(
            organization_id=UUID(int=chance.randrange(3)),
            table=column.table,
            column=column.column,
            row_id=UUID(int=chance.randrange(3)),
        )

    for _ in range(MOVES):
        here, there = anywhere(), anywhere()
        sealed = secrets.seal("c4n4ry", **here)
        if here == there:
            assert secrets.open(sealed, **there) == "c4n4ry"
        else:
            with pytest.raises(SecretUnreadable):
                secrets.open(sealed, **there)
            refused += 1

    figure(f"A34 moved in memory: {MOVES} runs, {refused} to another place, {refused} refused; seed {SEED}")


def test_whatever_happens_to_it_a_sealed_text_opens_unchanged_or_not_at_all(figure: Figure) -> None:
    """Random texts and damages: never another text, never another error."""
    chance, secrets, opened_unchanged = random.Random(SEED), SealedSecrets(OLD), 0
    place = Place(organization_id=UUID(int=1), table="channels", column="secret", row_id=UUID(int=2))
    for _ in range(ROUNDS):
        plain = "".join(
            chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xA0, 0xD7FF))))
            for _ in range(chance.randrange(60))
        )
        sealed = secrets.seal(plain, **place)
        assert secrets.open(sealed, **place) == plain
        assert plain == "" or len(plain) < 4 or plain not in sealed
        try:
            assert secrets.open(_damaged(chance, sealed), **place) == plain
            opened_unchanged += 1  # the damage undid itself
        except SecretUnreadable:
            pass

    figure(
        f"A34 damaged: {ROUNDS} runs, 0 opened as another text ({opened_unchanged} were not changed at all)"
    )


def _damaged(chance: random.Random, sealed: str) -> str:
    place = chance.randrange(len(sealed))
    letter = chance.choice("ABCabc019-_=. \0é")
    return chance.choice(
        (
            sealed[:place] + letter + sealed[place + 1 :],
            sealed[:place] + sealed[place + 1 :],
            sealed[:place],
            sealed[:place] + letter + sealed[place:],
        )
    )


def test_no_nonce_comes_twice(figure: Figure) -> None:
    secrets, seen = SealedSecrets(OLD), set[bytes]()
    place = Place(organization_id=UUID(int=1), table="channels", column="secret", row_id=UUID(int=2))
    for _ in range(SEALS):
        written = secrets.seal("", **place).rpartition(".")[2]
        seen.add(base64.urlsafe_b64decode(written)[:NONCE_BYTES])

    assert len(seen) == SEALS
    figure(f"A34 nonces: {SEALS} seals, 0 repeats")


async def _text_of(connection: asyncpg.Connection, kept: Kept) -> str:
    text: str = await connection.fetchval(
        f"SELECT {kept.column.column} FROM {kept.column.table} WHERE id = $1",  # noqa: S608 - names of SEALED
        kept.row_id,
    )
    return text


async def _put(connection: asyncpg.Connection, kept: Kept, sealed: str) -> None:
    await connection.execute(
        f"UPDATE {kept.column.table} SET {kept.column.column} = $2 WHERE id = $1",  # noqa: S608 - names of SEALED
        kept.row_id,
        sealed,
    )
