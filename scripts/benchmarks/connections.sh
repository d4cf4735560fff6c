#!/usr/bin/env bash
# What an idle connection costs: resident memory of `yuncang serve --loops 1` and of nginx with one worker, with 1,000 and
# 10,000 connections that have been answered once, less without any, by their number.
#
#   scripts/bench connections          ROUNDS=3 unless set
#
# Each measurement is of a server that was just started. Needs nginx, curl, Python, and 10,100 descriptors (ulimit -Hn).
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"
source "$root/scripts/lib/ports.sh"
source "$root/scripts/lib/swift.sh"
source "$root/scripts/lib/contestants.sh"

resident_bytes() {
    awk '/^VmRSS:/ { print $2 * 1024 }' "/proc/$1/status"
}

# Prints the bytes per connection of the contestant that was started last, and ends it.
measure_memory() {
    local process=${processes[-1]} port=$1 before after
    before=$(resident_bytes "$process")
    mkfifo "$folder/opened" "$folder/enough"
    python3 "$root/scripts/benchmarks/hold-connections.py" "$port" "/v1/stock/$sku" "$count" \
        <"$folder/enough" >"$folder/opened" 2>"$folder/errors" &
    exec 5>"$folder/enough"
    read -r _ <"$folder/opened" || fail "no $count connections at port $port: $(tail -n 2 "$folder/errors")"
    after=$(resident_bytes "$process")
    exec 5>&-
    wait "$!"
    rm "$folder/opened" "$folder/enough"
    kill "$process"
    wait "$process" 2>/dev/null || true
    printf '%s\n' "$(((after - before) / count))"
}

# In a subshell of measuring.sh: what is started there is ended there.
measure_yuncang() {
    start_yuncang
    measure_memory "$own_port"
}

measure_nginx() {
    start_nginx
    measure_memory "$nginx_port"
}

ulimit -n "$(ulimit -Hn)"
[[ $(ulimit -n) == unlimited ]] || (($(ulimit -n) >= 10100)) || fail "10,000 connections need more descriptors (ulimit -Hn)"
export TOKEN
prepare_contestants
TOKEN=$token
start_yuncang
print_header
for count in 1000 10000; do
    measure_interleaved "${ROUNDS:-3}" yuncang nginx
    print_row "each of $count idle connections" bytes yuncang nginx
done
