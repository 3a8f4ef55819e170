"""The one rule about imports that import-linter does not ship: modules that are private to their package."""

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from typing_extensions import override


class PrivateModulesContract(Contract):
    """`pytake.<domain>.<name>` and what is below it may be imported from `pytake.<domain>` only."""

    names = fields.SetField(subfield=fields.StringField())
    exempt = fields.SetField(subfield=fields.StringField())

    @override
    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        trespasses = [
            (importer, imported)
            for imported in sorted(graph.modules)
            if self._private(imported)
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if _domain(importer) != _domain(imported) and not self._exempt(importer)
        ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    @override
    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"{importer} imports {imported}, which is private to {_domain(imported)}.")

    def _private(self, module: str) -> bool:
        names = cast("set[str]", self.names)
        return not names.isdisjoint(module.split(".")[2:3])

    def _exempt(self, importer: str) -> bool:
        exempt = cast("set[str]", self.exempt)
        return _domain(importer) in exempt


def _domain(module: str) -> str:
    return ".".join(module.split(".")[:2])
