# shellcheck shell=bash
# A real base for tests of the service as a process: the built yuncang, a PostgreSQL of its own, the demo's goods.
#
# Sets `yuncang`, `base_url`, `server` (its process) and `tokens` (a folder with a file per role).

: "${ground:?}" "${root:?}"
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/folders.sh"
source "$root/scripts/lib/packages.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/roles.sh"
source "$root/scripts/lib/postgres.sh"

yuncang=${YUNCANG:-$root/.build/debug/yuncang}
tokens=$ground/tokens
server=
base_url=
server_port=
sku=tiangua-5jin

end_live() {
    [[ -z $server ]] || kill -s KILL "$server" 2>/dev/null
    [[ -z $cluster_data ]] || stop_cluster immediate
    clear_ground
}
trap end_live EXIT

# need PROGRAM PACKAGE: whether the program is there, installed if need be and allowed; else a word about it.
need() {
    command -v "$1" >/dev/null && return
    if ((EUID == 0)) && command -v apt-get >/dev/null; then
        (install_packages "$2") >"$ground/words-installation" 2>&1 || true
        command -v "$1" >/dev/null && return
    fi
    say "$1 (Debian: $2) is not there; left out"
    return 1
}

# Runs a command of yuncang's as that role of the database.
run_as() {
    local role=$1
    shift
    YUNCANG_DATABASE_URL=$(database_url "$role") YUNCANG_BASE=trial "$yuncang" "$@"
}

# Starts PostgreSQL with the settings given, and makes a base with the demo's goods in it.
make_base() {
    need curl curl || exit 0
    [[ -x $yuncang ]] || (cd "$root" && swift build --product yuncang >&2)
    use_cluster "$ground"
    select_server_binaries
    create_cluster --no-sync
    start_cluster "fsync = off" "$@"
    create_roles_and_database
    {
        run_as yuncang_owner migrate
        run_as yuncang_owner base create trial --name 试用
        run_as yuncang_service demo load
    } >"$ground/words-base" 2>&1 || fail "no base: $(tail -n 5 "$ground/words-base")"
    mkdir "$tokens"
    make_token host
    make_token operator
    make_token source --source shop
}

make_token() {
    local role=$1
    shift
    token_text "$(run_as yuncang_service token create --role "$role" --name trial --json "$@")" >"$tokens/$role"
}

# Starts the server, with those options of `serve`, and waits until it is ready and has read the stock, which it says of
# itself later: until then a stock check is 503 with Retry-After, which curl heeds. `before_server` may hold a command that
# runs it.
before_server=()
start_server() {
    local tenths
    server_port=${server_port:-$(free_port)}
    base_url=http://127.0.0.1:$server_port
    YUNCANG_DATABASE_URL=$(database_url yuncang_service) YUNCANG_BASE=trial \
        "${before_server[@]}" "$yuncang" serve --listen "127.0.0.1:$server_port" "$@" >>"$ground/words-server" 2>&1 &
    server=$!
    for ((tenths = 0; tenths < 300; tenths++)); do
        if [[ $(http_status "$server_port" /readyz) == 200 ]]; then
            curl --silent --retry 10 --output /dev/null --header "$(bearer host)" "$base_url/v1/stock/$sku"
            return
        fi
        sleep 0.1
    done
    fail "the server is not ready: $(tail -n 5 "$ground/words-server")"
}

end_server() {
    kill -s "${1:-TERM}" "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    server=
}

# Prints the header field that presents that role's token.
bearer() {
    printf 'Authorization: Bearer %s\n' "$(<"$tokens/$1")"
}

# Prints a small order under that reference.
order_body() {
    printf '{"source":"shop","reference":"%s","lines":[{"sku":"%s","quantity":1}]}' "$1" "$sku"
}
