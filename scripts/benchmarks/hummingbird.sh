#!/usr/bin/env bash
# GET /v1/stock/{sku} through `yuncang serve --loops 1` against Hummingbird 2.28.1 on one thread, and against nginx with one
# worker (access_log and limit_req on), which answer the same bytes; side by side in one run.
#
#   scripts/bench hummingbird          SECONDS_EACH=5 and ROUNDS=3 unless set
#
# Load: wrk, one thread, 64 and 512 connections that are kept alive, with a bearer token. Ours checks it against what the
# database knows, Hummingbird against a table in memory, nginx not at all. Needs nginx, wrk and curl; the first run fetches
# and builds Hummingbird, which takes some minutes.
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/contestants.sh"

readonly seconds=${SECONDS_EACH:-5} reference=$root/scripts/benchmarks/HummingbirdReference

start_hummingbird() {
    local options=(-c release --package-path "$reference" --scratch-path "$root/.build/hummingbird") binary
    swift build "${options[@]}" >&2
    binary=$(swift build "${options[@]}" --show-bin-path)/HummingbirdReference
    hummingbird_port=$(free_port)
    TOKEN=$token "$binary" "$hummingbird_port" "$sku" "$answer" >"$folder/errors" 2>&1 &
    processes+=("$!")
    wait_for_answer "$hummingbird_port"
}

# Prints the requests a second that are answered at a port; the processor's time for each, of that process, goes to a file.
load() {
    local process=$1 port=$2 before
    before=$(processor_ticks "$process")
    wrk -t1 -c"$connections" -d"${seconds}s" -H "Authorization: Bearer $token" "http://127.0.0.1:$port/v1/stock/$sku" \
        >"$folder/wrk.txt"
    if grep -E 'Socket errors|Non-2xx' "$folder/wrk.txt" >&2; then fail "wrk met errors on port $port"; fi
    awk -v ticks="$(($(processor_ticks "$process") - before))" -v hertz="$(getconf CLK_TCK)" \
        '/requests in/ { printf "%.2f\n", ticks / hertz * 1e6 / $1 }' "$folder/wrk.txt" >"$folder/microseconds"
    awk '/Requests\/sec/ { print $2 }' "$folder/wrk.txt"
}

# A process's time on the processors so far, in ticks.
processor_ticks() {
    awk '{ sub(/^.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"
}

# Each `_each` comes right after the load that it is about.
measure_yuncang() { load "$own_process" "$own_port"; }
measure_yuncang_each() { cat "$folder/microseconds"; }
measure_hummingbird() { load "$hummingbird_process" "$hummingbird_port"; }
measure_hummingbird_each() { cat "$folder/microseconds"; }
measure_nginx() { load "$nginx_process" "$nginx_port"; }
measure_nginx_each() { cat "$folder/microseconds"; }

prepare_contestants
start_yuncang
own_process=${processes[-1]}
start_nginx
nginx_process=${processes[-1]}
start_hummingbird
hummingbird_process=${processes[-1]}
print_header
for connections in 64 512; do
    measure_interleaved "${ROUNDS:-3}" yuncang yuncang_each hummingbird hummingbird_each nginx nginx_each
    for other in hummingbird nginx; do
        print_row "$connections connections, $other" requests/s yuncang "$other"
        print_row "$connections connections, $other" "us CPU each" yuncang_each "${other}_each"
    done
done
