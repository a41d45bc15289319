#!/bin/sh
# Runs schemathesis with all its checks against a running server.
#
#     xtask/schemathesis.sh BASE_URL TOKEN [further options of schemathesis]
#
# TOKEN has the scope admin. schemathesis is installed below target/ when it is missing. It writes: give it a
# server with a demo directory, never one that somebody needs.
set -eu

if [ $# -lt 2 ]; then
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
base=${1%/}
token=$2
shift 2

root=$(cd "$(dirname "$0")/.." && pwd)
home=$root/target/schemathesis
if [ ! -x "$home/venv/bin/schemathesis" ]; then
    mkdir -p "$home"
    python3 -m venv "$home/venv"
    "$home/venv/bin/pip" install --quiet --disable-pip-version-check 'schemathesis>=4.32,<5'
fi

cd "$home"
exec "$home/venv/bin/schemathesis" --config-file "$root/xtask/schemathesis.toml" run "$base/api/v1/openapi.json" \
    --url "$base" --header "Authorization: Bearer $token" --checks all "$@"
