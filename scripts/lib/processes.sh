# shellcheck shell=bash
# Which processes there are, read from /proc: a fresh Debian has neither ps nor pkill.

# Prints the ids of the live processes in the session of that leader.
session_members() {
    local leader=$1 file line fields
    for file in /proc/[0-9]*/stat; do
        { read -r line <"$file"; } 2>/dev/null || continue
        # The command's name stands in parentheses and may hold anything; state, parent, group, session follow it.
        read -r -a fields <<<"${line##*) }"
        if [[ ${fields[3]} == "$leader" && ${fields[0]} != Z ]]; then
            file=${file#/proc/}
            printf '%s\n' "${file%/stat}"
        fi
    done
}

# Prints the ids of the PostgreSQL processes that work in that data folder: the postmaster and all its children.
postgres_processes() {
    local data=$1 link
    for link in /proc/[0-9]*/cwd; do
        if [[ $link -ef $data && $(readlink "${link%cwd}exe" 2>/dev/null) == */postgres* ]]; then
            link=${link#/proc/}
            printf '%s\n' "${link%/cwd}"
        fi
    done
}

# Waits until the command given prints nothing, for at most so many tenths of a second.
wait_until_none() {
    local tenths=$1
    shift
    while [[ -n $("$@") ]]; do
        ((tenths-- > 0)) || return 1
        sleep 0.1
    done
}

# Ends every process in the session of that leader: by the signal it understands, then by SIGTERM, then by SIGKILL.
end_session() {
    local leader=$1 signal members
    for signal in "$2" TERM KILL; do
        mapfile -t members < <(session_members "$leader")
        ((${#members[@]} > 0)) || return 0
        kill -s "$signal" "${members[@]}" 2>/dev/null || true
        wait_until_none 100 session_members "$leader" || continue
        return 0
    done
}
