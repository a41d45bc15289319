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
    "$home/venv/bin/pip" install --quiet --disable-pip-version-check 'schemathesis==4.32.5'
fi

document=$base/api/v1/openapi.json
run() {
    bearer=$1
    shift
    "$home/venv/bin/schemathesis" --config-file "$root/xtask/schemathesis.toml" run "$document" --url "$base" \
        --header "Authorization: Bearer $bearer" --checks all "$@"
}

cd "$home"
run "$token" --exclude-operation-id revoke_token "$@"

# Revoking goes last and with a token of its own, since it may hit the one that it is done with.
other=$(python3 - "$base" "$token" <<'END'
import json, sys, time, urllib.request
wanted = json.dumps({"name": f"schemathesis {time.time()}", "scope": "admin"}).encode()
headers = {"Authorization": f"Bearer {sys.argv[2]}", "Content-Type": "application/json"}
request = urllib.request.Request(f"{sys.argv[1]}/api/v1/tokens", wanted, headers)
print(json.load(urllib.request.urlopen(request))["token"])
END
)
run "$other" --include-operation-id revoke_token "$@"
