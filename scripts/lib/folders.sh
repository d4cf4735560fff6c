# shellcheck shell=bash
# Folders in which PostgreSQL can live: its user has to get through every parent.

# Prints the first part of that path which PostgreSQL's user cannot enter; nothing when it can enter all that exist.
first_closed_folder() {
    local path=$1 parents=() index
    while [[ $path != / ]]; do
        path=$(dirname "$path")
        parents+=("$path")
    done
    for ((index = ${#parents[@]} - 1; index >= 0; index--)); do
        if [[ -e ${parents[index]} ]] && ! as_postgres test -x "${parents[index]}"; then
            printf '%s\n' "${parents[index]}"
            return
        fi
    done
}

# Makes a folder to be thrown away, under the first of those given that will do; its path is in `throwaway`.
make_throwaway_folder() {
    local parent
    for parent in "$@"; do
        if [[ -d $parent && -w $parent && -z $(first_closed_folder "$parent/x") ]]; then
            throwaway=$(realpath "$(mktemp -d "$parent/yuncang-${0##*/}.XXXXXX")")
            chmod 711 "$throwaway"
            return
        fi
    done
    fail "found no folder that the user $postgres_user can enter among: $*"
}
