#!/usr/bin/env bash
# Write the list of parts of what runs (CycloneDX 1.6) from its lock: setup/sbom.sh [FILE [OPTION…]]
# Made anew from the same lock it is the same file: no time, no serial number.
set -euo pipefail
cd "$(dirname "$0")/.."
file=${1:-build/sbom.json}
mkdir -p "$(dirname "$file")"
# What the lock names and no machine installs is no part.
awk '/^[^ ]/ { skip = /never/ } !skip' setup/run.txt |
  .venv-operation/bin/cyclonedx-py requirements - \
    --spec-version 1.6 --output-reproducible --output-format JSON --output-file "$file" "${@:2}"
printf '» %s\n' "$file"
