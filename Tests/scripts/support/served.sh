# shellcheck shell=bash
# A demo base that the built yuncang serves, on a PostgreSQL of its own; all of it is thrown away at the end.

support=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$support/../../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/processes.sh"
source "$root/scripts/lib/ending.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/folders.sh"
source "$root/scripts/lib/roles.sh"
source "$root/scripts/lib/postgres.sh"
source "$root/scripts/lib/guard.sh"

yuncang=${YUNCANG_EXECUTABLE:-$root/.build/debug/yuncang}
serving=
serve_options=()
address=

# Ends the test, with the reason, where something is missing that cannot be had.
skip() {
    printf 'skipped: %s\n' "$*"
    exit 0
}

remove_throwaway() {
    [[ -z $serving ]] || end_session "$serving" TERM
    stop_cluster immediate
    rm -rf "$throwaway"
}

# Runs yuncang on the database as that role.
run_yuncang() {
    local role=$1
    shift
    YUNCANG_DATABASE_URL=$(database_url "$role") YUNCANG_BASE=tianzhen "$yuncang" "$@"
}

# Serves the demo base at `address`, with `serve_options`. A token of each role stands in a file of its name in
# $throwaway/tokens.
serve_demo() {
    [[ -x $yuncang ]] || skip "there is no $yuncang: build it first (swift build)"
    [[ -n $(find_server_binaries) ]] || skip "PostgreSQL is not installed"
    make_throwaway_folder "${TMPDIR:-/tmp}" /tmp /var/tmp
    use_cluster "$throwaway"
    select_server_binaries
    start_guard "$throwaway" throwaway
    at_end remove_throwaway
    create_cluster --no-sync
    start_cluster "max_connections = 100" "fsync = off"
    create_roles_and_database
    run_yuncang yuncang_owner migrate >/dev/null 2>&1
    run_yuncang yuncang_owner base create tianzhen --name '37度云仓直播基地' >/dev/null
    run_yuncang yuncang_service demo load >/dev/null
    mkdir -m 700 "$throwaway/tokens"
    make_token operator
    make_token warehouse
    make_token host
    make_token controller
    make_token source --source shop
    make_token cooperative --owner yimaqiao
    start_serving
}

make_token() {
    local role=$1
    shift
    run_yuncang yuncang_service token create --role "$role" --name test --json "$@" \
        | sed 's/.*"token": *"\([^"]*\)".*/\1/' >"$throwaway/tokens/$role"
}

start_serving() {
    local tenths port
    port=$(free_port)
    address=http://127.0.0.1:$port
    YUNCANG_DATABASE_URL=$(database_url yuncang_service) YUNCANG_BASE=tianzhen \
        setsid "$yuncang" serve --listen "127.0.0.1:$port" "${serve_options[@]}" </dev/null >"$throwaway/serve.log" 2>&1 &
    serving=$!
    for ((tenths = 0; tenths < 300; tenths++)); do
        [[ $(http_status "$port" /readyz) != 200 ]] || return 0
        sleep 0.1
    done
    tail -n 20 "$throwaway/serve.log" >&2
    fail "the base was not served within 30 seconds"
}

# Makes a virtual environment of Python with these packages, for the test alone; its Python is in `python`.
use_python() {
    if [[ -n ${YUNCANG_TEST_PYTHON:-} ]]; then
        python=$YUNCANG_TEST_PYTHON
        return
    fi
    python=$throwaway/python/bin/python
    if ! timeout 120 python3 -m venv "$throwaway/python" >"$throwaway/pip.log" 2>&1 \
        || ! timeout 120 "$python" -m pip install --quiet --disable-pip-version-check "$@" >>"$throwaway/pip.log" 2>&1; then
        skip "pip cannot install $*: $(tail -n 1 "$throwaway/pip.log")"
    fi
}

# it SENTENCE COMMAND…: the sentence holds when the command succeeds; else its words are shown.
it() {
    local sentence=$1
    shift
    if "$@" >"$throwaway/words" 2>&1; then
        printf 'ok - %s\n' "$sentence"
    else
        printf 'not ok - %s\n' "$sentence"
        tail -n "${words_shown:-25}" "$throwaway/words" | sed 's/^/    /'
    fi
}
