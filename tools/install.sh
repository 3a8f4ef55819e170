#!/bin/sh
# install.sh ARGUMENTS…: install into .venv, with uv when it can and with pip when it cannot.
set -u
if [ -x .venv/bin/uv ] && .venv/bin/uv pip install --python .venv/bin/python "$@"; then
    exit 0
fi
exec .venv/bin/python -m pip install --disable-pip-version-check "$@"
