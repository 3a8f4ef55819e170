"""Rules of the house that no linter ships. They read what git tracks, or would track."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
LONGEST = 400
LARGEST = 1_000_000
GENERATED = {"web/src/shared/api/schema.ts", "web/src/routeTree.gen.ts"}
"""Written by a program; nobody reads them from top to bottom."""

CODE = {".py", ".ts", ".tsx"}
DATA = {".json", ".txt", ".svg", ".png", ".ico", ".woff2"}
BANNED_NAMES = {"utils", "helpers", "helper", "common", "manager", "misc"}
REGISTRIES = re.compile(
    r"https?://[\w.-]*(?:npmjs|yarnpkg|npmmirror|pythonhosted|pypi|artifactory|nexus|debian)\b"
    r"|--index-url|--extra-index-url"
    r'|"resolved":\s*"http'
)
MACHINE_PATHS = re.compile(r"(?<![\w.-])/(?:work|root|home/\w+|Users/\w+)/[\w.-]+")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|NotImplementedError|pytest\.(?:mark\.)?(?:skip|xfail)")
"""What is not done is not there; what is there is done."""

THIS_FILE = "server/tests/architecture/test_house.py"


@cache
def files() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [name for name in sorted(set(listed.splitlines())) if (PROJECT / name).is_file()]


def texts(*suffixes: str) -> list[tuple[str, str]]:
    chosen = [name for name in files() if name != THIS_FILE and (not suffixes or name.endswith(suffixes))]
    return [(name, (PROJECT / name).read_bytes().decode(errors="ignore")) for name in chosen]


def matches(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1}: {found[0]}"
        for name, text in texts(*suffixes)
        for found in pattern.finditer(text)
    ]


def test_no_file_is_longer_than_it_can_be_read() -> None:
    lengths = {name: text.count("\n") for name, text in texts(*CODE) if name not in GENERATED}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_file_is_larger_than_a_clone_should_carry() -> None:
    sizes = {name: (PROJECT / name).stat().st_size for name in files()}

    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [name for name in files() if not BANNED_NAMES.isdisjoint(Path(name).with_suffix("").parts)] == []


def test_no_registry_is_written_down() -> None:
    """Who installs decides where packages come from; a lock file with addresses would decide for them."""
    assert matches(REGISTRIES) == []


def test_no_path_of_somebody_s_machine_is_written_down() -> None:
    assert matches(MACHINE_PATHS) == []


def test_nothing_is_left_for_later() -> None:
    assert matches(UNFINISHED, *CODE) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRIES, '"resolved": "https://registry.{}.org/react/-/react-19.tgz"'.format("npmjs")),
        (REGISTRIES, "--extra-index-url https://example.org"),
        (MACHINE_PATHS, 'Path("/home/maria/pytake")'),
        (UNFINISHED, "# TODO: later"),
        (UNFINISHED, "@pytest.mark.skip"),
    ],
)
def test_each_rule_can_say_no(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
