"""Every function of the language: one line per family."""

from collections.abc import Mapping
from typing import Final

from pytake.engine.expressions.functions import dates, lists, logic, numbers, texts
from pytake.engine.expressions.functions.function import Function

FAMILIES: Final[Mapping[str, tuple[Function, ...]]] = {
    "Texto": texts.FUNCTIONS,
    "Números": numbers.FUNCTIONS,
    "Datas": dates.FUNCTIONS,
    "Listas": lists.FUNCTIONS,
    "Lógica": logic.FUNCTIONS,
}

FUNCTIONS: Final[Mapping[str, Function]] = {
    name: function for family in FAMILIES.values() for function in family for name in function.names
}

__all__ = ["FAMILIES", "FUNCTIONS", "Function"]
