#!/usr/bin/env bash
# Orders of other SKUs while somebody has one SKU's pool locked for a second: the latencies of 64 connections that buy 100 SKUs,
# one of which is locked for one second out of two, beside those when nothing is locked. What needs the locked one waits for
# it, and is not among the figures: it is bought by eight connections of their own.
#
#   scripts/bench orders-locked          SECONDS_EACH=5 and ROUNDS=3 unless set
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/order-load.sh"

# Locks the pool of pg-1 for a second, again and again, until it is ended.
hold_lock() {
    local n
    for ((n = 0; n < seconds; n += 2)); do
        owner_sql -c "BEGIN" \
            -c "SELECT 1 FROM pool WHERE sku_id = (SELECT id FROM sku WHERE code = 'pg-1') FOR NO KEY UPDATE" \
            -c "SELECT pg_sleep(1)" -c "COMMIT" >/dev/null
        sleep 1
    done
}

# Prints p99 in milliseconds of those that buy the other SKUs; $1 says whether the lock is taken.
p99() {
    local helpers=() helper
    wrk -t1 -c8 -d"${seconds}s" --timeout 10s --latency -s "$folder/wanted.lua" "http://127.0.0.1:$port" \
        -- "1${EPOCHREALTIME/./}" >"$folder/wrk-wanted-$1.txt" &
    helpers+=($!)
    if [[ $1 == locked ]]; then
        hold_lock &
        helpers+=($!)
    fi
    load_over_http place 64 >/dev/null
    for helper in "${helpers[@]}"; do wait "$helper"; done
    latency_of place 64 99% | awk '{ print $1 * ($1 ~ /us$/ ? 0.001 : $1 ~ /ms$/ ? 1 : 1000) }'
}
measure_locked() { p99 locked; }
measure_free() { p99 free; }

make_base locked-bench 100
token=$(token_text "$("$yuncang" token create --role source --source bench --name bench --json)")
write_wrk_load "$token" 100
write_wrk_load "$token" 1 wanted pg-
start_server
print_header
measure_interleaved "${ROUNDS:-3}" locked free
print_row "p99 of others, one pool locked 1 s" ms locked free
echo "those that wait for the lock: $(awk '$1 == "50%" || $1 == "99%" { printf "%s %s ", $1, $2 }' "$folder/wrk-wanted-locked.txt")"
"$yuncang" verify >&2
