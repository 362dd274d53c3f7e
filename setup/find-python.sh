#!/usr/bin/env bash
# Print the path of a Python 3.10 that really runs, or fail.
set -uo pipefail

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

# A pyenv shim answers to `python3.10` even when pyenv has not selected any 3.10, and then
# fails; uv stops at such a shim. So every candidate is run, and the versions folder beside
# a shim is searched too.
find_python310() {
  local candidate root
  while read -r candidate; do
    if is_310 "$candidate"; then "$candidate" -c 'import sys; print(sys.executable)'; return; fi
  done < <(type -ap python3.10 python3 python 2>/dev/null)
  for root in "${PYENV_ROOT:-}" "${HOME:-}/.pyenv" $(type -ap python3.10 2>/dev/null | sed -n 's|/shims/python3.10$||p'); do
    [ -n "$root" ] || continue
    for candidate in "$root"/versions/3.10.*/bin/python3.10; do
      if is_310 "$candidate"; then echo "$candidate"; return; fi
    done
  done
  return 1
}

find_python310
