#!/usr/bin/env bash
# Orders for one SKU over HTTP (wrk, 64 and 256 connections, one order a request, each durable before its answer) against
# the way without batches: pgbench with one transaction per order on the same tables, 32 clients, prepared.
#
#   scripts/bench orders          SECONDS_EACH=5 and ROUNDS=3 unless set
#
# At the end the ledger is verified: a figure of wrong orders is none. Needs wrk and curl.
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"

: "${YUNCANG_BENCH_OWNER_URL:?run this by scripts/bench, which starts a PostgreSQL for it}"
readonly seconds=${SECONDS_EACH:-5}
export YUNCANG_OWNER_URL=$YUNCANG_BENCH_OWNER_URL YUNCANG_DATABASE_URL=$YUNCANG_BENCH_SERVICE_URL
export YUNCANG_BASE=orders-bench
yuncang=${YUNCANG:-$(cd "$root" && swift build -c release --show-bin-path)/yuncang}
folder=$(mktemp -d "${YUNCANG_BENCH_FOLDER:?}/orders.XXXXXX")
server=
trap end_benchmark EXIT

end_benchmark() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$folder"
}

# Two SKUs, so that the contestants do not share a row: one is sold over HTTP, the other by pgbench.
make_base() {
    "$yuncang" migrate
    "$yuncang" base create "$YUNCANG_BASE" --name 订单
    "$yuncang" warehouse add main --name 主仓
    "$yuncang" location add A-01 --warehouse main
    "$yuncang" owner add yimaqiao --name 伊马乔
    "$yuncang" product add melon --name '甜瓜(盒)' --owner yimaqiao --price 39.9/件
    "$yuncang" product add pear --name '酥梨(盒)' --owner yimaqiao --price 39.9/件
    "$yuncang" inbound receive --reference 1 --owner yimaqiao --warehouse main --location A-01 \
        melon:100000000 pear:100000000
} >&2

write_load() {
    cat >"$folder/order.lua" <<END
local thread_count = 0
function setup(thread) thread_count = thread_count + 1; thread:set("number", thread_count) end
function init(args) count = 0; run = args[1] end
function request()
    count = count + 1
    return wrk.format("POST", "/v1/orders", wrk.headers, string.format(
        '{"source":"bench","reference":"%s-%d-%d","lines":[{"sku":"melon","quantity":1}]}', run, number, count))
end
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer $1"
END
    # The transaction that everybody writes first: look, claim by an UPDATE that counts, insert.
    cat >"$folder/order.sql" <<'END'
\set a random(1, 4000000000000000000)
\set b random(1, 4000000000000000000)
BEGIN;
UPDATE pool SET committed = committed + 1, version = version + 1
    WHERE sku_id = (SELECT id FROM sku WHERE code = 'pear') AND held + committed + allotted + 1 <= sellable;
WITH made AS (
    INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at)
    VALUES (md5(:a::text || ':' || :b::text)::uuid, 'pgbench', :a::text || ':' || :b::text, sha256('x'), 'committed',
        3990, clock_timestamp()) RETURNING id)
INSERT INTO order_line (order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen, price_per, amount_fen,
    claim, expires_at)
SELECT made.id, 1, pool.sku_id, pool.warehouse_id, pool.owner_id, 1, 3990, 1, 3990, 'committed', NULL
FROM made, pool WHERE pool.sku_id = (SELECT id FROM sku WHERE code = 'pear');
INSERT INTO outbox (id, kind, subjects, recorded_at)
SELECT placed.id, 'orders.placed', ARRAY[placed.id], clock_timestamp()
FROM (SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
    || substr(md5(:a::text), 1, 3) || '8' || substr(md5(:b::text), 1, 15))::uuid AS id) AS placed;
COMMIT;
END
}

start_server() {
    local attempt
    port=$(free_port)
    "$yuncang" serve --listen "127.0.0.1:$port" --loops 1 --access-log "$folder/access.log" --rate-per-key 1000000 \
        --rate-per-address 1000000 >"$folder/errors" 2>&1 &
    server=$!
    for ((attempt = 0; attempt < 100; attempt++)); do
        [[ $(http_status "$port" /readyz) != 200 ]] || return 0
        sleep 0.1
    done
    fail "the server did not become ready: $(cat "$folder/errors")"
}

# Prints the orders a second that are answered 201 by that many connections; the latencies go to a file.
place_over_http() {
    wrk -t1 -c"$1" -d"${seconds}s" --latency -s "$folder/order.lua" "http://127.0.0.1:$port" \
        -- "${EPOCHREALTIME/./}" >"$folder/wrk-$1.txt"
    if grep -E 'Socket errors|Non-2xx' "$folder/wrk-$1.txt" >&2; then fail "wrk met errors"; fi
    awk '/Requests\/sec/ { print $2 }' "$folder/wrk-$1.txt"
}

measure_http64() { place_over_http 64; }
measure_http256() { place_over_http 256; }
measure_pgbench() {
    PGOPTIONS='-c search_path=base_orders_bench' "$YUNCANG_BENCH_PG_BIN/pgbench" --no-vacuum --protocol prepared \
        --jobs 1 --client 32 --time "$seconds" --file "$folder/order.sql" "$YUNCANG_BENCH_SERVICE_URL" 2>"$folder/errors" \
        | sed -n 's/^tps = \([0-9.]*\).*/\1/p'
}

make_base
write_load "$(token_text "$("$yuncang" token create --role source --source bench --name bench --json)")"
start_server
print_header
measure_interleaved "${ROUNDS:-3}" http64 http256 pgbench
print_row "orders of one SKU, 64 connections" orders/s http64 pgbench
print_row "orders of one SKU, 256 connections" orders/s http256 pgbench
for connections in 64 256; do
    awk -v c="$connections" '/50%|99%/ { line = line " " $1 " " $2 } END { print c " connections, latency:" line }' \
        "$folder/wrk-$connections.txt"
done
"$yuncang" verify >&2
