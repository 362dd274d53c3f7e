#!/usr/bin/env bash
# Everything `make test` checks, in the order that fails fastest.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-.venv}/bin
step() { printf '\n» %s\n' "$*"; }
step ruff; "$bin/ruff" check .; "$bin/ruff" format --check .
step mypy; "$bin/mypy"
step widget; setup/widget.sh
step "model"; "$bin/python" -m bot train
step "rules: every branch"
"$bin/python" -m pytest tests/actions/rules --cov=actions/rules --cov-branch \
  --cov-report=term:skip-covered --cov-fail-under=100
step pytest; "$bin/python" -m pytest
