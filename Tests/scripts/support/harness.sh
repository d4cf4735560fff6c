# shellcheck shell=bash
# What the tests of the scripts share: a checkout with a stand-in for Swift, and sentences that hold or do not.
#
# Each test says `ok - SENTENCE` or `not ok - SENTENCE`; scripts/test counts them.

support=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$support/../../.." && pwd)
source "$root/scripts/lib/processes.sh"
source "$root/scripts/lib/ports.sh"
# What the scripts here report of failures that are meant is not for whoever runs these tests.
unset YUNCANG_FAILURES

# A folder that PostgreSQL's user can enter; all that the test makes is in it.
ground=$(realpath "$(mktemp -d /var/tmp/yuncang-scripts.XXXXXX)")
chmod 755 "$ground"
checkout=$ground/checkout
mkdir -p "$checkout" "$ground/home" "$ground/tmp"
cp -r "$root/scripts" "$checkout/scripts"
cp -r "$support" "$ground/support"
started=()

# The commands run as this user: all but one file run as whoever runs the tests.
as_user=()

clear_ground() {
    local leader
    for leader in "${started[@]}"; do
        end_session "$leader" TERM
    done
    rm -rf "$ground"
}
trap clear_ground EXIT
trap 'exit 143' TERM INT HUP

# Hands the ground to a user who is not root.
become_ordinary_user() {
    as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
    chown -R nobody:nogroup "$ground"
}

# Runs a script of the checkout to its end, from the folder `place`; its words are in $ground/words.
place=$checkout
run_script() {
    "${as_user[@]}" env --chdir="$place" HOME="$ground/home" TMPDIR="$ground/tmp" PATH="$ground/support:$PATH" \
        "$@" >"$ground/words" 2>&1
}

# Starts one in a session of its own, as a terminal would; its id is in `leader`, its words are in the file given.
start_script() {
    local words=$1
    shift
    rm -f "$words"
    setsid "${as_user[@]}" env --default-signal=INT,QUIT --chdir="$place" HOME="$ground/home" TMPDIR="$ground/tmp" \
        PATH="$ground/support:$PATH" "$@" >"$words" 2>&1 &
    leader=$!
    started+=("$leader")
}

# Sends a signal as a terminal does: to the whole foreground group.
press() {
    kill -s "$1" -- "-$leader"
}

# Waits, for at most half a minute, until a file holds a text.
wait_for_words() {
    local tenths
    for ((tenths = 0; tenths < 300; tenths++)); do
        ! grep -qF -- "$2" "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    return 1
}

# Prints the processes that have to do with the ground: by their arguments, or because they work in it.
processes_on_ground() {
    local folder id
    for folder in /proc/[0-9]*; do
        id=${folder#/proc/}
        [[ $id != "$$" && $id != "$BASHPID" ]] || continue
        if [[ $(readlink "$folder/cwd" 2>/dev/null) == "$ground"/* ]] \
            || tr '\0' ' ' 2>/dev/null <"$folder/cmdline" | grep -qF "$ground/"; then
            printf '%s\n' "$id"
        fi
    done 2>/dev/null
}

nothing_is_left() {
    wait_until_none 100 processes_on_ground
}

# it SENTENCE COMMAND…: the sentence holds when the command succeeds.
it() {
    local sentence=$1
    shift
    if "$@"; then
        printf 'ok - %s\n' "$sentence"
    else
        printf 'not ok - %s\n' "$sentence"
        tail -n 15 "$ground"/words* 2>/dev/null | sed 's/^/    /'
    fi
}

not() {
    ! "$@"
}

says() {
    grep -qF -- "$1" "$ground/words"
}

# The last line of a file of words in which somebody was told where the base is served.
served_port() {
    sed -n 's/.* is served at http:\/\/127\.0\.0\.1:\([0-9]*\)$/\1/p' "$1"
}

is_ready() {
    [[ $(http_status "$(served_port "$1")" /readyz) == 200 ]]
}
