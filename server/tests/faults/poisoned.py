"""A worker with a bug that only some messages meet: `python -m tests.faults.poisoned worker`.

Which texts, and what happens to the worker, stands in the file that POISON names; mending the bug is emptying
the file. Every try is noted beside it before the harm is done.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from pytake.conversations.service import receive
from pytake.entrypoints import process
from pytake.kit.work import Work

POISON = "POISON_OF_THE_TEST"
"""A variable of the environment."""
LARGE = 200_000_000
"""Bytes."""

_as_it_is = receive.receive


def with_a_bug(work: Work, conversation: Any, message_id: UUID, message: Any) -> Any:
    bugs = Path(os.environ[POISON])  # noqa: TID251 - of the tests, no setting of PyTake
    harm = json.loads(bugs.read_bytes()).get(message.text)
    if harm:
        with bugs.with_name("tries").open("a") as tries:
            tries.write(f"{harm} {message.text}\n")
        _do(harm)
    return _as_it_is(work, conversation, message_id, message)


def _do(harm: str) -> None:
    match harm:
        case "raise":
            raise ZeroDivisionError("a bug")
        case "exit":
            os._exit(9)
        case "loop":
            while True:
                pass
        case "memory":
            raise MemoryError(f"{len(b'x' * LARGE)} bytes, and it was not enough")


if __name__ in {"__main__", "__mp_main__"}:  # a process that the worker starts has the bug, too
    receive.receive = with_a_bug

if __name__ == "__main__":
    sys.exit(process.main(sys.argv[1]))
