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
# Three files at a time on two processors: most of them wait for servers and browsers. The longest begin, so that
# no single one is left at the end. What is timed runs alone.
step pytest; "$bin/python" -m pytest -n 3 --dist loadfile --no-loadscope-reorder \
  -m "not alone" --durations=25 --ignore=tests/actions/rules \
  tests/desk/test_taught.py tests/channels/telegram tests/desk tests bot actions
step "pytest: parts die"; "$bin/python" -m pytest -m alone -s tests/operation
