#!/bin/sh
# client.sh [--check]: the API as the server describes it, and the web's typed client made from that.
# With --check nothing is written: it fails when either is stale.
set -eu
written=$(mktemp -d "${TMPDIR:-/tmp}/client.XXXXXX")
trap 'rm -rf "$written"' EXIT
.venv/bin/pytake openapi >"$written/openapi.json"
if [ "${1:-}" = --check ]; then
    sh -c "$NPM exec --silent -- openapi-typescript $written/openapi.json --output $written/schema.ts" >&2
    if ! cmp -s "$written/openapi.json" web/openapi.json || ! cmp -s "$written/schema.ts" web/src/shared/api/schema.ts; then
        echo "The web's API client does not say what the server says: run make client and commit it." >&2
        exit 1
    fi
    exit 0
fi
cp "$written/openapi.json" web/openapi.json
sh -c "$NPM run --silent client"
