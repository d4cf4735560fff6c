# shellcheck shell=bash
# How a script ends: in order, whichever way it ends, with nothing left running.
#
# Long commands run by `supervise` in a session of their own. Ctrl-C then reaches this script alone, which acts at once,
# ends the command, and after it whatever was registered by `at_end`, the latest first.

ending_functions=()
child=
child_signal=TERM

# Registers a function that is called when the script ends.
at_end() {
    ending_functions+=("$1")
}

end_everything() {
    local status=$? index
    # Not ignored but caught: an ignored signal would be inherited. A second Ctrl-C must not cut the ending short.
    trap : INT TERM HUP
    set +e
    end_child
    for ((index = ${#ending_functions[@]} - 1; index >= 0; index--)); do
        "${ending_functions[index]}"
    done
    exit "$status"
}

trap end_everything EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Starts a command in a session of its own; its id is in `child`. It gets the signal given when this script ends or is
# killed. Descriptor 9 is a lock that must end with this script.
start_child() {
    child_signal=$1
    shift
    setsid setpriv --pdeathsig "$child_signal" env --default-signal=INT,QUIT "$@" 9>&- &
    child=$!
    [[ -z ${guard_note:-} ]] || printf '%s %s\n' "$child" "$child_signal" >"$guard_note"
}

# Waits for the child and returns its status.
wait_child() {
    local status=0
    wait "$child" || status=$?
    end_session "$child" "$child_signal" || true
    child=
    return "$status"
}

# Runs a command and returns its status; the first argument is the signal that asks it to stop.
supervise() {
    start_child "$@"
    wait_child
}

end_child() {
    [[ -n $child ]] || return 0
    end_session "$child" "$child_signal"
    wait "$child" 2>/dev/null
    child=
}
