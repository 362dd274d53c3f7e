#!/usr/bin/env bash
# Check the widget's sources, and that the built script in the repository is theirs.
# `setup/widget.sh build` writes it anew.
set -euo pipefail
cd "$(dirname "$0")/../bot/channels/widget"
stamp=node_modules/.lock-$(sha256sum package-lock.json | cut -c1-16)
if [ ! -e "$stamp" ]; then
  npm ci --ignore-scripts --silent
  touch "$stamp"
fi
node_modules/.bin/tsc --noEmit
if [ "${1:-check}" = build ]; then
  node build.mjs
else
  built=$(mktemp)
  trap 'rm -f "$built"' EXIT
  node build.mjs "$built"
  cmp -s "$built" dist/widget.js || {
    echo "bot/channels/widget/dist/widget.js is not what src/ makes: run make widget" >&2
    exit 1
  }
fi
