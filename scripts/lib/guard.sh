# shellcheck shell=bash
# What ends a script's PostgreSQL and child when the script itself was killed and could not.

guard=
guard_note=

# Starts the guard of the cluster in that folder; with `throwaway`, it removes the folder too. It shares descriptor 9, so
# that a lock is free only when the guard is done.
start_guard() {
    local folder=$1 fate=$2
    guard_note=$folder/child
    : >"$guard_note"
    setsid setpriv --pdeathsig TERM \
        "$root/scripts/lib/guard" "$$" "$folder" "$fate" "$server_binaries" </dev/null >/dev/null 2>&1 &
    guard=$!
    at_end stop_guard
}

# The guard has nothing left to do: whatever it guards has ended.
stop_guard() {
    kill -KILL "$guard" 2>/dev/null
    wait "$guard" 2>/dev/null
    rm -f "$guard_note"
}
