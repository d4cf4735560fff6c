#!/usr/bin/env bash
# Prepared SELECTs by key through Postgres on one loop against `pgbench -S -M prepared` on one thread, with the same
# table, keys and number of connections: one query at a time on each connection, and 16 pipelined.
#
#   scripts/bench postgres          SECONDS_EACH=5 and ROUNDS=3 unless set
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"

: "${YUNCANG_BENCH_SUPERUSER_URL:?run this by scripts/bench, which starts a PostgreSQL for it}"
readonly seconds=${SECONDS_EACH:-5} turns=${ROUNDS:-3} scale=10 depth=16
readonly keys=$((scale * 100000))
binary=$(cd "$root" && swift build -c release --show-bin-path)/PostgresBenchmark
[[ -x $binary ]] || (cd "$root" && swift build -c release --product PostgresBenchmark >&2)
pgbench=$YUNCANG_BENCH_PG_BIN/pgbench

"$pgbench" --initialize --quiet --scale "$scale" "$YUNCANG_BENCH_SUPERUSER_URL" >&2
cat >"$YUNCANG_BENCH_FOLDER/pipelined.sql" <<END
\\startpipeline
$(for ((i = 0; i < depth; i++)); do
    printf '\\set aid random(1, %d)\nSELECT abalance FROM pgbench_accounts WHERE aid = :aid;\n' "$keys"
done)
\\endpipeline
END

# Prints the transactions a second of a run of pgbench.
transactions() {
    "$pgbench" --no-vacuum --protocol prepared --jobs 1 --time "$seconds" "$@" "$YUNCANG_BENCH_SUPERUSER_URL" \
        2>/dev/null | sed -n 's/^tps = \([0-9.]*\).*/\1/p'
}

print_header
for connections in 1 4 8; do
    measure_ours() { "$binary" "$YUNCANG_BENCH_SUPERUSER_URL" "$connections" 1 "$seconds" "$keys"; }
    measure_pgbench() { transactions --select-only --client "$connections"; }
    measure_interleaved "$turns" ours pgbench
    print_row "$connections connections, one at a time" "queries/s" ours pgbench

    measure_ours() { "$binary" "$YUNCANG_BENCH_SUPERUSER_URL" "$connections" "$depth" "$seconds" "$keys"; }
    measure_pgbench() {
        transactions --client "$connections" --file "$YUNCANG_BENCH_FOLDER/pipelined.sql" | awk -v d="$depth" '{ print $1 * d }'
    }
    measure_interleaved "$turns" ours pgbench
    print_row "$connections connections, $depth pipelined" "queries/s" ours pgbench
done
