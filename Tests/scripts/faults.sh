#!/usr/bin/env bash
# The service while its database breaks: killed and stopped among orders, out of connections, a standby for a while; and
# while its own clock is days off. After each: every acknowledged order is there, once, and verify finds nothing.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/harness.sh"
source "$(dirname "${BASH_SOURCE[0]}")/support/live.sh"

orders() {
    local what=$1
    shift
    python3 "$support/orders.py" "$what" "$server_port" "$tokens" "$sku" "$@"
}

# Prints the status of a request: METHOD PATH ROLE [BODY].
status_of() {
    curl --silent --output "$ground/words-answer" --dump-header "$ground/words-head" --max-time 20 --write-out '%{http_code}' --request "$1" \
        --header "$(bearer "$3")" --header 'Content-Type: application/json' ${4:+--data "$4"} "$base_url$2"
}

# A token is believed for seconds only when the database cannot be asked; the board is shown for as long.
is_stale_or_unavailable() {
    case $(status_of GET "/v1/stock/$sku" host) in
        200) grep -q '"stale":true' "$ground/words-answer" ;;
        503) grep -q '"code":"unavailable"' "$ground/words-answer" ;;
        *) return 1 ;;
    esac
}

# Waits, for at most half a minute, until a request is answered so: STATUS METHOD PATH ROLE [BODY].
becomes() {
    local tenths wanted=$1
    shift
    for ((tenths = 0; tenths < 150; tenths++)); do
        [[ $(status_of "$@") != "$wanted" ]] || return 0
        sleep 0.2
    done
    return 1
}

# Runs a command while eight clients place orders, before and after it too.
among_orders() {
    local clients
    rm -f "$ground/enough" "$ground/orders"
    orders place "$ground/orders" "$ground/enough" >"$ground/words-orders" 2>&1 &
    clients=$!
    sleep 1.5
    "$@"
    sleep 1.5
    : >"$ground/enough"
    wait "$clients"
}

# it_is_whole AFTER: what must hold after every fault.
it_is_whole() {
    it "$1: orders were placed, and refused with nothing but 503" eval \
        'grep -q "^placed [1-9]" "$ground/words-orders" && ! grep -qE "^(never|unexpected)" "$ground/words-orders"'
    orders check "$ground/orders" >"$ground/words-check" 2>&1
    it "$1: each that was acknowledged is there once" grep -q 'are there once' "$ground/words-check"
    it "$1: verify finds nothing" is_verified
}

is_verified() {
    run_as yuncang_service verify >"$ground/words-verify" 2>&1
}

kill_postgres() {
    local processes
    mapfile -t processes < <(postgres_processes "$cluster_data")
    kill -KILL "${processes[@]}"
    wait_until_none 100 postgres_processes "$cluster_data"
    forget_dead_postmaster
    start_cluster "${settings[@]}"
}

stop_postgres_for_a_while() {
    local processes
    mapfile -t processes < <(postgres_processes "$cluster_data")
    kill -STOP "${processes[@]}"
    sleep 3
    kill -CONT "${processes[@]}"
}

become_standby() {
    stop_cluster fast
    as_postgres touch "$cluster_data/standby.signal"
    start_cluster "${settings[@]}"
}

# Gives the service's role a setting and ends its sessions, so that the next have it.
alter_service() {
    superuser_psql yuncang <<<"ALTER ROLE yuncang_service $1;
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'yuncang_service';"
}

test_deaths() {
    among_orders kill_postgres
    it_is_whole "PostgreSQL killed"
    among_orders stop_postgres_for_a_while
    it_is_whole "PostgreSQL stopped for three seconds"
}

test_refusals() {
    alter_service 'CONNECTION LIMIT 0'
    it "without a connection to be had, an order is 503" becomes 503 POST /v1/orders source "$(order_body none)"
    it "with Retry-After" grep -qi '^retry-after: ' "$ground/words-head"
    it "a stock check is stale, or says that nobody can be asked whether its token still holds" is_stale_or_unavailable
    it "and it lives" test "$(status_of GET /livez host)" = 200
    superuser_psql yuncang <<<'ALTER ROLE yuncang_service CONNECTION LIMIT -1;'
    it "with connections again, the same order is placed" becomes 201 POST /v1/orders source "$(order_body none)"

    become_standby
    it "on a standby, which only reads, an order is 503" becomes 503 POST /v1/orders source "$(order_body read)"
    as_postgres "$server_binaries/pg_ctl" promote -s -w -D "$cluster_data" >/dev/null
    it "once it is promoted, the same order is placed" becomes 201 POST /v1/orders source "$(order_body read)"
    it "refusals leave verify nothing to find" is_verified
}

# The database's clock decides, whatever that of the server says.
test_clocks() {
    local off placed today
    need faketime faketime || return 0
    for off in +3d -3d; do
        end_server TERM
        before_server=(env FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f "$off")
        start_server --loops 1
        it "a server whose clock is $off off places an order" becomes 201 POST /v1/orders source "$(order_body "clock$off")"
        placed=$(sed -n 's/.*"placed_at":"\([0-9-]*\)T.*/\1/p' "$ground/words-answer")
        today=$(date -u +%F)
        it "on the day that it is" test "$placed" = "$today"
        it "and has it again" becomes 201 POST /v1/orders source "$(order_body "clock$off")"
    done
    before_server=()
    it "wrong clocks leave verify nothing to find" is_verified
}

settings=("fsync = off" "max_connections = 60")
make_base "${settings[@]}"
start_server --loops 1
test_deaths
test_refusals
it "the server has lived through all of it" kill -0 "$server"
test_clocks
end_server TERM
