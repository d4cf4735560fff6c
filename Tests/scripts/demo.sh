#!/usr/bin/env bash
# scripts/demo: small sessions with the built yuncang. What is sold by the database's own word, the page, and that nothing is
# left however it ends.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/harness.sh"
source "$root/scripts/lib/message.sh"

yuncang=${YUNCANG:-$root/.build/debug/yuncang}
if [[ ! -x $yuncang ]]; then
    say "skipped: there is no $yuncang: build it first (swift build)"
    exit 0
fi
# What the stand-in for Swift "builds" is the real one.
printf '#!/bin/sh\nexec %q "$@"\n' "$yuncang" >"$ground/support/yuncang"
chmod 755 "$ground/support/yuncang"

start_demo() {
    start_script "$ground/words" "$checkout/scripts/demo" --attempts 600 --melons 50 --connections 40 --seconds 4 "$@"
}

# Waits, for at most a minute and a half, until the demo has said so.
wait_until_told() {
    local turn
    for ((turn = 0; turn < 3; turn++)); do
        ! wait_for_words "$ground/words" "$1" || return 0
    done
    return 1
}

# Asks the demo's database as its superuser.
ask_database() {
    local folder
    folder=$(compgen -G "$ground/tmp/yuncang-demo.*") || return
    PGPASSFILE=$folder/passwords psql -XAtq -h 127.0.0.1 -p "$(<"$folder/port")" -U postgres -d yuncang -w \
        -c "SET search_path TO base_tianzhen" -c "$1"
}

no_argument_holds_a_token() {
    local folder
    folder=$(compgen -G "$ground/tmp/yuncang-demo.*") || return
    [[ -s $folder/token ]] && ! cat /proc/[0-9]*/cmdline 2>/dev/null | grep -aqFf "$folder/token"
}

nothing_is_left_of_it() {
    nothing_is_left && [[ -z $(ls -A "$ground/tmp") ]]
}

page=$checkout/.build/demo.html

start_demo --stay --lang en
it "viewers come" wait_until_told "viewers come within 4 seconds"
it "no process has the token among its arguments" no_argument_holds_a_token
it "the session ends, and the base stays served if so asked" wait_until_told "is served until Ctrl-C"
it "the server was killed" says "kill -9 of the server, process"
it "and came back" says "ready again as process"
it "the viewers noticed, and went on" says "served again, after"
it "every piece is sold" says "50 of 50 pieces sold, none twice, none left, none lost"
it "told and recorded agree" says "the same: "
it "the ledger is explained" says "all explained: "
it "the database counts the pieces in orders" test "$(ask_database "
    SELECT sum(line.quantity - line.cancelled) FROM customer_order AS placed JOIN order_line AS line ON line.order_id = placed.id
    WHERE placed.source = 'live' AND placed.state = 'committed'")" = 50
it "and none in other states but called off" test "$(ask_database "
    SELECT count(*) FROM customer_order WHERE source = 'live' AND state NOT IN ('committed', 'cancelled')")" = 0
it "and nothing left in the pool" test "$(ask_database "
    SELECT pool.sellable - pool.held - pool.committed FROM pool JOIN sku ON sku.id = pool.sku_id
    WHERE sku.code = 'tiangua-zhibo'")" = 0
it "the page has the chart" grep -qF '<polyline class="stock"' "$page"
it "and in it the kill" grep -qF 'class="kill"' "$page"
press INT
status=0
wait "$leader" || status=$?
it "Ctrl-C ends it with 130" test "$status" -eq 130
it "and leaves nothing but the page" nothing_is_left_of_it

place=/
start_demo --kill-postgres --lang zh --report "$ground/home/result.html"
status=0
wait "$leader" || status=$?
place=$checkout
it "with PostgreSQL killed it ends well too, from any folder" test "$status" -eq 0
it "in Chinese" says "50 件全部卖出：没有超卖，没有剩余，没有丢单"
it "PostgreSQL was killed" says "kill -9 PostgreSQL 主进程"
it "the page is where it was asked for" grep -qF "50 件全部卖出" "$ground/home/result.html"
it "and nothing is left" nothing_is_left_of_it

for signal in INT KILL; do
    start_demo --seconds 60
    wait_until_told "viewers come within"
    kill -s "$signal" "$leader"
    wait "$leader" 2>/dev/null
    it "SIG$signal in the midst leaves nothing" nothing_is_left_of_it
done

run_script "$checkout/scripts/demo" --melons many
it "a number that is none is refused" says "--melons is a number from 1 to 1000000"
run_script "$checkout/scripts/demo" --report "$ground/home/result.html"
it "a report that is there already is not written over" says "is there already"
