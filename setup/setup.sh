#!/usr/bin/env bash
# Make the environment: setup/setup.sh run|dev|bench|operation|load [ENVIRONMENT_FOLDER]
#   run   what the assistant needs; dev: what the tests need besides; bench: the peers too;
#   operation: what checks deploy/ and lists the parts; load: the load generator
# TENSORFLOW=1 installs Rasa's full set of dependencies instead of the small one.
# Does nothing when the environment already fits the lock.
set -euo pipefail
cd "$(dirname "$0")/.."

# Trust what the system trusts: many networks put their own certificate in between.
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1
what=${1:?run, dev, bench, operation or load}
venv=${2:-.venv}
say() { printf '» %s\n' "$*"; }
stop() { printf 'Kurulum durdu: %s\n' "$*" >&2; exit 1; }

lock=setup/$what.txt
[ "${TENSORFLOW:-}" = 1 ] && lock=setup/tensorflow.txt
# The stamp of a lock: its content and what else decides how it is installed.
stamp_of() {
  echo "$venv/.lock-$(cat "$1" setup/setup.sh setup/rasa_environment.* | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-16)"
}

stamp=$(stamp_of "$lock")
[ -e "$stamp" ] && exit 0
# The tests' lock contains the other one: `make run` after `make test` changes nothing.
[ "$what" = run ] && [ -e "$(stamp_of setup/dev.txt)" ] && exit 0

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

# uv: the one on the PATH if it is new enough to know our flags, else our own copy.
find_uv() {
  if command -v uv >/dev/null 2>&1 && uv pip sync --help 2>/dev/null | grep -q -- --require-hashes; then command -v uv; return; fi
  local tools=.venv-tools python
  if [ ! -x $tools/bin/uv ]; then
    say "uv kuruluyor" >&2
    for python in $(type -ap python3 python 2>/dev/null) "$1"; do
      [ -n "$python" ] || continue
      rm -rf $tools
      if "$python" -m venv $tools >/dev/null 2>&1 || { "$python" -m venv --without-pip $tools >/dev/null 2>&1 && "$python" -m pip --version >/dev/null 2>&1; }; then
        if [ -x $tools/bin/pip ]; then
          $tools/bin/pip install -q --disable-pip-version-check --require-hashes --no-deps -r setup/uv.txt >&2 && break
        else
          "$python" -m pip --python $tools/bin/python install -q --disable-pip-version-check --require-hashes --no-deps -r setup/uv.txt >&2 && break
        fi
      fi
    done
    [ -x $tools/bin/uv ] || return 1
  fi
  echo "$PWD/$tools/bin/uv"
}

python=$(setup/find-python.sh || true)
uv=$(find_uv "$python") || stop "uv kurulamadı. Python 3'ün venv paketini (Debian: apt-get install python3-venv) kurup yeniden deneyin."
if [ -z "$python" ]; then
  say "Python 3.10 bulunamadı, uv indiriyor"
  "$uv" python install 3.10 || stop "Python 3.10 yok ve indirilemedi. 3.10 kurup PATH'e ekleyin ya da pyenv install 3.10 çalıştırın."
  python=$("$uv" python find --managed-python 3.10)
fi

if ! is_310 "$venv/bin/python"; then
  say "Ortam $venv, Python: $("$python" -V 2>&1)"
  "$uv" venv -q --clear --python "$python" "$venv"
fi
say "Paketler kuruluyor ($(grep -c '==' "$lock") paket, $lock)"
"$uv" pip sync --require-hashes --compile-bytecode --python "$venv/bin/python" "$lock"
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
cp setup/rasa_environment.py setup/rasa_environment.pth "$site/"
rm -f "$venv"/.lock-*
touch "$stamp"
say "Ortam hazır: $venv"
