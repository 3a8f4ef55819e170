#!/bin/sh
# Makes .venv, with uv in it. A registry without uv is no reason to stop: pip installs the same pins, slower.
set -eu
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    "$(tools/python.sh)" -m venv --clear .venv
fi
.venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r requirements/uv.txt ||
    echo "uv could not be installed; going on with pip."
