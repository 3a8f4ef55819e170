"""The specification as it is written, made into a database of its own.

PostgreSQL reads the DDL, so that types, defaults and checks are compared as it understands them and not as
they are spelt. Two things are done to the text: tables are made in an order in which they can refer to each
other, and the sketch of a partitioned `messages` (whose columns are three dots) is left out.
"""

import re
from functools import cache
from pathlib import Path

import asyncpg

SPECIFICATION = Path(__file__).resolve().parents[3] / "docs/specification/database-schema.md"
_SQL = re.compile(r"^[ ]*```sql\n(.*?)^[ ]*```", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"--.*?$", re.MULTILINE)
_PARTITIONS = re.compile(r"PARTITION (?:BY|OF)")
_MADE_EARLIER = ("whatsapp_templates",)
"""`campaigns` refers to it and is written before it."""


@cache
def statements() -> list[str]:
    text = SPECIFICATION.read_text(encoding="utf-8")
    code = "\n".join(_COMMENT.sub("", block) for block in _SQL.findall(text))
    found = [statement.strip() for statement in code.split(";")]
    return [statement for statement in found if statement and not _PARTITIONS.search(statement)]


def in_order() -> list[str]:
    tables = [statement for statement in statements() if statement.startswith("CREATE TABLE")]
    first = [statement for statement in tables if _name(statement) in _MADE_EARLIER]
    needed = [
        statement
        for statement in tables
        if _name(statement) in {"organizations", "users", "whatsapp_numbers"}
    ]
    early = needed + first
    return early + [statement for statement in statements() if statement not in early]


def _name(statement: str) -> str:
    return statement.split()[2]


async def build(connection: asyncpg.Connection) -> None:
    for statement in in_order():
        await connection.execute(statement)
