#!/usr/bin/env bash
# Orders of one hot SKU over HTTP (wrk; 64, 256 and 1,024 connections; one order a request, each durable before its answer)
# against the ways without batches on the same tables: pgbench with a transaction of four statements per order, 32 clients,
# and with one statement per order. Then many orders a request against COPY of the same rows, the practical limit of writing
# them; placing and paying; and refusals once everything is sold.
#
#   scripts/bench orders          SECONDS_EACH=5 and ROUNDS=3 unless set
#
# At the end the ledger is verified: a figure of wrong orders is none.
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/order-load.sh"

measure_http64() { load_over_http place 64; }
measure_http256() { load_over_http place 256; }
measure_http1024() { load_over_http place 1024; }
measure_transaction() { load_by_pgbench transaction 32; }
measure_statement() { load_by_pgbench statement 32; }
measure_batches() { load_batches_over_http 8; }
measure_copy() { load_by_copy; }
# Two transactions an order, as there are two requests.
measure_paidby2() { load_by_pgbench paid 32 | awk '{ print 2 * $1 }'; }
measure_paid() { load_over_http pay 256; }
measure_refused() { load_over_http refused 256; }

make_base orders-bench 1
token=$(token_text "$("$yuncang" token create --role source --source bench --name bench --json)")
write_wrk_load "$token" 1
write_wrk_load "$token" 1 pay
write_wrk_load "$token" 1 batch
write_pgbench_loads 1
write_copies 1
start_server
print_header
measure_interleaved "${ROUNDS:-3}" http64 http256 http1024 transaction statement
for connections in 64 256 1024; do
    print_row "one SKU, $connections connections" orders/s "http$connections" transaction
    print_row "the same" orders/s "http$connections" statement
done
measure_interleaved "${ROUNDS:-3}" batches copy
print_row "$batch_orders orders a request, 8 conn." orders/s batches copy
drop_copies
measure_interleaved "${ROUNDS:-3}" paid paidby2
print_row "placed, then paid, 256 connections" requests/s paid paidby2
for connections in 64 256 1024; do
    echo "$connections connections: median $(latency_of place "$connections" 50%), p99 $(latency_of place "$connections" 99%)"
done
print_effort bench "ours" load_over_http place 256
print_effort pgbench "pgbench, a transaction an order" load_by_pgbench transaction 32
print_effort pgbench "pgbench, a statement an order" load_by_pgbench statement 32
compare_rows
# Everything is sold but one piece in a hundred requests: who asks then is refused, and nothing is written.
owner_sql -c "UPDATE pool SET sellable = held + committed WHERE sku_id = (SELECT id FROM sku WHERE code = 'sku-1')" >&2
sed 's/"quantity":1/"quantity":2/' "$folder/place.lua" >"$folder/refused.lua"
measure_interleaved "${ROUNDS:-3}" refused transaction
print_row "refused, all sold, 256 connections" requests/s refused transaction
echo "refused: median $(latency_of refused 256 50%), p99 $(latency_of refused 256 99%)"
owner_sql -c "UPDATE pool SET sellable = 100000000 WHERE sku_id = (SELECT id FROM sku WHERE code = 'sku-1')" >&2
"$yuncang" verify >&2
