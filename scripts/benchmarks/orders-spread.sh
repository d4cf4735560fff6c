#!/usr/bin/env bash
# Orders of 10,000 SKUs, uniformly at random, over HTTP, one a request with 512 connections and many a request with 8: against
# the best of pgbench (a transaction and a statement per order, 32 clients), and against COPY of the same rows, the practical
# limit of writing them.
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

measure_http() { load_over_http place 512; }
measure_batches() { load_batches_over_http 8; }
measure_copy() { load_by_copy; }
measure_transaction() { load_by_pgbench transaction 32; }
measure_statement() { load_by_pgbench statement 32; }

make_base spread-bench 10000
token=$(token_text "$("$yuncang" token create --role source --source bench --name bench --json)")
write_wrk_load "$token" 10000
write_wrk_load "$token" 10000 batch
write_pgbench_loads 10000
write_copies 10000
start_server
print_header
measure_interleaved "${ROUNDS:-3}" http batches transaction statement copy
print_row "10,000 SKUs, 512 connections" orders/s http transaction
print_row "beside a statement an order" orders/s http statement
print_row "beside COPY of the rows" orders/s http copy
print_row "$batch_orders orders a request, 8 conn." orders/s batches transaction
print_row "beside COPY of the rows" orders/s batches copy
echo "median $(latency_of place 512 50%), p99 $(latency_of place 512 99%)"
print_effort bench "ours" load_over_http place 512
drop_copies
"$yuncang" verify >&2
