"""Every difference between the specification and the database, said in one phrase each.

Two rules hold for the whole schema and are no differences: a reference within a tenant carries the tenant,
and a column with a default is NOT NULL (`docs/specification.md` says why).
"""

from collections.abc import Iterator

from tests.schema.catalogue import Column, Key, Table, allowed


def differences(written: dict[str, Table], built: dict[str, Table]) -> set[str]:
    found: set[str] = set()
    for name, wanted in written.items():
        if name in built:
            found |= {f"`{name}{difference}" for difference in _table(name, wanted, built[name])}
        else:
            found.add(f"`{name}` missing")
    return found


def _table(table: str, wanted: Table, made: Table) -> Iterator[str]:
    for name, column in wanted.columns.items():
        if name in made.columns:
            yield from (f".{name}` {said}" for said in _column(column, made.columns[name]))
        else:
            yield f".{name}` missing"
    if made.primary_key != wanted.primary_key:
        yield f"` primary key ({', '.join(made.primary_key)})"
    for columns in wanted.uniques - made.uniques:
        yield f"` not UNIQUE ({', '.join(columns)})"
    yield from _checks(table, wanted, made)
    for key in wanted.keys:
        yield from _reference(key, made.keys)
    for name, definition in wanted.indexes.items():
        if name not in made.indexes:
            yield f"` index `{name}` missing"
        elif made.indexes[name] != definition:
            yield f"` index `{name}` {made.indexes[name]}"


def _column(wanted: Column, made: Column) -> Iterator[str]:
    if made.type != wanted.type:
        yield f"type {made.type}"
    if made.default != wanted.default:
        yield f"default {made.default}"
    if wanted.not_null and not made.not_null:
        yield "nullable"
    if made.not_null and not wanted.not_null and made.default is None:
        yield "not null"


def _checks(table: str, wanted: Table, made: Table) -> Iterator[str]:
    for name, check in wanted.checks.items():
        column = name.removeprefix(f"{table}_").removesuffix("_check")
        if name not in made.checks:
            yield f"` check `{column}` missing"
            continue
        values, now = allowed(check), allowed(made.checks[name])
        if values - now:
            yield f"` check `{column}` without {', '.join(sorted(values - now))}"
        if now - values:
            yield f"` check `{column}` and {', '.join(sorted(now - values))}"
        if not values and check != made.checks[name]:
            yield f"` check `{column}` {made.checks[name]}"


def _reference(wanted: Key, made: list[Key]) -> Iterator[str]:
    (column,) = wanted.columns
    same = [key for key in made if column in key.columns and key.target == wanted.target]
    if not same:
        yield f".{column}` no reference to `{wanted.target}`"
    for key in same:
        if key.on_delete != wanted.on_delete:
            yield f".{column}` ON DELETE {key.on_delete}"
