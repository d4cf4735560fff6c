# shellcheck shell=bash
# Loads of orders, for the scripts in scripts/benchmarks: a base, the service as it is shipped, wrk against it, and pgbench
# writing the same rows under the same constraints. Needs wrk and curl.

: "${YUNCANG_BENCH_OWNER_URL:?run this by scripts/bench, which starts a PostgreSQL for it}"
export YUNCANG_OWNER_URL=$YUNCANG_BENCH_OWNER_URL YUNCANG_DATABASE_URL=$YUNCANG_BENCH_SERVICE_URL
readonly seconds=${SECONDS_EACH:-5}
# shellcheck disable=SC2154 # root is set by whoever sources this
yuncang=${YUNCANG:-$(cd "$root" && swift build -c release --show-bin-path)/yuncang}
folder=$(mktemp -d "${YUNCANG_BENCH_FOLDER:?}/orders.XXXXXX")
server=
trap end_benchmark EXIT

end_benchmark() {
    stop_server
    rm -rf "$folder"
}

stop_server() {
    [[ -n $server ]] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}

schema() { printf 'base_%s' "${YUNCANG_BASE//-/_}"; }

owner_sql() {
    PGOPTIONS="-c search_path=$(schema)" "$YUNCANG_BENCH_PG_BIN/psql" -XqAt --set ON_ERROR_STOP=1 "$YUNCANG_BENCH_OWNER_URL" "$@"
}

# A base of that name with so many SKUs, sku-1 and on, each with stock for ever. Two sets of them, ours and theirs, so that
# the contestants share no row.
make_base() {
    export YUNCANG_BASE=$1
    local skus=$2
    {
        "$yuncang" migrate
        "$yuncang" base create "$YUNCANG_BASE" --name 订单
        owner_sql <<END
INSERT INTO warehouse (id, code, name, created_at) VALUES ('01930000-0000-7000-8000-000000000001', 'main', '主仓', now());
INSERT INTO location (id, warehouse_id, code, kind, storage_class, created_at) VALUES (
    '01930000-0000-7000-8000-000000000003', '01930000-0000-7000-8000-000000000001', 'A-01', 'storage', 'ambient', now());
INSERT INTO owner (id, code, name, kind, created_at)
    VALUES ('01930000-0000-7000-8000-000000000002', 'yimaqiao', '伊马乔合作社', 'cooperative', now());
INSERT INTO product (id, owner_id, name, created_at)
    SELECT ('01930000-0000-7000-8' || side || '01-' || lpad(to_hex(n), 12, '0'))::uuid,
        '01930000-0000-7000-8000-000000000002', '甜瓜 ' || n, now()
    FROM generate_series(1, $skus) AS n, generate_series(1, 2) AS side;
INSERT INTO sku (id, product_id, code, name, base_unit, created_at)
    SELECT id, id, (ARRAY['sku-', 'pg-'])[substr(id::text, 21, 1)::int] || ('x' || substr(id::text, 25, 12))::bit(48)::bigint,
        name, 'piece', created_at
    FROM product;
INSERT INTO sku_price (sku_id, fen, per_quantity) SELECT id, 3990, 1 FROM sku;
INSERT INTO lot (id, sku_id, owner_id, status, created_at)
    SELECT id, id, '01930000-0000-7000-8000-000000000002', 'released', now() FROM sku;
INSERT INTO inbound (id, reference, fingerprint, received_at)
    VALUES ('01930000-0000-7000-8000-000000000004', 'bench', sha256('bench'), now());
INSERT INTO movement (id, from_location_id, to_location_id, sku_id, lot_id, owner_id, from_quality, to_quality, quantity,
        reason, document_kind, document_id, recorded_at)
    SELECT ((SELECT lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0')) || '7000'
            || '9' || substr(replace(sku.id::text, '-', ''), 18, 15))::uuid,
        (SELECT id FROM location WHERE kind = 'supplier'), '01930000-0000-7000-8000-000000000003', sku.id, sku.id,
        '01930000-0000-7000-8000-000000000002', 'good', 'good', 100000000, 'receipt', 'inbound',
        '01930000-0000-7000-8000-000000000004', now()
    FROM sku;
INSERT INTO balance (sku_id, location_id, lot_id, owner_id, quality, on_hand)
    SELECT id, '01930000-0000-7000-8000-000000000003', id, '01930000-0000-7000-8000-000000000002', 'good', 100000000 FROM sku;
INSERT INTO pool (sku_id, warehouse_id, owner_id, sellable, held, committed, allotted, version)
    SELECT id, '01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002', 100000000, 0, 0, 0, 1 FROM sku;
ANALYZE product, sku, sku_price, lot, movement, balance, pool;
END
    } >&2
}

# A file for wrk, KIND.lua: orders of one piece each of one of so many SKUs at random. Of the kind `pay` each is placed unpaid,
# and paid by one of the next requests; of the kind `batch` each request has $batch_orders orders. wrk counts any answer but
# 2xx and 3xx as an error.
#   write_wrk_load TOKEN SKUS [KIND [WHAT THE CODES OF THE SKUS BEGIN WITH]]
readonly batch_orders=500
write_wrk_load() {
    local token=$1 skus=$2 kind=${3:-place} code=${4:-sku-}
    cat >"$folder/$kind.lua" <<END
local thread_count = 0
function setup(thread) thread_count = thread_count + 1; thread:set("number", thread_count) end
function init(args) count = 0; run = args[1]; unpaid = {}; math.randomseed(os.time()) end
local hold = "$kind" == "pay" and '"hold_seconds":600,' or ""
local function order()
    count = count + 1
    return string.format(
        '{"source":"bench","reference":"%s-%d-%d",%s"lines":[{"sku":"$code%d","quantity":1}]}', run, number, count, hold,
        math.random($skus))
end
function request()
    if #unpaid > 0 then return wrk.format("POST", "/v1/orders/" .. table.remove(unpaid) .. "/pay", wrk.headers, "") end
    if "$kind" ~= "batch" then return wrk.format("POST", "/v1/orders", wrk.headers, order()) end
    local orders = {}
    for n = 1, $batch_orders do orders[n] = order() end
    return wrk.format("POST", "/v1/orders/batch", wrk.headers, '{"orders":[' .. table.concat(orders, ",") .. "]}")
end
if "$kind" == "pay" then
    function response(status, headers, body)
        if status == 201 then table.insert(unpaid, string.match(body, '"id":"([^"]+)"')) end
    end
end
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer $token"
END
}

# Files for pgbench: the transaction that everybody writes first (transaction.sql), the same as one statement
# (statement.sql), and a transaction that places the order unpaid with one that pays it (paid.sql); one order of one piece of
# SKU pg-1 to pg-$1 each, and exactly the rows that the service writes.
write_pgbench_loads() {
    local skus=$1 claim order line event
    claim="UPDATE pool SET committed = committed + 1, version = version + 1
    WHERE sku_id = (SELECT id FROM sku WHERE code = 'pg-' || :sku) AND held + committed + allotted + 1 <= sellable"
    order="INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at, line_count, hold_ends_at)"
    line="INSERT INTO order_line (order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen, price_per, amount_fen,
    claim, expires_at)"
    # The same id again within a transaction, since now() stands still.
    event="(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7'
    || substr(md5(:a::text), 1, 3) || '8' || substr(md5(:b::text), 1, 15))::uuid"
    cat >"$folder/transaction.sql" <<END
\set a random(1, 4000000000000000000)
\set b random(1, 4000000000000000000)
\set sku random(1, $skus)
BEGIN;
$claim;
WITH made AS ($order
    VALUES ($event, 'pgbench', :a::text || ':' || :b::text, sha256('x'), 'committed', 3990, clock_timestamp(), 1, NULL::timestamptz) RETURNING id)
$line
SELECT made.id, 1, pool.sku_id, pool.warehouse_id, pool.owner_id, 1, 3990, 1, 3990, 'committed', NULL
FROM made, pool WHERE pool.sku_id = (SELECT id FROM sku WHERE code = 'pg-' || :sku);
INSERT INTO outbox (id, kind, subjects, recorded_at)
SELECT placed.id, 'orders.placed', ARRAY[placed.id], clock_timestamp() FROM (SELECT $event AS id) AS placed;
COMMIT;
END
    sed -e "s/SET committed = committed + 1/SET held = held + 1/; s/'committed', 3990/'held', 3990/" \
        -e "s/'committed', NULL/'held', clock_timestamp() + interval '10 minutes'/" \
        -e "s/NULL::timestamptz/clock_timestamp() + interval '10 minutes'/" "$folder/transaction.sql" >"$folder/paid.sql"
    cat >>"$folder/paid.sql" <<END
BEGIN;
UPDATE pool SET held = held - 1, committed = committed + 1, version = version + 1
    WHERE sku_id = (SELECT id FROM sku WHERE code = 'pg-' || :sku);
UPDATE customer_order SET state = 'committed' WHERE source = 'pgbench' AND reference = :a::text || ':' || :b::text;
UPDATE order_line SET claim = 'committed', expires_at = NULL
    WHERE order_id = (SELECT id FROM customer_order WHERE source = 'pgbench' AND reference = :a::text || ':' || :b::text);
INSERT INTO outbox (id, kind, subjects, recorded_at)
SELECT ${event//:b::text/:a::text}, 'orders.paid', ARRAY[id], clock_timestamp()
FROM customer_order WHERE source = 'pgbench' AND reference = :a::text || ':' || :b::text;
COMMIT;
END
    cat >"$folder/statement.sql" <<END
\set a random(1, 4000000000000000000)
\set b random(1, 4000000000000000000)
\set sku random(1, $skus)
WITH claimed AS ($claim RETURNING sku_id, warehouse_id, owner_id), made AS ($order
    SELECT $event, 'pgbench', :a::text || ':' || :b::text, sha256('x'), 'committed', 3990, clock_timestamp(), 1, NULL FROM claimed
    RETURNING id), lines AS ($line
    SELECT made.id, 1, sku_id, warehouse_id, owner_id, 1, 3990, 1, 3990, 'committed', NULL FROM made, claimed)
INSERT INTO outbox (id, kind, subjects, recorded_at) SELECT id, 'orders.placed', ARRAY[id], clock_timestamp() FROM made;
END
}

# Serves the base as it is shipped: log, metrics and limits on, the limits out of the load's way.
start_server() {
    local attempt
    port=$(free_port)
    "$yuncang" serve --listen "127.0.0.1:$port" --loops 1 --access-log "$folder/access.log" --metrics-listen 127.0.0.1:0 \
        --rate-per-key 1000000 --rate-per-address 1000000 --connections-per-address 4096 >"$folder/errors" 2>&1 &
    server=$!
    for ((attempt = 0; attempt < 100; attempt++)); do
        [[ $(http_status "$port" /readyz) != 200 ]] || return 0
        sleep 0.1
    done
    fail "the server did not become ready: $(cat "$folder/errors")"
}

# Prints the requests a second that are answered 2xx by $2 connections for the load $1; latencies stay in a file of it.
load_over_http() {
    wrk -t1 -c"$2" -d"${seconds}s" --timeout 10s --latency -s "$folder/$1.lua" "http://127.0.0.1:$port" \
        -- "${EPOCHREALTIME/./}" >"$folder/wrk-$1-$2.txt"
    if [[ $1 != refused ]] && grep -E 'Socket errors|Non-2xx' "$folder/wrk-$1-$2.txt" >&2; then fail "wrk met errors"; fi
    awk '/Requests\/sec/ { print $2 }' "$folder/wrk-$1-$2.txt"
}

# Prints one latency of a load: 50%, 99% …
latency_of() {
    awk -v which="$3" '$1 == which { print $2 }' "$folder/wrk-$1-$2.txt"
}

# Prints the orders a second of pgbench with $2 clients running the file $1.
load_by_pgbench() {
    PGOPTIONS="-c search_path=$(schema)" "$YUNCANG_BENCH_PG_BIN/pgbench" --no-vacuum --protocol prepared \
        --jobs 1 --client "$2" --time "$seconds" --file "$folder/$1.sql" "$YUNCANG_BENCH_SERVICE_URL" \
        2>"$folder/errors" >"$folder/pgbench.txt" || fail "pgbench: $(tail -n 3 "$folder/errors")"
    sed -n 's/^tps = \([0-9.]*\).*/\1/p' "$folder/pgbench.txt"
}

# Prints the orders a second of $1 connections with $batch_orders orders a request.
load_batches_over_http() {
    load_over_http batch "$1" | awk -v orders="$batch_orders" '{ print $1 * orders }'
}

# Prints the orders a second of COPY: 200,000 orders with their lines, into tables of the same shape, indices and checks,
# durable. `write_copies` makes them.
load_by_copy() {
    local start end
    owner_sql -c "TRUNCATE copied_order, copied_line" >&2
    start=${EPOCHREALTIME/./}
    owner_sql -c "BEGIN" -c "\\copy copied_order FROM '$folder/orders.csv' CSV" \
        -c "\\copy copied_line FROM '$folder/lines.csv' CSV" -c "COMMIT" >&2
    end=${EPOCHREALTIME/./}
    awk -v t=$((end - start)) 'BEGIN { printf "%.1f\n", 200000 / t * 1e6 }'
}

# Makes the files that COPY reads, of orders of so many SKUs, and the tables.
write_copies() {
    owner_sql >&2 <<END
CREATE TABLE copied_order (LIKE customer_order INCLUDING ALL);
CREATE TABLE copied_line (LIKE order_line INCLUDING ALL);
CREATE TEMP TABLE made_order AS SELECT n, made.id, 'copy' AS source, n::text AS reference, sha256('x') AS fingerprint,
        'committed' AS state, 3990 AS total_fen, now() AS placed_at, false AS placed_short, 1 AS line_count
    FROM generate_series(1, 200000) AS n, LATERAL (SELECT (lpad(to_hex(1764500000000 + n / 1000), 12, '0')
        || '7' || lpad(to_hex(n % 1000), 3, '0') || '8' || substr(md5(n::text), 1, 15))::uuid AS id) AS made;
INSERT INTO copied_order (id, source, reference, fingerprint, state, total_fen, placed_at, placed_short, line_count)
    SELECT id, source, reference, fingerprint, state, total_fen, placed_at, placed_short, line_count FROM made_order ORDER BY n;
INSERT INTO copied_line (order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen, price_per, amount_fen, claim)
    SELECT made_order.id, 1, pool.sku_id, pool.warehouse_id, pool.owner_id, 1, 3990, 1, 3990, 'committed'
    FROM made_order JOIN sku ON sku.code = 'sku-' || (n % $1 + 1) JOIN pool ON pool.sku_id = sku.id ORDER BY n;
\\copy copied_order TO '$folder/orders.csv' CSV
\\copy copied_line TO '$folder/lines.csv' CSV
END
}

# `verify` knows nothing of them.
drop_copies() {
    owner_sql -c "DROP TABLE copied_order, copied_line" >&2
}

# Prints WAL bytes, and PostgreSQL's CPU in clock ticks, so far: of its processes, and of those that have ended.
database_effort() {
    local postmaster ticks
    postmaster=$("$YUNCANG_BENCH_PG_BIN/psql" -XqAt "$YUNCANG_BENCH_SUPERUSER_URL" \
        -c "SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)")
    ticks=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v postmaster="$postmaster" '{
        id = $1
        sub(/.*\) /, "")
        if (id == postmaster || $2 == postmaster) ticks += $12 + $13 + (id == postmaster ? $14 + $15 : 0)
    } END { print ticks }')
    printf '%s %s\n' "$(owner_sql -c "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")" "$ticks"
}

count_orders() { owner_sql -c "SELECT count(*) FROM customer_order WHERE source = '$1'"; }

# Runs what measures, and says beside it what an order of source $1 cost the database.
print_effort() {
    local source=$1 name=$2 before after orders
    shift 2
    orders=$(count_orders "$source")
    before=$(database_effort)
    "$@" >/dev/null
    after=$(database_effort)
    orders=$(($(count_orders "$source") - orders))
    awk -v before="$before" -v after="$after" -v orders="$orders" -v name="$name" -v tick="$(getconf CLK_TCK)" 'BEGIN {
        split(before, b, " "); split(after, a, " ")
        printf "%s: %.0f bytes of WAL and %.1f us of PostgreSQL CPU an order\n", name, (a[1] - b[1]) / orders,
            (a[2] - b[2]) / tick * 1e6 / orders
    }'
}

# Says how many rows the orders of each contestant have in each table: the same, or the figures mean nothing. Our event lists
# the orders of a batch, theirs is of one order.
compare_rows() {
    owner_sql -F ' ' <<'END' | awk '{ print $1 ": " $2 " orders, " $3 " lines, told of in events: " $4 }'
WITH lines AS (SELECT order_id, count(*) AS count FROM order_line GROUP BY order_id),
    told AS (SELECT subject, count(*) AS count FROM outbox, unnest(subjects) AS subject WHERE kind = 'orders.placed' GROUP BY subject)
SELECT placed.source, count(*), sum(lines.count), sum(told.count)
FROM customer_order AS placed
LEFT JOIN lines ON lines.order_id = placed.id
LEFT JOIN told ON told.subject = placed.id
GROUP BY placed.source ORDER BY placed.source;
END
}
