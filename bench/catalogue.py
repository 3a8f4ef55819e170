"""Which rows there are."""

import pkgutil
from importlib import import_module

import bench.rows
from bench.row import Row


def found_rows() -> dict[str, Row]:
    """By the name of their module, in the order of the table."""
    rows: dict[str, Row] = {}
    for module in pkgutil.iter_modules(bench.rows.__path__):
        row = import_module(f"bench.rows.{module.name}").ROW
        if not isinstance(row, Row):
            raise TypeError(f"bench/rows/{module.name}.py has no ROW")
        rows[module.name] = row
    return dict(sorted(rows.items(), key=lambda entry: entry[1].number))
