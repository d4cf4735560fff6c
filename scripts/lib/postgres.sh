# shellcheck shell=bash
# A PostgreSQL of our own: a cluster in a folder, apart from any that the machine runs.
#
# A cluster's folder holds: data/ (PostgreSQL's), sockets/, passwords (see roles.sh), postgres.log, port.

# PG* variables of the caller speak of other servers.
for variable in "${!PG@}"; do
    unset "$variable"
done
unset variable

# PostgreSQL refuses to run as root; the Debian package brings a user for it.
if ((EUID == 0)); then
    postgres_user=postgres
else
    postgres_user=$(id -un)
fi

# The longest path of a Unix-domain socket, without its closing NUL (sockaddr_un).
socket_path_bytes=107

server_binaries=
cluster_data=
cluster_sockets=
cluster_log=
cluster_port=
cluster_port_file=

# Prints the folder of the newest PostgreSQL's server binaries, or of that major version's; nothing when there is none.
find_server_binaries() {
    local version=${1:-[0-9]*} folder
    while read -r folder; do
        if [[ -x $folder/postgres && -x $folder/initdb ]]; then
            printf '%s\n' "$folder"
            return
        fi
    done < <(
        compgen -G "/usr/lib/postgresql/$version/bin" | sort -rV || true
        if [[ $# == 0 ]] && command -v postgres >/dev/null; then
            dirname "$(realpath "$(command -v postgres)")"
        fi
    )
}

# Runs a command as PostgreSQL's user with an environment of its own, out of reach of Ctrl-C: a cut-off pg_ctl would
# leave a server that nobody stops.
as_postgres() {
    local change_user=()
    if ((EUID == 0)); then
        change_user=(setpriv --reuid="$postgres_user" --regid="$postgres_user" --init-groups)
    fi
    env --ignore-environment --chdir=/ PATH="$PATH" LC_ALL=C.UTF-8 \
        setsid --wait "${change_user[@]}" "$@" 9>&-
}

# From now on the functions here are about the cluster in that folder, which need not exist yet.
use_cluster() {
    cluster_data=$1/data
    cluster_log=$1/postgres.log
    cluster_port_file=$1/port
    passwords=$1/passwords
    [[ ! -e $cluster_port_file ]] || read -r cluster_port <"$cluster_port_file"
}

# Makes the cluster unless it is there. It appears by a rename: one that was cut off is made anew.
create_cluster() {
    local made=$cluster_data.unfinished password_file=${cluster_data%/*}/first-password
    if [[ -e $cluster_data ]]; then
        [[ -e $passwords ]] || fail "$passwords is gone, and with it the way in; put it back, or move ${passwords%/*} away"
        return
    fi
    rm -rf "$made"
    make_postgres_folder "$made"
    make_passwords
    (umask 077 && password_of postgres >"$password_file")
    ((EUID != 0)) || chown "$postgres_user" "$password_file"
    as_postgres "$server_binaries/initdb" --pgdata="$made" --username=postgres --encoding=UTF8 --locale=C.UTF-8 \
        --auth=scram-sha-256 --pwfile="$password_file" "$@" >/dev/null
    rm -f "$password_file"
    as_postgres tee -a "$made/postgresql.conf" <<<"include = 'yuncang.conf'" >/dev/null
    mv "$made" "$cluster_data"
}

# Sets `server_binaries` to those that fit the cluster.
select_server_binaries() {
    local version=
    [[ ! -e $cluster_data/PG_VERSION ]] || read -r version <"$cluster_data/PG_VERSION"
    server_binaries=$(find_server_binaries ${version:+"$version"})
    [[ -n $server_binaries ]] \
        || fail "the data in $cluster_data is of PostgreSQL $version, which is not installed: apt-get install postgresql-$version"
}

make_postgres_folder() {
    mkdir -p "$1"
    chmod 700 "$1"
    ((EUID != 0)) || chown "$postgres_user:" "$1"
}

# Starts the cluster with the settings given (`name = value`), on its former port if nobody has taken it.
start_cluster() {
    local attempt
    clear_stale_postmaster
    prepare_sockets
    if [[ -z $cluster_port ]] || ! port_is_free "$cluster_port"; then
        cluster_port=$(free_port)
    fi
    for ((attempt = 0; attempt < 5; attempt++)); do
        write_settings "$@"
        prepare_log
        if as_postgres "$server_binaries/pg_ctl" start -s -w -t 300 -D "$cluster_data" -l "$cluster_log" 2>/dev/null; then
            printf '%s\n' "$cluster_port" >"$cluster_port_file"
            return
        fi
        grep -q 'could not bind\|could not create any TCP/IP sockets' "$cluster_log" || break
        cluster_port=$(free_port)
    done
    tail -n 20 "$cluster_log" >&2
    fail "PostgreSQL did not start; the above is the end of $cluster_log"
}

# Stops the cluster, if it runs, in that mode of pg_ctl; after a minute by force.
stop_cluster() {
    local mode=$1 processes
    mapfile -t processes < <(postgres_processes "$cluster_data")
    if ((${#processes[@]} > 0)); then
        # Whoever was stopped by a fault test has to run to hear of its end.
        kill -CONT "${processes[@]}" 2>/dev/null || true
        as_postgres "$server_binaries/pg_ctl" stop -s -w -t 60 -m "$mode" -D "$cluster_data" >/dev/null 2>&1 || true
        end_postgres_processes
    fi
    remove_sockets
}

# Stops every cluster in the folders under that one, such as a test that was killed has left; then none is selected.
stop_clusters_under() {
    local data
    for data in "$1"/*/data; do
        [[ ! -d $data ]] || (use_cluster "${data%/data}" && stop_cluster immediate)
    done
}

# Ends what is left of the cluster's processes.
end_postgres_processes() {
    local processes
    wait_until_none 20 postgres_processes "$cluster_data" && return
    mapfile -t processes < <(postgres_processes "$cluster_data")
    kill -KILL "${processes[@]}" 2>/dev/null || true
    wait_until_none 100 postgres_processes "$cluster_data"
}

# After kill -9 or a power cut: postmaster.pid may name a process of somebody else's, which PostgreSQL would take for
# itself; and children of a dead postmaster may still hold its memory.
clear_stale_postmaster() {
    stop_cluster fast
    forget_dead_postmaster
}

# Removes the files by which a dead postmaster still claims data and socket: even its zombie would be taken for a rival.
forget_dead_postmaster() {
    [[ -z $(postgres_processes "$cluster_data") ]] || return 0
    rm -f "$cluster_data/postmaster.pid" "${cluster_data%/*}"/sockets/.s.PGSQL.*
}

# The folder of the Unix-domain socket: the cluster's own, or a short one, linked to, when its path is too long.
prepare_sockets() {
    local own=${cluster_data%/*}/sockets name
    remove_sockets
    name=$own/.s.PGSQL.65535.lock
    cluster_sockets=$own
    if (($(printf %s "$name" | wc -c) > socket_path_bytes)); then
        cluster_sockets=$(mktemp -d /tmp/yuncang-sockets.XXXXXX)
        ln -s "$cluster_sockets" "$own"
    fi
    make_postgres_folder "$cluster_sockets"
}

remove_sockets() {
    local own=${cluster_data%/*}/sockets
    [[ ! -L $own ]] || rm -rf "$(readlink "$own")"
    rm -rf "$own"
}

# PostgreSQL appends; the log of the former start is kept beside it.
prepare_log() {
    [[ ! -e $cluster_log ]] || mv -f "$cluster_log" "$cluster_log.former"
    (umask 077 && : >"$cluster_log")
    ((EUID != 0)) || chown "$postgres_user:" "$cluster_log"
}

write_settings() {
    {
        printf "port = %s\n" "$cluster_port"
        printf "listen_addresses = '127.0.0.1'\n"
        printf "unix_socket_directories = '%s'\n" "${cluster_sockets//\'/\'\'}"
        printf "timezone = 'UTC'\nlog_timezone = 'UTC'\n"
        printf "log_line_prefix = '%%m [%%p] %%q%%u@%%d '\n"
        if (($# > 0)); then
            printf '%s\n' "$@"
        fi
    } | as_postgres tee "$cluster_data/yuncang.conf" >/dev/null
}
