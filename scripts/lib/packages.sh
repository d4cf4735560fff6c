# shellcheck shell=bash
# The Debian packages that the scripts need, installed when they are missing.

# Prints the packages whose part is missing; what counts is the part, wherever it came from.
missing_packages() {
    command -v git >/dev/null || printf 'git\n'
    [[ -e /etc/ssl/certs/ca-certificates.crt ]] || printf 'ca-certificates\n'
    command -v pkg-config >/dev/null || printf 'pkg-config\n'
    [[ -e $(pg_config --includedir 2>/dev/null)/libpq-fe.h ]] || printf 'libpq-dev\n'
    [[ -e /usr/include/zlib.h ]] || pkg-config --exists zlib 2>/dev/null || printf 'zlib1g-dev\n'
    [[ -e /usr/include/expat.h ]] || pkg-config --exists expat 2>/dev/null || printf 'libexpat1-dev\n'
    [[ -n $(find_server_binaries) ]] || printf 'postgresql\n'
}

# Installs what is missing: as root, else through sudo; else says what to run and ends.
require_packages() {
    local missing as_root=()
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]} > 0)) || return 0
    command -v apt-get >/dev/null \
        || fail "these are missing, and there is no apt-get to install them: ${missing[*]} (Debian's names)"
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && [[ ! -t 0 ]]; }; then
            fail "these Debian packages are missing; as root, run:
    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
        fi
        as_root=(sudo)
    fi
    step "Installing ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive bash -c "$(declare -f install_packages); install_packages \"\$@\"" \
        install_packages "${missing[@]}" >&2 9>&-
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]} == 0)) || fail "still missing after the installation: ${missing[*]}"
}

# Runs as root. Debian's postgresql would make and start a cluster of the machine's own; while it is installed, a setting
# says not to.
install_packages() {
    set -euo pipefail
    # Not local: the trap runs when this function is over.
    setting=/etc/postgresql-common/createcluster.d/yuncang.conf
    trap 'rm -f "$setting"; rmdir --ignore-fail-on-non-empty "${setting%/*}"' EXIT
    mkdir -p "${setting%/*}"
    printf 'create_main_cluster = false\n' >"$setting"
    apt-get -q update || true
    apt-get -q -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
}
