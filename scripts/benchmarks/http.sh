#!/usr/bin/env bash
# A bare answer of HTTPServer on one loop against nginx's `return 200` on one worker, side by side in one run.
#
#   scripts/benchmarks/http.sh [SECONDS [ROUNDS]]     each measurement takes SECONDS (5), each is made ROUNDS (3) times
#
# HTTP_BENCHMARK names the server's binary; without it, the package's release build is used.
# Load: wrk, one thread, 64 connections; plain, and pipelined 16 deep. Prints requests/s, CPU time per request of the
# server (from /proc/PID/stat) and the ratio of medians. Needs nginx and wrk. Leaves nothing behind.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=../lib/message.sh
. "$root/scripts/lib/message.sh"
# shellcheck source=../lib/ports.sh
. "$root/scripts/lib/ports.sh"

readonly SECONDS_EACH=${1:-5}
readonly ROUNDS=${2:-3}
readonly CONNECTIONS=64
readonly DEPTH=16
readonly BODY_BYTES=204

http_benchmark() {
    folder=$(mktemp -d)
    processes=()
    trap end_benchmark EXIT
    start_own_server
    start_nginx
    write_pipeline_script
    check_equal_bodies
    compare plain
    compare pipelined -s "$folder/pipeline.lua"
}

end_benchmark() {
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$folder"
}

own_binary() {
    if [ -n "${HTTP_BENCHMARK:-}" ]; then
        echo "$HTTP_BENCHMARK"
        return
    fi
    swift build --package-path "$root" -c release --product HTTPBenchmark >&2
    echo "$(swift build --package-path "$root" -c release --show-bin-path)/HTTPBenchmark"
}

start_own_server() {
    local binary
    binary=$(own_binary)
    mkfifo "$folder/port"
    exec 7<>"$folder/port"
    "$binary" >&7 7>&- &
    own_process=$!
    processes+=("$own_process")
    read -r -t 10 own_port <&7 || fail "$binary did not print its port"
    exec 7>&-
}

start_nginx() {
    nginx_port=$(free_port)
    cat >"$folder/nginx.conf" <<END
daemon off;
master_process off;
worker_processes 1;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 2048; }
http {
    access_log off;
    default_type application/json;
    keepalive_requests 1000000000;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    server {
        listen 127.0.0.1:$nginx_port backlog=1024;
        location / { return 200 "$(printf 'x%.0s' $(seq "$BODY_BYTES"))"; }
    }
}
END
    nginx -c "$folder/nginx.conf" -e "$folder/error.log" &
    nginx_process=$!
    processes+=("$nginx_process")
    local attempt
    for ((attempt = 0; attempt < 50; attempt++)); do
        if ! port_is_free "$nginx_port"; then return; fi
        sleep 0.1
    done
    fail "nginx did not start: $(cat "$folder/error.log")"
}

write_pipeline_script() {
    cat >"$folder/pipeline.lua" <<END
init = function(args)
    local requests = {}
    for i = 1, $DEPTH do requests[i] = wrk.format() end
    pipelined = table.concat(requests)
end
request = function() return pipelined end
END
}

check_equal_bodies() {
    local port
    for port in "$own_port" "$nginx_port"; do
        if [ "$(curl -s "http://127.0.0.1:$port/" | wc -c)" != "$BODY_BYTES" ]; then
            fail "the server on port $port does not answer $BODY_BYTES bytes"
        fi
    done
}

# CPU time of a process so far, in ticks.
cpu_ticks() {
    awk '{ sub(/^.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"
}

# One measurement: requests/s and CPU microseconds per request.
measure() {
    local process=$1 port=$2 before after
    shift 2
    before=$(cpu_ticks "$process")
    wrk -t1 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" "$@" "http://127.0.0.1:$port/" >"$folder/wrk.txt"
    after=$(cpu_ticks "$process")
    if grep -E 'Socket errors|Non-2xx' "$folder/wrk.txt" >&2; then fail "wrk met errors on port $port"; fi
    awk -v ticks="$((after - before))" -v hertz="$(getconf CLK_TCK)" '
        /requests in/ { count = $1 }
        /Requests\/sec/ { printf "%.0f %.2f\n", $2, ticks / hertz * 1e6 / count }
    ' "$folder/wrk.txt"
}

# The median of the column COLUMN of FILE.
median() {
    awk -v column="$2" '{ print $column }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

compare() {
    local name=$1 round
    shift
    : >"$folder/own.txt"
    : >"$folder/nginx.txt"
    for round in $(seq "$ROUNDS"); do
        measure "$own_process" "$own_port" "$@" >>"$folder/own.txt"
        measure "$nginx_process" "$nginx_port" "$@" >>"$folder/nginx.txt"
        echo "$name round $round: HTTPServer $(tail -1 "$folder/own.txt")  nginx $(tail -1 "$folder/nginx.txt")"
    done
    awk -v name="$name" \
        -v own="$(median "$folder/own.txt" 1)" -v own_cpu="$(median "$folder/own.txt" 2)" \
        -v other="$(median "$folder/nginx.txt" 1)" -v other_cpu="$(median "$folder/nginx.txt" 2)" 'BEGIN {
        printf "%s: HTTPServer %d requests/s (%.2f us CPU each), nginx %d (%.2f us); ", name, own, own_cpu, other, other_cpu
        printf "throughput %.2f of nginx, CPU %.2f of nginx\n", own / other, own_cpu / other_cpu
    }'
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then http_benchmark; fi
