#!/bin/sh
# install.sh ARGUMENTS…: install into .venv, with uv when it can and with pip when it cannot.
# Compiled at once, as pip does: where Python may not write (PYTHONDONTWRITEBYTECODE, a read-only image), every
# start would compile every library anew, which takes longer than all the rest of it.
set -u
if [ -x .venv/bin/uv ] && .venv/bin/uv pip install --compile-bytecode --python .venv/bin/python "$@"; then
    exit 0
fi
exec .venv/bin/python -m pip install --disable-pip-version-check "$@"
