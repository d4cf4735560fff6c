# shellcheck shell=bash
# What is expected of scripts/run, whoever runs it.

: "${ground:?}" "${checkout:?}"
data=$ground/data

start_run() {
    start_script "$ground/words" "$checkout/scripts/run" --data "$data"
}

# Starts it and waits until it serves.
start_serving() {
    start_run
    wait_for_words "$ground/words" "is served at"
}

# Ends it by that signal to its group, and waits for it; the status is in `status`.
end_run() {
    press "$1"
    status=0
    wait "$leader" || status=$?
}

no_argument_holds_a_password() {
    [[ -s $data/passwords ]] \
        && ! cat /proc/[0-9]*/cmdline 2>/dev/null | grep -aqFf <(cut -d: -f5 "$data/passwords")
}

# Prints the bases by the command that was made for people.
list_bases() {
    "${as_user[@]}" "$data/yuncang" base list
}

test_serving() {
    local port
    it "a base is served" start_serving
    it "its readiness answers" is_ready "$ground/words"
    it "no process has a password among its arguments" no_argument_holds_a_password
    it "the command made for people reaches the base" eval '[[ $(list_bases) == *tianzhen* ]]'
    port=$(served_port "$ground/words")

    start_again
    it "a second run on the same data fails" test "$again" -ne 0
    it "it says where the first one serves" grep -qF "http://127.0.0.1:$port" "$ground/words-again"
    it "and leaves the first one alone" is_ready "$ground/words"

    end_run INT
    it "Ctrl-C ends it with 130" test "$status" -eq 130
    it "Ctrl-C leaves no process" nothing_is_left

    it "the next run finds the data again" start_serving
    it "at the same port" test "$(served_port "$ground/words")" = "$port"
    it "with one base, not two" eval '[[ $(list_bases) == "[{\"code\":\"tianzhen\"}]" ]]'
    end_run TERM
    it "SIGTERM ends it with 143" test "$status" -eq 143
    it "SIGTERM leaves no process" nothing_is_left
}

start_again() {
    again=0
    "${as_user[@]}" env --chdir=/ HOME="$ground/home" PATH="$ground/support:$PATH" \
        "$checkout/scripts/run" --data "$data" >"$ground/words-again" 2>&1 || again=$?
}

test_endings() {
    start_serving
    end_run HUP
    it "a closed terminal ends it with 129" test "$status" -eq 129
    it "a closed terminal leaves no process" nothing_is_left

    STUB_BUILD_SECONDS=60 start_run
    wait_for_words "$ground/words" "Building"
    end_run INT
    it "Ctrl-C during the build ends it with 130" test "$status" -eq 130
    it "Ctrl-C during the build leaves no process" nothing_is_left

    rm -rf "$data"
    start_run
    wait_for_words "$ground/words" "Starting PostgreSQL"
    end_run INT
    it "Ctrl-C during the start of PostgreSQL leaves no process" nothing_is_left
    it "and the next run makes of it what was wanted" start_serving
    kill -s TERM "$leader"
    wait "$leader"
    it "a signal to the script alone leaves no process" nothing_is_left
}

test_recovery() {
    local postmaster stranger
    start_serving
    kill -s KILL "$leader"
    wait "$leader" 2>/dev/null
    it "kill -9 of the script leaves no process" nothing_is_left

    start_serving
    mapfile -t everything < <(processes_on_ground)
    read -r postmaster <"$data/data/postmaster.pid"
    kill -s KILL "${everything[@]}" "$leader" 2>/dev/null
    wait "$leader" 2>/dev/null
    nothing_is_left
    it "kill -9 of everything leaves a stale postmaster.pid" test -e "$data/data/postmaster.pid"
    # As if the machine had been restarted and the number given to somebody else of the same user.
    "${as_user[@]}" sleep 300 &
    stranger=$!
    sed -i "s/^$postmaster\$/$stranger/" "$data/data/postmaster.pid"
    it "which the next run overcomes" start_serving
    it "and leaves alone the process that it names" kill -s TERM "$stranger"
    end_run INT
    it "after which nothing is left" nothing_is_left
}

test_places() {
    local first first_words=$ground/words-first port
    data=$ground/first
    start_script "$first_words" "$checkout/scripts/run" --data "$data"
    first=$leader
    place=$ground/home
    data='../a folder/直播基地'
    it "one is served from another folder, to a relative path with a blank and Chinese" start_serving
    place=$checkout
    it "while another is served" wait_for_words "$first_words" "is served at"
    it "both answer" eval 'is_ready "$ground/words" && is_ready "$first_words"'
    end_run INT
    leader=$first
    end_run INT
    it "both end" nothing_is_left

    data=$ground/$(printf 'long%.0s' {1..40})
    it "a path too long for a socket does" start_serving
    end_run INT
    it "its socket's folder is gone" not test -e "$(sed -n "s/^unix_socket_directories = '\(.*\)'/\1/p" "$data/data/yuncang.conf")"

    data=$ground/first
    read -r port <"$data/http-port"
    perl -MIO::Socket::INET -e \
        'my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1:$ARGV[0]", Listen => 1) or die; sleep 60' "$port" &
    first=$!
    while port_is_free "$port"; do sleep 0.1; done
    it "a port that was taken meanwhile is exchanged" start_serving
    end_run INT
    run_script "$checkout/scripts/run" --data "$data" --port "$port"
    it "a port that was asked for is not" says "port $port is taken"
    kill "$first"
    it "nor does the refusal leave a process" nothing_is_left
}

test_refusals() {
    mkdir "$ground/occupied"
    : >"$ground/occupied/a file of somebody's"
    run_script "$checkout/scripts/run" --data "$ground/occupied"
    it "a folder that holds something else is refused" says "holds something else"
    run_script "$checkout/scripts/run" --date x
    it "a misspelt option is refused" says "unknown argument --date"
    if ((EUID == 0)); then
        mkdir -m 700 "$ground/closed"
        run_script "$checkout/scripts/run" --data "$ground/closed/data"
        it "a folder that PostgreSQL's user cannot enter is named" says "cannot enter $ground/closed"
    fi
}
