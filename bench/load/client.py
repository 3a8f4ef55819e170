"""Running a plan in a load process of its own."""

from bench.children import answer_of
from bench.load.plan import Outcome, Plan, read_outcome

MARGIN = 60.0


async def run_load(plan: Plan) -> Outcome:
    """Raises what `answer_of` raises."""
    within = plan.warm_up + plan.seconds + plan.patience + MARGIN
    return read_outcome(await answer_of("-m", "bench.load", within=within, told=plan.written()))
