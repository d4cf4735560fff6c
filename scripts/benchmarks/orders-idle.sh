#!/usr/bin/env bash
# One order at a time on an idle service, over HTTP with one connection, against one pgbench client with one statement and
# with a transaction of four statements per order. Figures are milliseconds an order.
#
#   scripts/bench orders-idle          SECONDS_EACH=5 and ROUNDS=3 unless set
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/order-load.sh"

milliseconds() { awk '{ printf "%.4f\n", 1000 / $1 }'; }
measure_http() { load_over_http place 1 | milliseconds; }
measure_transaction() { load_by_pgbench transaction 1 | milliseconds; }
measure_statement() { load_by_pgbench statement 1 | milliseconds; }

make_base idle-bench 1
write_wrk_load "$(token_text "$("$yuncang" token create --role source --source bench --name bench --json)")" 1
write_pgbench_loads 1
start_server
print_header
measure_interleaved "${ROUNDS:-3}" http transaction statement
print_row "one order, one connection" ms http transaction
print_row "beside one statement" ms http statement
echo "p99 $(latency_of place 1 99%)"
"$yuncang" verify >&2
