"""Whatever is written to the trail can be read in it: every action has its sentence, in every language."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

import pytake

SOURCES: Final = Path(pytake.__file__).parent
WORDS: Final = Path(__file__).parents[3] / "web/src/shared/i18n"
LANGUAGES: Final = ("pt-br", "en", "es")
ACTION: Final = re.compile(r"[a-z_]+\.[a-z_]+")
ENTRY: Final = re.compile(r"^ {4}(\w+):\s*'((?:[^'\\]|\\.)*)',$", re.MULTILINE)
BLANK: Final = re.compile(r"{{\w+}}")


def calls(tree: ast.AST, method: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield node


def texts(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and ACTION.fullmatch(each.value):
            yield each.value


def audited(source: str) -> tuple[set[str], set[str]]:
    """The actions of a module, and the calls whose action does not stand in it.

    Where an action is handed on to whoever audits, every text that looks like one is, but for events.
    """
    tree = ast.parse(source)
    actions: set[str] = set()
    unknown: set[str] = set()
    for call in calls(tree, "audit"):
        match call.args[0]:
            case ast.Constant() | ast.IfExp() as told:
                actions |= set(texts(told))
            case ast.Name(name) if name.islower():
                events = {text for told in calls(tree, "publish") for text in texts(told)}
                actions |= set(texts(tree)) - events
            case _:
                unknown.add(ast.unparse(call))
    return actions, unknown


@cache
def every_action() -> frozenset[str]:
    found = [audited(path.read_text()) for path in sorted(SOURCES.rglob("*.py"))]
    assert [call for _, unknown in found for call in unknown] == []
    return frozenset().union(*(actions for actions, _ in found))


def said(language: str, block: str) -> dict[str, str]:
    table = (WORDS / language / "audit-words.ts").read_text()
    inside = re.search(rf"^  {block}: {{\n(.*?)^  }},$", table, re.MULTILINE | re.DOTALL)
    assert inside is not None, f"{language} has no {block}"
    return dict(ENTRY.findall(inside[1]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_its_sentence_and_no_sentence_is_of_nothing(language: str) -> None:
    sentences = said(language, "deeds")

    assert set(sentences) == {action.replace(".", "_") for action in every_action()}
    assert [word for word, sentence in sentences.items() if not sentence.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_thing_has_its_name(language: str) -> None:
    kinds = {action.partition(".")[0] for action in every_action()}

    assert set(said(language, "kinds")) == kinds | {"invitation"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_the_same_things_in_every_language(language: str) -> None:
    source = {word: set(BLANK.findall(sentence)) for word, sentence in said("pt-br", "deeds").items()}

    assert {
        word: set(BLANK.findall(sentence)) for word, sentence in said(language, "deeds").items()
    } == source
    assert any(source.values())


def test_an_action_is_found_wherever_it_stands() -> None:
    actions, unknown = audited(
        """
async def _do(work, deed):
    work.audit(deed, work.id)
    work.publish("thing.changed", {})

async def open(work):
    await _do(work, "thing.opened")
    work.audit("thing.kept" if work else "thing.made")
    work.audit(f"thing.{work}")
"""
    )

    assert actions == {"thing.opened", "thing.kept", "thing.made"}
    assert len(unknown) == 1
