#!/usr/bin/env bash
# Orders of one hot SKU over HTTP with 256 connections: in a base with ten million past orders against one with ten thousand.
# PAST=1000000 makes it a tenth, for a quicker look.
#
#   scripts/bench orders-past          SECONDS_EACH=5 and ROUNDS=3 unless set; ten million orders take minutes and 5 GB
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/order-load.sh"

# So many orders of the last month, half of them of references that are words.
make_past() {
    owner_sql >&2 <<END
INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at, line_count)
    SELECT ((lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - 86400000 - ($1 - n) * 200), 12, '0')) || '7'
            || substr(md5(n::text), 1, 3) || '8' || substr(md5((-n)::text), 1, 15))::uuid,
        'past', md5(n::text), sha256('x'), 'shipped', 3990, now(), 1
    FROM generate_series(1, $1) AS n;
INSERT INTO order_line (order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen, price_per, amount_fen, claim)
    SELECT placed.id, 1, pool.sku_id, pool.warehouse_id, pool.owner_id, 1, 3990, 1, 3990, 'shipped'
    FROM customer_order AS placed, pool JOIN sku ON sku.id = pool.sku_id AND sku.code = 'pg-1';
VACUUM ANALYZE customer_order, order_line;
END
    "$YUNCANG_BENCH_PG_BIN/psql" -Xqc CHECKPOINT "$YUNCANG_BENCH_SUPERUSER_URL" >&2
}

# Prints the orders a second in the base of that name.
measure_in() {
    export YUNCANG_BASE=$1
    cp "$folder/$1.lua" "$folder/place.lua"
    start_server
    load_over_http place 256
    stop_server
}
measure_many() { measure_in many-bench; }
measure_few() { measure_in few-bench; }

for base in few-bench many-bench; do
    make_base "$base" 1
    write_wrk_load "$(token_text "$("$yuncang" token create --role source --source bench --name bench --json)")" 1
    mv "$folder/place.lua" "$folder/$base.lua"
    if [[ $base == few-bench ]]; then make_past 10000; else make_past "${PAST:-10000000}"; fi
done
print_header
measure_interleaved "${ROUNDS:-3}" many few
print_row "with ${PAST:-10000000} past orders, 256 conn." orders/s many few
