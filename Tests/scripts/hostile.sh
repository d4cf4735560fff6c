#!/usr/bin/env bash
# The service among clients that mean no good: slow ones, silent ones, thousands at once, those that break off. Whoever
# behaves is served meanwhile, and afterwards the server holds no more than before.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/harness.sh"
source "$(dirname "${BASH_SOURCE[0]}")/support/live.sh"

# More than a server may keep of what it once needed: of its allocator's arenas, of grown tables.
readonly kept_kilobytes=40000

hostile() {
    local what=$1
    shift
    python3 "$support/hostile.py" "$what" "$server_port" "$tokens" "$sku" "$@"
}

descriptors() {
    find "/proc/$server/fd" -mindepth 1 2>/dev/null | wc -l
}

resident_kilobytes() {
    sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$server/status"
}

# Waits, for at most so many tenths of a second, until the server has no more descriptors than before.
descriptors_are_back() {
    local tenths=$1
    while (($(descriptors) > descriptors_before)); do
        ((tenths-- > 0)) || return 1
        sleep 0.1
    done
}

# Runs a command while somebody who behaves is served; what became of that one is in words-behaving.
meanwhile() {
    local behaving
    rm -f "$ground/enough"
    hostile behave "$ground/enough" >"$ground/words-behaving" 2>&1 &
    behaving=$!
    "$@"
    : >"$ground/enough"
    wait "$behaving"
}

# it_was_served WHILE: whoever behaved was answered, each time.
it_was_served() {
    it "whoever behaves is served $1" grep -qE '^answered [1-9][0-9]{1,}, failed 0,' "$ground/words-behaving"
}

# All at once: what they try is the server's patience, which takes its time.
slow_clients() {
    local stock=$base_url/v1/stock/$sku common=(-c 250 -r 250 -l 9 -p 3) slow=()
    hostile unread 50 >"$ground/words-unread" 2>&1 &
    slow+=("$!")
    if $slowhttptest_is_there; then
        slowhttptest -H "${common[@]}" -i 1 -u "$stock" >"$ground/words-slow-heads" 2>&1 &
        slow+=("$!")
        slowhttptest -B "${common[@]}" -i 1 -s 4096 -x 10 -u "$base_url/v1/orders" >"$ground/words-slow-bodies" 2>&1 &
        slow+=("$!")
        slowhttptest -X "${common[@]}" -w 1 -y 2 -n 1 -z 4 -k 5 -u "$base_url/v1/stock" >"$ground/words-slow-reads" 2>&1 &
        slow+=("$!")
    fi
    wait "${slow[@]}"
}

rude_clients() {
    hostile vanish && hostile reset
}

# slowhttptest itself looks whether the service is available, all the time.
was_available() {
    grep -q 'service available:.*YES' "$1" && ! grep -q 'service available:.*NO' "$1"
}

test_slow_clients() {
    meanwhile slow_clients
    it_was_served "among slow heads, slow bodies and slow reads, while another asks and never reads"
    it "who never reads is cut off" grep -q 'cut off' "$ground/words-unread"
    if $slowhttptest_is_there; then
        it "slowhttptest finds the service available during slow heads" was_available "$ground/words-slow-heads"
        it "slowhttptest finds the service available during slow bodies" was_available "$ground/words-slow-bodies"
        it "slowhttptest finds the service available during slow reads" was_available "$ground/words-slow-reads"
    fi
    it "and slow clients leave no descriptor" descriptors_are_back 300
}

test_rude_clients() {
    meanwhile rude_clients >"$ground/words-rude" 2>&1
    it_was_served "while 600 others break off"
    it "and they leave no descriptor" descriptors_are_back 100
}

test_idle_clients() {
    meanwhile hostile idle 2 >"$ground/words-idle" 2>&1
    it "2,000 connections are open at once" grep -q '^2000 connections are open' "$ground/words-idle"
    it_was_served "meanwhile"
    it "and each of the 2,000 is served again" grep -q '^2000 connections are still served' "$ground/words-idle"
    it "and they leave no descriptor when they go" descriptors_are_back 100
}

slowhttptest_is_there=false
! need slowhttptest slowhttptest || slowhttptest_is_there=true
ulimit -n "$(ulimit -Hn)" 2>/dev/null
make_base "max_connections = 100"
start_server --loops 1
# What the first requests need is no leak.
hostile idle 0 >/dev/null 2>&1
sleep 1
descriptors_before=$(descriptors)
resident_before=$(resident_kilobytes)
test_slow_clients
test_rude_clients
test_idle_clients
it "the server has lived through all of it" kill -0 "$server"
it "its descriptors are where they were ($descriptors_before)" descriptors_are_back 100
printf 'VmRSS: %s kB before, %s kB after\n' "$resident_before" "$(resident_kilobytes)"
it "and its memory about where it was" test "$(resident_kilobytes)" -lt $((resident_before + kept_kilobytes))
end_server TERM
