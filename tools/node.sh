#!/bin/sh
# Uses the Node that is there when it is new enough, else installs one into .venv.
set -eu
new_enough='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && node -e "$new_enough"; then
    exit 0
fi
exec tools/install.sh --require-hashes -r requirements/node.txt
