#!/bin/sh
# Prints the Python to make .venv with, or says in one sentence what is missing.
set -u
usable='import sys, venv, ensurepip; sys.exit(not (sys.version_info >= (3, 11)))'
for candidate in ${PYTHON:-} python3.12 python3.13 python3.11 python3 python3.14; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$usable" >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
if python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    echo "This Python cannot make virtual environments: install its venv module (Debian and Ubuntu: apt-get install python3-venv)." >&2
else
    echo "PyTake needs Python 3.11 or later and none was found: install it, or name one with make PYTHON=/path/to/python3." >&2
fi
exit 1
