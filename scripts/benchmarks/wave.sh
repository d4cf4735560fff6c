#!/usr/bin/env bash
# The release of a wave of 10,000 orders over 200 lots, and what orders of other SKUs wait meanwhile: how long it takes, the p99 of
# 64 connections that place orders beside it and without it, then scans a second, 1,000 parcels a request.
#
#   scripts/bench wave          SECONDS_EACH=5 and WAVE_ORDERS=10000 unless set
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/order-load.sh"
readonly orders=${WAVE_ORDERS:-10000}

# 200 lots of the SKU pg-1, which keep one day longer each, and so many paid orders of one piece of it.
make_wave() {
    owner_sql >&2 <<END
CREATE TEMP TABLE lots AS
SELECT n, (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n), 3, '0') || '8' ||
    substr(md5(n::text), 1, 15))::uuid AS id, sku.id AS sku_id
FROM generate_series(1, 200) AS n, sku WHERE sku.code = 'pg-1';
INSERT INTO lot (id, sku_id, owner_id, expires_on, status, created_at)
    SELECT id, sku_id, '01930000-0000-7000-8000-000000000002', current_date + 10 + n, 'released', now() FROM lots;
INSERT INTO movement (id, from_location_id, to_location_id, sku_id, lot_id, owner_id, from_quality, to_quality, quantity,
        reason, document_kind, document_id, recorded_at)
    SELECT id, (SELECT id FROM location WHERE kind = 'supplier'), '01930000-0000-7000-8000-000000000003', sku_id, id,
        '01930000-0000-7000-8000-000000000002', 'good', 'good', $orders / 200, 'receipt', 'inbound',
        '01930000-0000-7000-8000-000000000004', now()
    FROM lots;
INSERT INTO balance (sku_id, location_id, lot_id, owner_id, quality, on_hand)
    SELECT sku_id, '01930000-0000-7000-8000-000000000003', id, '01930000-0000-7000-8000-000000000002', 'good', $orders / 200
    FROM lots;
CREATE TEMP TABLE placed AS
SELECT n, (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n / 256), 3, '0') || '9' ||
    lpad(to_hex(n), 15, '0'))::uuid AS id
FROM generate_series(1, $orders) AS n;
INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at, line_count)
    SELECT id, 'wave', 'w-' || n, sha256('x'), 'committed', 3990, now(), 1 FROM placed;
INSERT INTO order_line (order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen, price_per, amount_fen, claim)
    SELECT placed.id, 1, sku.id, '01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002', 1, 3990, 1,
        3990, 'committed'
    FROM placed, sku WHERE sku.code = 'pg-1';
UPDATE pool SET sellable = sellable + ($orders / 200) * 200, committed = committed + $orders, version = version + 1
    WHERE sku_id = (SELECT id FROM sku WHERE code = 'pg-1');
ANALYZE customer_order, order_line, lot, balance;
END
    "$yuncang" location add P-01 --warehouse main --purpose packing >&2
    "$yuncang" wave plan W-1 --warehouse main --source wave >&2
}

# Prints the seconds that its arguments take as a command.
seconds_of() {
    local from=$EPOCHREALTIME
    "$@" >"$folder/answer.json"
    awk -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f\n", to - from }'
}

ask() {
    curl -sS --fail-with-body -H "Authorization: Bearer $packer" -H 'Content-Type: application/json' \
        --data-binary "$1" "http://127.0.0.1:$port$2"
}

# Prints p99 in milliseconds of 64 connections that place orders.
p99() {
    load_over_http place 64 >/dev/null
    latency_of place 64 99% | awk '{ print $1 * ($1 ~ /us$/ ? 0.001 : $1 ~ /ms$/ ? 1 : 1000) }'
}

# Scans all parcels, 1,000 a request.
scan_all() {
    local from
    for ((from = 1; from <= orders; from += 1000)); do
        ask "$(awk -v from="$from" 'BEGIN { printf "{\"event\":\"pack\",\"scans\":["
            for (n = from; n < from + 1000; n++) printf "%s{\"scan\":\"W-1-%d\"}", (n > from ? "," : ""), n
            printf "]}" }')" /v1/parcels/steps
    done
}

make_base wave-bench 100
make_wave
token=$(token_text "$("$yuncang" token create --role source --source bench --name bench --json)")
packer=$(token_text "$("$yuncang" token create --role warehouse --name packer --json)")
write_wrk_load "$token" 100
start_server
before=$(p99)
(
    sleep 0.5
    seconds_of ask '{"event":"release"}' /v1/waves/W-1/steps >"$folder/release.txt"
) &
beside=$(p99)
wait $!
cat "$folder/answer.json" >&2
scanning=$(seconds_of scan_all)
[[ $(grep -o '"outcome":"done"' "$folder/answer.json" | wc -l) == "$orders" ]] || fail "not every scan packed a parcel"
echo "release of $orders orders over 200 lots, beside 64 connections that place orders: $(<"$folder/release.txt") s"
echo "p99 of these orders: $before ms without it, $beside ms beside it"
awk -v orders="$orders" -v seconds="$scanning" 'BEGIN { printf "scans, 1,000 a request: %d a second\n", orders / seconds }'
"$yuncang" verify >&2
