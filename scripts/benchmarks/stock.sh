#!/usr/bin/env bash
# GET /v1/stock/{sku} through `yuncang serve --loops 1` as it is shipped, with token check, rate limits, metrics and access
# log, against nginx with one worker, access_log (buffered) and limit_req on, that says `return 200` with the same content,
# and that answers a file of it from its cache, side by side in one run. (nginx heeds limit_req only for the file: `return`
# comes before it.)
#
#   scripts/bench stock          SECONDS_EACH=5 and ROUNDS=3 unless set
#
# Load: wrk, one thread, 64 and 512 connections that are kept alive, and 64 with 16 requests in flight each; with a bearer
# token, which nginx does not look at. CPU is that of the server's process per request, as /proc tells it.
# Needs nginx, wrk, curl and psql.
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"

: "${YUNCANG_BENCH_OWNER_URL:?run this by scripts/bench, which starts a PostgreSQL for it}"
readonly seconds=${SECONDS_EACH:-5} depth=16 skus=2000 sku=sku-1000
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
    "$yuncang" serve --listen "127.0.0.1:$own_port" --loops 1 --access-log "$folder/own.log" \
        --metrics-listen 127.0.0.1:0 --rate-per-key 1000000 --rate-per-address 1000000 >"$folder/errors" 2>&1 &
    own_process=$!
    processes+=("$own_process")
    wait_for "$own_port" /readyz
    mkdir -p "$folder/files/v1/stock"
    curl -sf --retry 20 --retry-delay 1 "${headers[@]}" -o "$folder/files/v1/stock/$sku" \
        "http://127.0.0.1:$own_port/v1/stock/$sku" || fail "there is no answer to GET /v1/stock/$sku"
}

start_nginx() {
    local content
    content=$(<"$folder/files/v1/stock/$sku")
    nginx_port=$(free_port)
    cat >"$folder/nginx.conf" <<END
daemon off;
master_process off;
worker_processes 1;
pid $folder/nginx.pid;
error_log $folder/errors;
events { worker_connections 2048; }
http {
    access_log $folder/access.log combined buffer=32k flush=1s;
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
        location /return { return 200 '$content'; }
    }
}
END
    nginx -c "$folder/nginx.conf" -e "$folder/errors" &
    nginx_process=$!
    processes+=("$nginx_process")
    wait_for "$nginx_port" "/v1/stock/$sku"
}

# Requests that are sent without waiting for answers.
write_pipeline_script() {
    cat >"$folder/pipeline.lua" <<END
init = function(args)
    local requests = {}
    for i = 1, $depth do requests[i] = wrk.format() end
    batch = table.concat(requests)
end
request = function() return batch end
END
}

# Processor time of a process so far, in clock ticks.
ticks() {
    awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"
}

# Prints the requests a second that PROCESS answers at a port; keeps the microseconds of its processor that each took.
#   load NAME PROCESS PORT PATH CONNECTIONS [argument of wrk …]
load() {
    local name=$1 process=$2 url=http://127.0.0.1:$3$4 connections=$5 before after
    shift 5
    before=$(ticks "$process")
    wrk -t1 -c"$connections" -d"${seconds}s" "${headers[@]}" "$@" "$url" >"$folder/wrk.txt"
    after=$(ticks "$process")
    if grep -E 'Socket errors|Non-2xx' "$folder/wrk.txt" >&2; then fail "wrk met errors at $url"; fi
    awk -v ticks="$((after - before))" -v hertz="$(getconf CLK_TCK)" \
        '/requests in/ { printf "%.3f\n", ticks / hertz * 1e6 / $1 }' "$folder/wrk.txt" >>"$folder/cpu.$name"
    awk '/Requests\/sec/ { print $2 }' "$folder/wrk.txt"
}

measure_board() { load board "$own_process" "$own_port" "/v1/stock/$sku" 64; }
measure_file() { load file "$nginx_process" "$nginx_port" "/v1/stock/$sku" 64; }
measure_return() { load return "$nginx_process" "$nginx_port" /return 64; }
measure_board512() { load board512 "$own_process" "$own_port" "/v1/stock/$sku" 512; }
measure_return512() { load return512 "$nginx_process" "$nginx_port" /return 512; }
measure_piped() { load piped "$own_process" "$own_port" "/v1/stock/$sku" 64 -s "$folder/pipeline.lua"; }
measure_returnpiped() { load returnpiped "$nginx_process" "$nginx_port" /return 64 -s "$folder/pipeline.lua"; }

# What `load` kept of the processor's time, as measurements of their own.
cpu_of() {
    local file=$folder/cpu.$1
    sort -g "$file" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}
measure_cpuboard() { cpu_of board; }
measure_cpureturn() { cpu_of return; }
measure_cpuboard512() { cpu_of board512; }
measure_cpureturn512() { cpu_of return512; }
measure_cpupiped() { cpu_of piped; }
measure_cpureturnpiped() { cpu_of returnpiped; }

make_base
# A throwaway base's token: among the arguments of wrk it gives nothing away.
headers=(-H "Authorization: Bearer $(token_text "$("$yuncang" token create --role host --name bench --json)")")
start_yuncang
start_nginx
write_pipeline_script
print_header
bytes=$(wc -c <"$folder/files/v1/stock/$sku")
measure_interleaved "${ROUNDS:-3}" board return file board512 return512 piped returnpiped
print_row "64 connections, $bytes bytes" requests/s board return
print_row "64 connections, nginx with a file" requests/s board file
print_row "512 connections" requests/s board512 return512
print_row "64 connections, $depth in flight each" requests/s piped returnpiped
measure_interleaved 1 cpuboard cpureturn cpuboard512 cpureturn512 cpupiped cpureturnpiped
print_row "CPU at 64 connections" us/request cpuboard cpureturn
print_row "CPU at 512 connections" us/request cpuboard512 cpureturn512
print_row "CPU with $depth in flight each" us/request cpupiped cpureturnpiped
