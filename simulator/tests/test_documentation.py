from dataclasses import fields
from pathlib import Path

from simulator.app import create_app
from simulator.config import Config
from simulator.faults import ACTIONS, Fault
from simulator.people import Person

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "simulator.md").read_text()


def test_every_fault_is_documented() -> None:
    for side, actions in ACTIONS.items():
        for action in actions:
            assert f"`{action}`" in PAGE, f"{side} {action}"
    for each in fields(Fault):
        assert each.name in {"id", "fired", "side", "action"} or f"`{each.name}" in PAGE, each.name


def test_every_setting_and_field_of_a_person_is_documented() -> None:
    for each in (*fields(Config), *fields(Person)):
        assert f"`{each.name}`" in PAGE, each.name


def test_every_admin_path_is_documented() -> None:
    app = create_app(Config())
    paths = {resource.canonical for resource in app.router.resources()}
    for path in paths:
        if path.startswith("/_simulator/"):
            group = path.removeprefix("/_simulator/").split("/")[0]
            assert f"/_simulator/{group}" in PAGE, path
