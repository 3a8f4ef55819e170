"""What axe-core, the web's own dependency, finds wrong with a page."""

from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any, Final

from playwright.async_api import Page

AXE = Path(__file__).parents[3] / "web/node_modules/axe-core/axe.min.js"

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_SETTLED = """async () => {
    const moving = () => document.getAnimations().filter((one) => one.playState !== 'finished'
        && one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished)
    for (let still = 0; still < 5; still += 1) {
        await new Promise(requestAnimationFrame)
        if (moving().length) { still = 0; await Promise.allSettled(moving()) }
    }
}"""
"""A dialog stands there, transparent, for two frames before its fading in is an animation at all."""

_RUN = """async (tags) => {
    const {violations} = await axe.run(document, {runOnly: {type: 'tag', values: tags}})
    return violations.map(({id, help, nodes}) =>
        ({rule: id, help, where: nodes.map((node) => `${node.target}: ${node.failureSummary}`)}))
}"""


PERSISTS: Final = 10.0
"""Seconds after which what axe finds is the page's own, not of its way between two states."""


async def assert_accessible(page: Page) -> None:
    """By WCAG 2.2 AA, as far as a machine can tell.

    What still fades in has the colours of neither state, and what still unfolds lies over its neighbours; a
    busy machine may begin to move it only after the page stood still for a moment. So whatever is found is
    looked for again, until it is gone or has stayed.
    """
    await page.evaluate(_axe())
    until = monotonic() + PERSISTS
    while violations := await _violations(page):
        assert monotonic() < until, f"{page.url}\n" + "\n".join(_told(found) for found in violations)


async def _violations(page: Page) -> list[dict[str, Any]]:
    await page.evaluate(_SETTLED)
    found: list[dict[str, Any]] = await page.evaluate(_RUN, _RULES)
    return found


@cache
def _axe() -> str:
    return AXE.read_text()


def _told(found: dict[str, Any]) -> str:
    return f"{found['rule']}: {found['help']}\n" + "\n".join(f"  {where}" for where in found["where"])
