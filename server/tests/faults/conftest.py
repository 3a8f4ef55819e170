import random
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults import report
from tests.faults.figures import RESULTS, Figures
from tests.faults.installation import Installation, an_installation
from tests.faults.size import FULL, SEED
from tests.pipeline.conftest import office, sim

__all__ = ["office", "sim"]

FIGURES = pytest.StashKey[Figures]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = Figures()


def pytest_report_header() -> str:
    return f"faults: {'full' if FULL else 'a tenth'}, repeat with PYTAKE_FAULTS_SEED={SEED}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures = config.stash[FIGURES]
    if not figures.lines:
        return
    terminalreporter.section(f"faults, {'full' if FULL else 'a tenth'}, seed {SEED}")
    for line in figures.lines:
        terminalreporter.write_line(line.written())
    if FULL:
        figures.save(RESULTS, SEED)
        report.main()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(1800 if FULL else 170))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    figures = request.config.stash[FIGURES]
    figures.begin(request.node.nodeid.partition("tests/faults/")[2])
    return figures


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Of this test alone, so that the seed repeats it whatever else runs."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture(scope="session")
def faults_folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """On a real disk. Kept, with every log, when a test has failed."""
    folder = Path(tempfile.mkdtemp(prefix="pytake-faults-"))
    yield folder
    if request.session.testsfailed:
        print(f"\nlogs of every process: {folder}")  # noqa: T201 - for whoever looks into the failure
    else:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
async def standing(faults_folder: Path) -> AsyncIterator[Installation]:
    async with an_installation(faults_folder / "shared", SEED) as installation:
        yield installation


@pytest.fixture
async def installation(standing: Installation) -> AsyncIterator[Installation]:
    """Shared by all tests, each with tenants of its own; healed before and after each."""
    await standing.heal()
    yield standing
    await standing.heal()
