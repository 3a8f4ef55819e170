"""What PostgreSQL itself says a database consists of, in its own spelling."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import asyncpg

_COLUMNS = """
    SELECT c.relname AS table_name, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
           a.attnotnull AS not_null, pg_get_expr(d.adbin, d.adrelid) AS default_value
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum AND a.attgenerated = ''
    WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY 1, a.attnum
"""
_CONSTRAINTS = """
    SELECT c.relname AS table_name, k.conname AS name, k.contype::text AS kind,
           pg_get_constraintdef(k.oid) AS definition, f.relname AS target,
           ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS key (number, place)
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.number
                 ORDER BY place) AS columns
    FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    LEFT JOIN pg_class f ON f.oid = k.confrelid
    WHERE c.relnamespace = 'public'::regnamespace AND k.conparentid = 0 AND k.contype IN ('p', 'u', 'f', 'c')
    ORDER BY 1, 2
"""
_INDEXES = """
    SELECT c.relname AS table_name, i.relname AS name, pg_get_indexdef(x.indexrelid) AS definition
    FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class c ON c.oid = x.indrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    WHERE c.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u'))
    ORDER BY 1, 2
"""
_EVERYTHING_ELSE = {
    "functions": """
        SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid), p.proacl::text FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace ORDER BY 1
    """,
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal ORDER BY 1, 2
    """,
    "policies": """
        SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2
    """,
    "tables": """
        SELECT relname, relkind::text, relrowsecurity, relforcerowsecurity, relacl::text, reloptions::text,
               pg_get_expr(relpartbound, oid)
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S') ORDER BY 1
    """,
    "schema": "SELECT nspacl::text FROM pg_namespace WHERE nspname = 'public'",
}


@dataclass(frozen=True, slots=True)
class Column:
    type: str
    not_null: bool
    default: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key."""

    columns: tuple[str, ...]
    target: str
    on_delete: str

    @property
    def is_of_the_tenant(self) -> bool:
        return "organization_id" in self.columns and len(self.columns) > 1


@dataclass(slots=True)
class Table:
    columns: dict[str, Column] = field(default_factory=dict)
    primary_key: tuple[str, ...] = ()
    uniques: set[tuple[str, ...]] = field(default_factory=set)
    keys: list[Key] = field(default_factory=list)
    checks: dict[str, str] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)


async def read(connection: asyncpg.Connection) -> dict[str, Table]:
    tables: dict[str, Table] = defaultdict(Table)
    for row in await connection.fetch(_COLUMNS):
        tables[row["table_name"]].columns[row["name"]] = Column(
            row["type"], row["not_null"], row["default_value"]
        )
    for row in await connection.fetch(_CONSTRAINTS):
        _add_constraint(tables[row["table_name"]], row)
    for row in await connection.fetch(_INDEXES):
        tables[row["table_name"]].indexes[row["name"]] = _spelt_alike(row["definition"])
    return dict(tables)


def _add_constraint(table: Table, row: asyncpg.Record) -> None:
    columns = tuple(row["columns"])
    match row["kind"]:
        case "p":
            table.primary_key = columns
        case "u":
            table.uniques.add(columns)
        case "f":
            table.keys.append(Key(columns, row["target"], _on_delete(row["definition"])))
        case "c":
            table.checks[row["name"]] = row["definition"]


def _on_delete(definition: str) -> str:
    found = re.search(r"ON DELETE (CASCADE|RESTRICT|SET NULL)", definition)
    return found[1] if found else "NO ACTION"


def _spelt_alike(definition: str) -> str:
    """An index's definition from its columns on; a partitioned table's says ONLY, which tells nothing."""
    return definition[definition.index(" USING ") + 1 :]


def allowed(check: str) -> set[str]:
    """The values a CHECK names."""
    return set(re.findall(r"'([^']*)'::character varying", check))


async def snapshot(connection: asyncpg.Connection) -> dict[str, Any]:
    """Everything in the database that a migration can make, comparable."""
    tables = await read(connection)
    rest = {
        name: [tuple(row) for row in await connection.fetch(question)]
        for name, question in _EVERYTHING_ELSE.items()
    }
    return {"relations": tables, **rest}
