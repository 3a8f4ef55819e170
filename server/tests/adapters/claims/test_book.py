"""What a process had claimed and not called, as others find it when it is dead."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from pytake.adapters.claims import book as books
from pytake.adapters.claims.book import SLOTS, FileClaimBook
from pytake.ports.claim_book import ClaimBook, OpenClaim

NOW = datetime(2026, 11, 23, 9, 41, 7, 123_457, UTC)

NOTE_AND_WAIT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from pytake.adapters.claims.book import FileClaimBook
from pytake.ports.claim_book import OpenClaim

book = FileClaimBook(Path(sys.argv[1]))
ids = [UUID(text) for text in sys.argv[2:]]
book.note(OpenClaim(ids[0], ids[1], each, datetime(2026, 11, 23, 9, 41, 7, 123_457, UTC)) for each in ids[2:])
book.strike(ids[2])
print("noted", flush=True)
sys.stdin.read()
"""


def a_claim() -> OpenClaim:
    return OpenClaim(uuid4(), uuid4(), uuid4(), NOW)


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def found_by(book: ClaimBook) -> list[OpenClaim]:
    found: list[OpenClaim] = []

    async def take(claims: Sequence[OpenClaim]) -> None:
        found.extend(claims)

    await book.of_the_dead(take)
    return found


def left(folder: Path, *claims: OpenClaim) -> None:
    """By somebody who has gone, and did not call."""
    book = FileClaimBook(folder)
    book.note(claims)
    book.close()


async def test_what_a_killed_process_had_not_struck_out_is_found_once(tmp_path: Path) -> None:
    organization, number, *messages = (uuid4() for _ in range(5))
    told = [str(id_) for id_ in (organization, number, *messages)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", NOTE_AND_WAIT, str(tmp_path), *told,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert await process.stdout.readline() == b"noted\n"
    mine = FileClaimBook(tmp_path)
    alive = await found_by(mine)
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()

    assert alive == []
    found = await found_by(mine)
    assert {claim.message_id for claim in found} == set(messages[1:])
    assert all(claim == OpenClaim(organization, number, claim.message_id, NOW) for claim in found)
    assert await found_by(mine) == []
    assert files(tmp_path) == []


async def test_nobody_finds_their_own_nor_what_the_living_have_noted(tmp_path: Path) -> None:
    one, other = FileClaimBook(tmp_path), FileClaimBook(tmp_path)
    one.note([a_claim()])
    other.note([a_claim()])

    assert await found_by(one) == []
    assert await found_by(other) == []


async def test_a_book_with_nothing_in_it_leaves_nothing_behind(tmp_path: Path) -> None:
    book, claim = FileClaimBook(tmp_path), a_claim()
    book.note([claim])
    book.strike(claim.message_id)
    book.close()
    book.note([a_claim()])

    assert files(tmp_path) == []


async def test_what_could_not_be_given_back_is_found_again(tmp_path: Path) -> None:
    claim = a_claim()
    left(tmp_path, claim)

    async def fail(_: Sequence[OpenClaim]) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await FileClaimBook(tmp_path).of_the_dead(fail)
    assert await found_by(FileClaimBook(tmp_path)) == [claim]


async def test_what_was_noted_before_the_machine_stopped_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(tmp_path / "books", a_claim())
    (tmp_path / "boot").write_text(str(uuid4()))
    monkeypatch.setattr(books, "_BOOT", tmp_path / "boot")
    book = FileClaimBook(tmp_path / "books")

    assert await found_by(book) == []
    (there,) = files(tmp_path / "books")  # somebody else may share the folder
    os.utime(there, (0, 0))
    assert await found_by(book) == []
    assert not there.exists()


async def test_who_dies_while_writing_has_not_noted(tmp_path: Path) -> None:
    left(tmp_path, a_claim(), a_claim())
    (path,) = files(tmp_path)
    content = bytearray(path.read_bytes())
    content[books._HEADER.size + books._COUNTS] = 0
    path.write_bytes(content)

    assert len(await found_by(FileClaimBook(tmp_path))) == 1


async def test_a_full_book_leaves_the_rest_out_and_takes_more_when_there_is_room(tmp_path: Path) -> None:
    book, claims = FileClaimBook(tmp_path), [a_claim() for _ in range(SLOTS + 1)]
    book.note(claims)
    book.strike(claims[0].message_id)
    book.note([claims[-1], claims[1]])
    book.close()

    found = {claim.message_id for claim in await found_by(FileClaimBook(tmp_path))}
    assert found == {claim.message_id for claim in claims[1:]}


@pytest.mark.parametrize("missing", ["folder", "boot"])
async def test_where_nothing_can_be_noted_everything_else_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    (tmp_path / "file").touch()
    if missing == "boot":
        monkeypatch.setattr(books, "_BOOT", tmp_path / "boot")
    book = FileClaimBook(tmp_path / ("file/books" if missing == "folder" else "books"))
    claim = a_claim()
    book.note([claim])
    book.strike(claim.message_id)

    assert await found_by(book) == []
    book.close()
