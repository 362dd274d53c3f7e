#!/usr/bin/env bash
# Make the secrets of the compose file that are not there yet: deploy/secrets.sh [FOLDER]
# Only the folder is closed: a container that runs without root must be able to read the
# one file it is given. Letters and digits only: the values stand in addresses.
set -euo pipefail
folder=${1:-"$(dirname "$0")/secrets"}
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

put() {
  if [ ! -e "$1" ]; then
    printf '%s' "$2" >"$1.new"
    chmod 444 "$1.new"
    mv "$1.new" "$1"
  fi
}
random() { openssl rand -hex 32; }

for name in postgres_password redis_password rabbitmq_password web_secret staff_secret desk_secret; do
  put "$name" "$(random)"
done
database="postgresql://assistant:$(<postgres_password)@postgres:5432/assistant"
put tracker_database "$database"
put desk_database "$database"
put redis_url "redis://:$(<redis_password)@redis:6379/0"
put broker_url "amqp://assistant:$(<rabbitmq_password)@rabbitmq:5672"
# RabbitMQ is given a salted digest and never the password.
salt=$(openssl rand -hex 4)
salt_bytes="\\x${salt:0:2}\\x${salt:2:2}\\x${salt:4:2}\\x${salt:6:2}"
digest() { printf '%b' "$salt_bytes"; { printf '%b' "$salt_bytes"; cat rabbitmq_password; } | openssl dgst -sha256 -binary; }
put rabbitmq_definitions.json "$(printf '%s' '{"users":[{"name":"assistant","tags":[],
"hashing_algorithm":"rabbit_password_hashing_sha256","password_hash":"' "$(digest | openssl base64 -A)" '"}],
"vhosts":[{"name":"/"}],
"permissions":[{"user":"assistant","vhost":"/","configure":".*","write":".*","read":".*"}]}')"
for name in tls_certificate.pem tls_key.pem; do
  [ -e "$name" ] || printf 'Eksik: %s/%s\n' "$folder" "$name" >&2
done
