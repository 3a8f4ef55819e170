import re

import aiohttp
import pytest

from simulator.page_files import PAGES
from simulator.testing import RunningSimulator


@pytest.mark.parametrize("path", ["/", "/account"])
async def test_the_page_runs_nothing_but_its_own_files(
    sim: RunningSimulator, session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(sim.base_url + path) as response:
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
    pages = [(PAGES / name).read_text() for name in ("index.html", "account.html")]
    named = {name for page in pages for name in re.findall(r'(?:href|src)="(/pages/[^"]+)"', page)}
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


@pytest.mark.parametrize(("file", "least"), [("i18n.js", 80), ("account-words.js", 15)])
def test_every_language_has_the_same_words(file: str, least: int) -> None:
    source = (PAGES / "js" / file).read_text()
    words = {
        language: set(re.findall(r"(?:^|[\s{,])('[\w.]+'|\w+): '", body))
        for language, body in re.findall(r"const (pt|en|es) = \{(.*?)\n\}", source, flags=re.DOTALL)
    }
    assert words.keys() == {"pt", "en", "es"}
    assert words["pt"] == words["en"] == words["es"]
    assert len(words["pt"]) > least
