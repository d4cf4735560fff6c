# shellcheck shell=bash
# A served base: waiting for it, and what its commands print.

# Waits, for at most a minute, until the server of that process answers at that port; fails at once when the process ends.
wait_until_served() {
    local port=$1 process=$2 turn
    for ((turn = 0; turn < 1200; turn++)); do
        [[ $(http_status "$port" /readyz) != 200 ]] || return 0
        kill -0 "$process" 2>/dev/null || return 1
        sleep 0.05
    done
    return 1
}

# Prints that member, a text without escapes, of a JSON object which a command has printed.
json_text() {
    local pattern="\"$1\":\"([^\"\\\\]+)\""
    [[ $2 =~ $pattern ]] || fail "there is no $1 in what was printed: $2"
    printf '%s\n' "${BASH_REMATCH[1]}"
}
