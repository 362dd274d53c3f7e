#!/usr/bin/env bash
# Compile setup/*.txt from setup/*.in, for Python 3.10 on every platform.
set -euo pipefail
cd "$(dirname "$0")"
uv=$(command -v uv || echo ../.venv-tools/bin/uv)
compile() { "$uv" pip compile -q --universal --python-version 3.10 --generate-hashes --no-annotate --no-header "$@"; }
compile uv.in -o uv.txt
compile run.in --override overrides.txt -o run.txt
compile dev.in --override overrides.txt -o dev.txt
compile tensorflow.in --override tensorflow-overrides.txt -o tensorflow.txt
compile bench.in --override tensorflow-overrides.txt -o bench.txt
compile operation.in -o operation.txt
compile load.in -o load.txt
