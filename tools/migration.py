#!/usr/bin/env python3
"""Begins a migration: the next number, the sentence given, and two empty functions."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).resolve().parents[1] / "server" / "migrations"


def main(sentence: str) -> int:
    if not sentence:
        sys.stderr.write('Say what it does: make migration m="add campaign pause"\n')
        return 2
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    numbers = [int(script.revision) for script in ScriptDirectory.from_config(config).walk_revisions()]
    command.revision(config, message=sentence, rev_id=f"{max(numbers, default=0) + 1:03}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
