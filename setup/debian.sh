#!/usr/bin/env bash
# Install programs the tests need that are not Python: setup/debian.sh PROGRAM=PACKAGE …
# Does nothing for those that are there; elsewhere than on Debian it says what to install.
set -euo pipefail
PATH=$PATH:/usr/sbin # where servers are, and not everybody looks
missing=()
for pair in "$@"; do
  command -v "${pair%%=*}" >/dev/null 2>&1 || missing+=("${pair#*=}")
done
[ ${#missing[@]} -eq 0 ] && exit 0
printf '» Debian paketleri kuruluyor: %s\n' "${missing[*]}"
if ! command -v apt-get >/dev/null 2>&1; then
  printf 'Kurulum durdu: şu programları kurup yeniden deneyin: %s\n' "${missing[*]}" >&2
  exit 1
fi
root=()
[ "$(id -u)" -eq 0 ] || root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${root[@]}" apt-get -qq update
"${root[@]}" apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
