import re

import aiohttp

from simulator.page_files import PAGES
from simulator.testing import RunningSimulator


async def test_the_page_runs_nothing_but_its_own_files(
    sim: RunningSimulator, session: aiohttp.ClientSession
) -> None:
    async with session.get(sim.base_url + "/") as response:
        page = await response.text()
        policy = response.headers["Content-Security-Policy"]
    assert response.content_type == "text/html"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=|\sstyle=", page)


async def test_every_file_the_page_names_is_there(
    sim: RunningSimulator, session: aiohttp.ClientSession
) -> None:
    named = set(re.findall(r'(?:href|src)="(/pages/[^"]+)"', (PAGES / "index.html").read_text()))
    for script in (PAGES / "js").glob("*.js"):
        named |= {f"/pages/js/{name}" for name in re.findall(r"from '\./([\w-]+\.js)'", script.read_text())}
    for sheet in (PAGES / "css").glob("*.css"):
        named |= set(re.findall(r'url\("([^"]+)"\)', sheet.read_text()))
    assert len(named) > 25
    for path in sorted(named):
        async with session.get(sim.base_url + path) as response:
            assert (response.status, response.headers["X-Content-Type-Options"]) == (200, "nosniff"), path


async def test_only_files_of_the_page_are_served(
    sim: RunningSimulator, session: aiohttp.ClientSession
) -> None:
    for path in (
        "/pages/nothing.js",
        "/pages/..%2fapp.py",
        "/pages/js/%2e%2e/%2e%2e/app.py",
        "/pages/index.html",
    ):
        async with session.get(sim.base_url + path) as response:
            assert response.status == 404, path


def test_no_script_parses_html() -> None:
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    for script in (PAGES / "js").glob("*.js"):
        assert not forbidden.search(script.read_text()), script.name


def test_every_language_has_the_same_words() -> None:
    source = (PAGES / "js" / "i18n.js").read_text()
    words = {
        language: set(re.findall(r"(?:^|[\s{,])('[\w.]+'|\w+): '", body))
        for language, body in re.findall(r"const (pt|en|es) = \{(.*?)\n\}", source, flags=re.DOTALL)
    }
    assert words.keys() == {"pt", "en", "es"}
    assert words["pt"] == words["en"] == words["es"]
    assert len(words["pt"]) > 80
