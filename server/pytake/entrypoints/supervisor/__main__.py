"""`python -m pytake.entrypoints.supervisor`: what `pytake up` becomes, without what it needed to decide."""

import json
import os
import sys

from pytake.entrypoints.supervisor.house import House
from pytake.entrypoints.supervisor.plan import VARIABLE, Plan, read_plan
from pytake.entrypoints.supervisor.screen import Screen
from pytake.entrypoints.supervisor.signals import Stop, Waiter
from pytake.kit.problem import Problem


def main() -> int:
    plan = read_plan(os.environ.pop(VARIABLE))  # noqa: TID251 - not a setting: handed over by `pytake up`
    screen = Screen(aside=plan.as_json)
    house = House(plan, Waiter(), screen)
    try:
        _greet(plan, house.open(), house, screen)
        house.keep()
    except Stop:
        screen.say("", "Stopping.")
    except Problem as problem:
        _complain(problem, plan)
        return 1
    finally:
        house.close()
    return 0


def _greet(plan: Plan, way_in: dict[str, str], house: House, screen: Screen) -> None:
    facts = {"url": plan.public_url, "logs": str(house.logs)}
    lines = ["", f"  PyTake    {plan.public_url}"]
    if plan.demo:
        facts |= {"phone": plan.simulator_url, "email": way_in["email"], "password": way_in["password"]}
        lines.append(f"  Sign in   {way_in['email']}   {way_in['password']}")
        lines.append(f"  Phone     {plan.simulator_url}   (write to the bakery as a customer)")
    if url := way_in.get("setup_url"):
        facts["setup_url"] = url
        lines.append(f"  Set up    {url}   (good once, for a day; `pytake setup` prints another)")
    screen.say(*lines, f"  Logs      {house.logs}", "", "  Ctrl-C stops everything; what you did is kept.")
    if plan.as_json:
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()


def _complain(problem: Problem, plan: Plan) -> None:
    sys.stderr.write(f"{problem.sentence}\n{problem.remedy}\n")
    if plan.as_json:
        error = {"code": "problem", "message": problem.sentence, "remedy": problem.remedy}
        sys.stdout.write(json.dumps({"error": error}) + "\n")


if __name__ == "__main__":
    sys.exit(main())
