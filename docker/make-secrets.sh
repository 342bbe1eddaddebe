#!/bin/sh
# Generates the secrets of the Compose files in docker/secrets: database URLs with their passwords, and the secret that the
# gateway and Europe send to a subgraph. Existing files are not changed.
# Usage: docker/make-secrets.sh [service ...]   Default: denmark belgium italy europe.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
# The users of the containers are unknown to this machine, so the files are readable by all; the folder keeps its own users out.
chmod 700 secrets
umask 022

random() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
write_once() { [ -s "secrets/$1" ] || printf '%s' "$2" >"secrets/$1"; }

[ $# -gt 0 ] || set -- denmark belgium italy europe
for name in "$@"; do
  server="$name-database:5432"
  write_once "${name}_administrator_password" "$(random)"
  write_once "${name}_administrator_url" "postgres://postgres:$(cat "secrets/${name}_administrator_password")@$server/postgres"
  write_once "${name}_migration_url" "postgres://$name:$(random)@$server/$name"
  write_once "${name}_database_url" "postgres://${name}_service:$(random)@$server/$name"
  write_once "${name}_secrets" "$(random)"
done
