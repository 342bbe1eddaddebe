#!/bin/sh
# Makes the secrets that the compose files name, in docker/secrets: addresses of databases with their passwords, and what the
# gateway shows to a subgraph. What is there stays. Usage: docker/make-secrets.sh [service ...], default all of them.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
# The files are read by users of the containers, whom this machine does not know. Its own users do not get through the folder.
chmod 700 secrets
umask 022

random() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
make() { [ -s "secrets/$1" ] || printf '%s' "$2" >"secrets/$1"; }

[ $# -gt 0 ] || set -- denmark belgium italy europe
for name in "$@"; do
  server="$name-database:5432"
  make "${name}_administrator_password" "$(random)"
  make "${name}_administrator_url" "postgres://postgres:$(cat "secrets/${name}_administrator_password")@$server/postgres"
  make "${name}_migration_url" "postgres://$name:$(random)@$server/$name"
  make "${name}_database_url" "postgres://${name}_service:$(random)@$server/$name"
  make "${name}_secrets" "$(random)"
done
