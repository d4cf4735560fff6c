#!/usr/bin/env bash
# scripts/test: what it gives the tests, what it counts, and that nothing is left of it.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/harness.sh"

nothing_is_left_of_it() {
    nothing_is_left && [[ -z $(ls -A "$ground/tmp") ]]
}

# What a Swift test would do, as a shell script that the stand-in runs; what it prints is in the words.
in_tests() {
    STUB_TEST_SCRIPT=$1 run_script "$checkout/scripts/test" --filter None
}

run_script "$checkout/scripts/test"
it "passing tests are counted" says "3 passed, 0 failed"
it "passing tests leave nothing" nothing_is_left_of_it

status=0
STUB_TEST_STATUS=1 YUNCANG_FAILURES=$ground/failures run_script "$checkout/scripts/test" || status=$?
it "a failing test fails the run" test "$status" -ne 0
it "a failing test is counted" says "2 passed, 1 failed"
it "a failing test is named again at the end" eval 'tail -n 4 "$ground/words" | grep -qF "recorded an issue"'
it "and in the file for whoever runs scripts/test among others" grep -qF "recorded an issue" "$ground/failures"
it "a failing run leaves nothing" nothing_is_left_of_it

status=0
YUNCANG_TEST_SECONDS=2 STUB_TEST_SECONDS=300 run_script "$checkout/scripts/test" || status=$?
it "tests that hang fail the run" test "$status" -ne 0
it "and leave nothing" nothing_is_left_of_it

status=0
in_tests 'exit 9' || status=$?
it "a run that breaks off fails" test "$status" -ne 0

in_tests 'psql -XAtc "SHOW max_connections" "$YUNCANG_TEST_SUPERUSER_URL"; psql -XAtc "SHOW server_encoding" \
    "$YUNCANG_TEST_SERVICE_URL"; psql -XAtc "SELECT datcollate FROM pg_database WHERE datname = current_database()" \
    "$YUNCANG_TEST_OWNER_URL"; ls "$YUNCANG_TEST_PG_BIN/pgbench"'
it "there are 400 connections" says 400
it "the database is UTF8" says UTF8
it "and C.UTF-8" says C.UTF-8
it "the server's programs are told of" says /pgbench

in_tests 'psql -Xc "CREATE SCHEMA mine" "$YUNCANG_TEST_OWNER_URL" && echo the owner can
    psql -Xc "CREATE SCHEMA mine_too" "$YUNCANG_TEST_SERVICE_URL" && echo the service can
    psql -Xc "CREATE TABLE public.mine ()" "$YUNCANG_TEST_SERVICE_URL" && echo the service can
    psql -Xc "CREATE TEMPORARY TABLE mine ()" "$YUNCANG_TEST_SERVICE_URL" && echo the service can
    psql -Xc "SELECT 1" "${YUNCANG_TEST_SERVICE_URL/:*@/:wrong@}" && echo anybody can
    true'
it "the owner creates" says "the owner can"
it "the service creates nothing" not says "the service can"
it "nobody enters with a wrong password" not says "anybody can"

in_tests 'set -e
    answer() { timeout 20 psql -XAtc "$1" "$YUNCANG_TEST_SUPERUSER_URL"; }
    answer "CREATE TABLE kept (n int); CHECKPOINT; INSERT INTO kept VALUES (42)"
    for command in restart restart-immediate kill; do
        "$YUNCANG_TEST_CONTROL" "$command"
        echo "after $command: $("$YUNCANG_TEST_CONTROL" status)"
    done
    "$YUNCANG_TEST_CONTROL" start
    echo "kept: $(answer "SELECT n FROM kept")"
    "$YUNCANG_TEST_CONTROL" pause
    ! PGCONNECT_TIMEOUT=2 psql -Xc "SELECT 1" "$YUNCANG_TEST_SUPERUSER_URL" || echo a paused one answers
    "$YUNCANG_TEST_CONTROL" resume
    echo "resumed: $(answer "SELECT 7")"
    ! "$YUNCANG_TEST_CONTROL" kill-backend 1 || echo it killed a stranger
    "$YUNCANG_TEST_CONTROL" stop'
it "the control restarts" says "after restart-immediate: running"
it "the control kills" says "after kill: stopped"
it "what was committed is there after it" says "kept: 42"
it "the control pauses" not says "a paused one answers"
it "the control resumes" says "resumed: 7"
it "the control spares strangers" not says "it killed a stranger"
it "a PostgreSQL that a test stopped is no failure" says "3 passed, 0 failed"

in_tests '"$YUNCANG_TEST_CONTROL" pause'
it "a PostgreSQL that a test left paused is ended" nothing_is_left_of_it

for signal in INT TERM HUP KILL; do
    STUB_TEST_SECONDS=60 start_script "$ground/words" "$checkout/scripts/test"
    wait_for_words "$ground/words" "Running the Swift tests"
    kill -s "$signal" "$leader"
    wait "$leader" 2>/dev/null
    it "SIG$signal during the tests leaves nothing" nothing_is_left_of_it
done

# A PostgreSQL of a test's own, which runs in a session of its own.
own_cluster='set -e
    own=$YUNCANG_TEST_CLUSTERS/own as=()
    mkdir "$own"
    if ((EUID == 0)); then
        chown postgres: "$own"
        as=(setpriv --reuid=postgres --regid=postgres --init-groups)
    fi
    cd /
    "${as[@]}" "$YUNCANG_TEST_PG_BIN/initdb" -N -A trust -D "$own/data" >/dev/null
    "${as[@]}" "$YUNCANG_TEST_PG_BIN/pg_ctl" -w -s -l "$own/log" -D "$own/data" \
        -o "-c listen_addresses= -c unix_socket_directories=$own" start
    echo "its own runs"'
in_tests "$own_cluster"
it "a test has a PostgreSQL of its own" says "its own runs"
it "one that a test left behind is ended" nothing_is_left_of_it
STUB_TEST_SCRIPT="$own_cluster; sleep 60" start_script "$ground/words" "$checkout/scripts/test"
wait_for_words "$ground/words" "its own runs"
kill -KILL "$leader"
wait "$leader" 2>/dev/null
it "also when scripts/test was killed" nothing_is_left_of_it
