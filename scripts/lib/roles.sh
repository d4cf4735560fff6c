# shellcheck shell=bash
# The database, the two roles that use it, and their passwords.
#
# yuncang_owner owns the database and migrates it; yuncang_service serves, owns nothing and creates nothing. Passwords
# stand in the cluster's file `passwords` (libpq's pgpass format) and are handed on by files and environments only:
# everybody can read the arguments of a process.

passwords=

# Makes the file of passwords unless it is there: 192 random bits each.
make_passwords() {
    local role
    [[ ! -e $passwords ]] || return 0
    (
        umask 077
        for role in postgres yuncang_owner yuncang_service; do
            printf '*:*:*:%s:%s\n' "$role" "$(od -An -v -tx1 -N24 /dev/urandom | tr -d ' \n')"
        done >"$passwords.unfinished"
    )
    mv "$passwords.unfinished" "$passwords"
}

# Prints the role's password.
password_of() {
    local role password
    while IFS=: read -r _ _ _ role password; do
        if [[ $role == "$1" ]]; then
            printf '%s\n' "$password"
            return
        fi
    done <"$passwords"
    fail "$passwords has no line for $1; move the folder ${passwords%/*} away to begin anew"
}

# Prints the URL by which that role reaches the database, with its password: for environments, never for arguments.
database_url() {
    printf 'postgresql://%s:%s@127.0.0.1:%s/yuncang\n' "$1" "$(password_of "$1")" "$cluster_port"
}

# Runs psql as the superuser in that database.
superuser_psql() {
    PGPASSFILE=$passwords "$server_binaries/psql" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --no-password \
        --host=127.0.0.1 --port="$cluster_port" --username=postgres --dbname="$1" --output=/dev/null 9>&-
}

# Makes the roles and the database, or makes them right again.
create_roles_and_database() {
    local role
    {
        for role in yuncang_owner yuncang_service; do
            printf "SELECT 'CREATE ROLE %s' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s')\n\\\\gexec\n" \
                "$role" "$role"
            printf "ALTER ROLE %s LOGIN PASSWORD '%s';\n" "$role" "$(password_of "$role")"
        done
        cat <<'SQL'
SELECT $$CREATE DATABASE yuncang OWNER yuncang_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'$$
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'yuncang')
\gexec
REVOKE ALL ON DATABASE yuncang FROM PUBLIC;
GRANT CONNECT ON DATABASE yuncang TO yuncang_service;
SQL
    } | superuser_psql postgres
    superuser_psql yuncang <<<'REVOKE CREATE ON SCHEMA public FROM PUBLIC;'
}
