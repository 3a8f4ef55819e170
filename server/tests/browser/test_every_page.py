"""Every page there is, in each language, wide and on a phone, light and dark."""

import re
from collections.abc import AsyncIterator
from typing import Any, Final
from uuid import uuid4

import pytest
from httpx import AsyncClient
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.axe import assert_accessible
from tests.browser.looks import SCHEMES, SIZES, fits, look, paint, speak
from tests.browser.newcomers import PATIENCE, Newcomer, make_operator
from tests.browser.words import LANGUAGES, foreign_words

pytestmark = pytest.mark.timeout(600)

OUTSIDE: Final = {
    "sign-in": "/sign-in",
    "session-ended": "/sign-in?expired=true",
    "forgot-password": "/forgot-password",
    "reset-password-missing": "/reset-password",
    "verify-email-missing": "/verify-email",
    "invitation-missing": "/invitation",
    "invitation-used": "/invitation#used",
    "change-email-missing": "/change-email",
    "setup-already": "/setup",
}
INSIDE: Final = {
    "conversations": "/conversations?status=all",
    "conversation-gone": f"/conversations/{uuid4()}",
    "team": "/team",
    "team-sorted": "/team?sort=-last_seen_at&role=agent",
    "team-nobody": "/team?q=zzzz",
    "team-person": "/team?person={person}",
    "team-person-gone": f"/team?person={uuid4()}",
    "invitations": "/team/invitations?all=true",
    "invite": "/team/invitations?invite=true",
    "departments": "/team/departments",
    "department-new": "/team/departments?create=true",
    "department": "/team/departments/{department}",
    "department-gone": f"/team/departments/{uuid4()}",
    "numbers": "/numbers",
    "numbers-connect": "/numbers/connect",
    "number-gone": f"/numbers/{uuid4()}",
    "organization": "/settings/organization",
    "api-keys": "/settings/api-keys",
    "api-keys-new": "/settings/api-keys?new=true",
    "audit": "/settings/audit",
    "audit-nothing": "/settings/audit?since=2001-01-01&until=2001-01-02",
    "platform": "/platform/organizations",
    "platform-nothing": "/platform/organizations?q=zzzz",
    "platform-new": "/platform/organizations/new",
    "platform-one": "/platform/organizations/{organization}",
    "profile": "/profile",
    "profile-security": "/profile/security",
    "profile-devices": "/profile/devices",
    "profile-appearance": "/profile/appearance",
    "nowhere": "/nowhere",
}
GREETED: Final = ("conversations", "audit", "platform-one", "profile-devices")
"""Some of the pages, loaded in each language."""

SOON: Final = 100
"""Frames until a page has changed its language: it asks its server again for some words."""

OVERLAYS: Final = {"palette": "Control+k", "shortcuts": "?"}

_SETTLED: Final = """() => document.querySelector('h1, h2') !== null
    && document.querySelector('[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root') === null"""
_DRAWN: Final = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
_REACHES_DOWN: Final = """() => {
    const content = document.querySelector('#content')
    return content === null || Math.abs(content.getBoundingClientRect().bottom - window.innerHeight) < 1
}"""


@pytest.fixture
async def owner(pytake: dict[str, Any], operator: Newcomer) -> dict[str, Any]:
    """Somebody of an organization of this test's own, with one of everything; their names mean nothing."""
    slug = f"zyx-{uuid4().hex[:8]}"
    async with AsyncClient(base_url=f"{pytake['url']}/api/v1", timeout=30) as api:

        async def enter(who: Newcomer) -> None:
            login = {"email": who.email, "password": who.password}
            answer = (await api.post("/auth/login", json=login)).raise_for_status()
            api.headers["authorization"] = f"Bearer {answer.json()['access_token']}"

        async def make(path: str, **body: Any) -> dict[str, Any]:
            made: dict[str, Any] = (await api.post(path, json=body)).raise_for_status().json()
            return made

        await enter(operator)
        organization = await make("/platform/organizations", name=f"Zyx {'Wvu' * 9} Ltda", slug=slug)
        who = Newcomer("Qwert Uiopa-Sdfgh Jklzx", f"q@{slug}.zz", f"{slug} barco verde")
        make_operator(pytake, who, slug)
        await enter(who)
        myself = (await api.get("/people/me")).json()
        department = await make("/departments", name="Plmkn", business_hours={})
        place = {"is_primary": True, "priority_level": 3}
        await api.put(f"/departments/{department['id']}/members/{myself['id']}", json=place)
        await make("/invitations", email=f"r@{slug}.zz", full_name="Rtyui", role="viewer")
        await make("/api-keys", name="Bvcxz", scopes=["conversations.read", "audit.read"])
    return {
        "who": who,
        "url": pytake["url"],
        "places": {
            "person": myself["id"],
            "department": department["id"],
            "organization": organization["id"],
        },
    }


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=SIZES["wide"], locale="pt-BR")
    yield context
    await context.close()


async def _enter(page: Page, owner: dict[str, Any]) -> None:
    await page.goto(owner["url"])
    await page.locator("input[type=email]").fill(owner["who"].email)
    await page.locator("input[type=password]").fill(owner["who"].password)
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile("/conversations"), timeout=PATIENCE)


async def _visit(page: Page, owner: dict[str, Any], path: str) -> None:
    await page.goto(owner["url"] + path.format(**owner["places"]))
    await page.wait_for_function(_SETTLED, timeout=PATIENCE)


def _complaints(context: BrowserContext) -> list[str]:
    found: list[str] = []
    context.on("weberror", lambda error: found.append(str(error.error)))
    context.on(
        "console",
        lambda line: found.append(line.text) if re.match("There are no words|A blank", line.text) else None,
    )
    return found


async def _visit_all(page: Page, owner: dict[str, Any]) -> AsyncIterator[str]:
    """Each page once, as a stranger and then as somebody."""
    for name, path in OUTSIDE.items():
        await _visit(page, owner, path)
        yield name
    await _enter(page, owner)
    for name, path in INSIDE.items():
        await _visit(page, owner, path)
        yield name
    await _visit(page, owner, INSIDE["conversations"])
    for name, key in OVERLAYS.items():
        await page.keyboard.press(key)
        await page.get_by_role("dialog").wait_for()
        yield name
        await page.keyboard.press("Escape")
        await page.get_by_role("dialog").wait_for(state="hidden")


async def _say_in(page: Page, language: str) -> set[str]:
    """What is still of another language once the page had its time to change."""
    await speak(page, language)
    foreign: set[str] = set()
    for _ in range(SOON):
        await page.evaluate(_DRAWN)
        if not (foreign := await foreign_words(page, language)):
            break
    return foreign


async def test_every_page_is_in_each_language_and_fits(
    context: BrowserContext, owner: dict[str, Any]
) -> None:
    """Loading a page takes far longer than reading it, so the open one changes its language."""
    complaints = _complaints(context)
    page = await context.new_page()
    wrong: dict[str, Any] = {}

    async for name in _visit_all(page, owner):
        for language in LANGUAGES:
            await page.set_viewport_size(SIZES["wide"])
            if foreign := await _say_in(page, language):
                wrong[f"{name} in {language}"] = foreign
            await look(page, f"{language}-{name}")
            if not await page.evaluate(_REACHES_DOWN):
                wrong[f"{name} in {language}"] = "ends above the window's end"
            await page.set_viewport_size(SIZES["phone"])
            if not await fits(page):
                wrong[f"{name} in {language} on a phone"] = "is too wide"
        await speak(page, LANGUAGES[0])
        await page.set_viewport_size(SIZES["wide"])
    assert wrong == {}
    assert complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_chose_no_language_is_met_in_the_browser_s(
    browser: Browser, owner: dict[str, Any], language: str
) -> None:
    context = await browser.new_context(viewport=SIZES["wide"], locale=language)
    complaints = _complaints(context)
    page = await context.new_page()
    wrong = {}
    await _visit(page, owner, OUTSIDE["sign-in"])
    wrong["outside"] = await foreign_words(page, language)
    await _enter(page, owner)
    for name in GREETED:
        await _visit(page, owner, INSIDE[name])
        wrong[name] = await foreign_words(page, language)
    assert await page.evaluate("document.documentElement.lang") == language
    assert not any(wrong.values()), wrong
    assert complaints == []
    await context.close()


async def test_every_page_is_accessible_light_and_dark_wide_and_on_a_phone(
    context: BrowserContext, owner: dict[str, Any]
) -> None:
    page = await context.new_page()
    await _enter(page, owner)
    for path in INSIDE.values():
        await _visit(page, owner, path)
        for viewport in SIZES.values():
            await page.set_viewport_size(viewport)
            for scheme in SCHEMES:
                await paint(page, scheme)
                await assert_accessible(page)
        await page.set_viewport_size(SIZES["wide"])
