"""What axe-core, the web's own dependency, finds wrong with a page."""

from functools import cache
from pathlib import Path
from typing import Any

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


async def assert_accessible(page: Page) -> None:
    """By WCAG 2.2 AA, as far as a machine can tell. What still fades in has the colours of neither state."""
    await page.evaluate(_SETTLED)
    await page.evaluate(_axe())
    violations: list[dict[str, Any]] = await page.evaluate(_RUN, _RULES)
    assert violations == [], f"{page.url}\n" + "\n".join(_told(found) for found in violations)


@cache
def _axe() -> str:
    return AXE.read_text()


def _told(found: dict[str, Any]) -> str:
    return f"{found['rule']}: {found['help']}\n" + "\n".join(f"  {where}" for where in found["where"])
