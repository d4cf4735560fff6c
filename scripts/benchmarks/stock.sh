#!/usr/bin/env bash
# GET /v1/stock/{sku} through `yuncang serve --loops 1` against nginx with one worker, access_log and limit_req on, that
# answers a file of the same content from its cache, side by side in one run.
#
#   scripts/bench stock          SECONDS_EACH=5 and ROUNDS=3 unless set
#
# Load: wrk, one thread, 64 connections that are kept alive, with a bearer token, which nginx does not look at.
# Needs nginx, wrk, curl and psql.
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"

: "${YUNCANG_BENCH_OWNER_URL:?run this by scripts/bench, which starts a PostgreSQL for it}"
readonly seconds=${SECONDS_EACH:-5} connections=64 skus=2000 sku=sku-1000
export YUNCANG_OWNER_URL=$YUNCANG_BENCH_OWNER_URL YUNCANG_DATABASE_URL=$YUNCANG_BENCH_SERVICE_URL YUNCANG_BASE=stock-bench
yuncang=${YUNCANG:-$(cd "$root" && swift build -c release --show-bin-path)/yuncang}
folder=$(mktemp -d "${YUNCANG_BENCH_FOLDER:?}/stock.XXXXXX")
headers=()
processes=()
trap end_benchmark EXIT

end_benchmark() {
    local process
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$folder"
}

make_base() {
    "$yuncang" migrate >&2
    "$yuncang" base create "$YUNCANG_BASE" --name 库存 >&2
    "$YUNCANG_BENCH_PG_BIN/psql" -Xq --set ON_ERROR_STOP=1 "$YUNCANG_BENCH_OWNER_URL" <<END
SET search_path TO base_stock_bench;
INSERT INTO warehouse (id, code, name, created_at) VALUES ('01930000-0000-7000-8000-000000000001', 'main', '主仓', now());
INSERT INTO owner (id, code, name, kind, created_at)
    VALUES ('01930000-0000-7000-8000-000000000002', 'yimaqiao', '伊马乔合作社', 'cooperative', now());
INSERT INTO product (id, owner_id, name, created_at)
    SELECT ('01930000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, '01930000-0000-7000-8000-000000000002',
        '甜瓜 ' || n, now()
    FROM generate_series(1, $skus) AS n;
INSERT INTO sku (id, product_id, code, name, base_unit, created_at)
    SELECT id, id, 'sku-' || row_number() OVER (ORDER BY id), name, 'piece', created_at FROM product;
INSERT INTO pool (sku_id, warehouse_id, owner_id, sellable, held, committed, allotted, version)
    SELECT id, '01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002', 1000, 1, 2, 0, 1 FROM sku;
END
}

# Waits until something answers 200 there.
wait_for() {
    local attempt
    for ((attempt = 0; attempt < 100; attempt++)); do
        [[ $(http_status "$1" "$2") != 200 ]] || return 0
        sleep 0.1
    done
    fail "nothing answers at port $1: $(cat "$folder/errors")"
}

start_yuncang() {
    own_port=$(free_port)
    "$yuncang" serve --listen "127.0.0.1:$own_port" --loops 1 >"$folder/errors" 2>&1 &
    processes+=("$!")
    wait_for "$own_port" /readyz
    mkdir -p "$folder/files/v1/stock"
    curl -sf --retry 20 --retry-delay 1 "${headers[@]}" -o "$folder/files/v1/stock/$sku" \
        "http://127.0.0.1:$own_port/v1/stock/$sku" || fail "there is no answer to GET /v1/stock/$sku"
}

start_nginx() {
    nginx_port=$(free_port)
    cat >"$folder/nginx.conf" <<END
daemon off;
master_process off;
worker_processes 1;
pid $folder/nginx.pid;
error_log $folder/errors;
events { worker_connections 2048; }
http {
    access_log $folder/access.log combined buffer=64k;
    limit_req_zone \$binary_remote_addr zone=addresses:10m rate=1000000r/s;
    limit_req zone=addresses burst=1000000 nodelay;
    default_type application/json;
    open_file_cache max=100 inactive=1h;
    open_file_cache_valid 1h;
    keepalive_requests 1000000000;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    server {
        listen 127.0.0.1:$nginx_port backlog=1024;
        root $folder/files;
    }
}
END
    nginx -c "$folder/nginx.conf" -e "$folder/errors" &
    processes+=("$!")
    wait_for "$nginx_port" "/v1/stock/$sku"
}

# Prints the requests a second that are answered at a port.
load() {
    wrk -t1 -c"$connections" -d"${seconds}s" "${headers[@]}" "http://127.0.0.1:$1/v1/stock/$sku" >"$folder/wrk.txt"
    if grep -E 'Socket errors|Non-2xx' "$folder/wrk.txt" >&2; then fail "wrk met errors on port $1"; fi
    awk '/Requests\/sec/ { print $2 }' "$folder/wrk.txt"
}

measure_board() { load "$own_port"; }
measure_nginx() { load "$nginx_port"; }

make_base
# A throwaway base's token: among the arguments of wrk it gives nothing away.
headers=(-H "Authorization: Bearer $(token_text "$("$yuncang" token create --role host --name bench --json)")")
start_yuncang
start_nginx
print_header
measure_interleaved "${ROUNDS:-3}" board nginx
print_row "a stock check of $(wc -c <"$folder/files/v1/stock/$sku") bytes" requests/s board nginx
