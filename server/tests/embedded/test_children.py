import shutil
from pathlib import Path

from pytake.entrypoints.accounts import unprivileged
from pytake.entrypoints.children import Child, bare


def test_a_server_that_may_not_be_root_still_reaches_folders_only_root_may_enter(tmp_path: Path) -> None:
    """Somebody who works as root has the project in /root. (For anybody else this is an ordinary start.)"""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = Path(shutil.copy(shutil.which("cat") or "/bin/cat", closed))
    (closed / "said").write_text("inside")
    child = Child(
        name="cat",
        command=[str(program), str(closed / "said")],
        log=tmp_path / "log",
        cwd=tmp_path,
        environment=bare(tmp_path),
        account=unprivileged(tmp_path / "none"),
    )

    child.start()
    child.end(within=30)

    assert (child.exit_code(), child.said()) == (0, "inside")


def test_a_program_that_is_not_there_says_so_in_its_log(tmp_path: Path) -> None:
    child = Child("gone", ["/nowhere/gone"], tmp_path / "log", tmp_path, bare(tmp_path))

    child.start()
    child.end(within=30)

    assert child.exit_code() == 1
    assert child.said() == "/nowhere/gone: No such file or directory\n"
