#!/usr/bin/env bash
# Orders of 10,000 SKUs, uniformly at random, over HTTP with 256 connections, against the best of pgbench (a transaction and a
# statement per order, 32 clients) and against COPY of the same rows, the practical limit of writing them.
#
#   scripts/bench orders-spread          SECONDS_EACH=5 and ROUNDS=3 unless set
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/order-load.sh"

measure_http() { load_over_http place 256; }
measure_transaction() { load_by_pgbench transaction 32; }
measure_statement() { load_by_pgbench statement 32; }

# COPY of 200,000 orders with their lines into tables of the same shape, indices and checks, durable. Prints orders/s.
measure_copy() {
    local start end
    owner_sql -c "TRUNCATE copied_order, copied_line" >&2
    start=${EPOCHREALTIME/./}
    owner_sql -c "BEGIN" -c "\\copy copied_order FROM '$folder/orders.csv' CSV" -c "\\copy copied_line FROM '$folder/lines.csv' CSV" \
        -c "COMMIT" >&2
    end=${EPOCHREALTIME/./}
    awk -v t=$((end - start)) 'BEGIN { printf "%.1f\n", 200000 / t * 1e6 }'
}

write_copies() {
    owner_sql >&2 <<END
CREATE TABLE copied_order (LIKE customer_order INCLUDING ALL);
CREATE TABLE copied_line (LIKE order_line INCLUDING ALL);
CREATE TEMP TABLE made AS SELECT n, ((lpad(to_hex(1764500000000 + n / 1000), 12, '0')) || '7' || lpad(to_hex(n % 1000), 3, '0')
    || '8' || substr(md5(n::text), 1, 15))::uuid AS id FROM generate_series(1, 200000) AS n;
\\copy (SELECT id, 'copy', n::text, sha256('x'), 'committed', 3990, now(), 0, false, NULL FROM made ORDER BY n) TO '$folder/orders.csv' CSV
\\copy (SELECT made.id, 1, sku.id, '01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002', 1, 3990, 1, 3990, 'committed', NULL, 0, NULL, NULL FROM made JOIN sku ON sku.code = 'sku-' || (n % 10000 + 1) ORDER BY n) TO '$folder/lines.csv' CSV
END
}

make_base spread-bench 10000
token=$(token_text "$("$yuncang" token create --role source --source bench --name bench --json)")
write_wrk_load "$token" 10000
write_pgbench_loads 10000
write_copies
start_server
print_header
measure_interleaved "${ROUNDS:-3}" http transaction statement copy
print_row "10,000 SKUs, 256 connections" orders/s http transaction
print_row "beside a statement an order" orders/s http statement
print_row "beside COPY of the rows" orders/s http copy
echo "median $(latency_of place 256 50%), p99 $(latency_of place 256 99%)"
print_effort bench "ours" load_over_http place 256
owner_sql -c "DROP TABLE copied_order, copied_line" >&2
"$yuncang" verify >&2
