# shellcheck shell=bash
# Words for people. All of it goes to standard error: standard output is for results.

say() {
    printf '%s\n' "$*" >&2
}

step() {
    printf '\n==> %s\n' "$*" >&2
}

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

wrong_usage() {
    printf '%s: %s\nTry: %s --help\n' "${0##*/}" "$*" "$0" >&2
    exit 2
}

# Prints the comment at the head of the calling script, which is its help.
print_help() {
    sed -n '2,/^$/ { s/^# \{0,1\}//; p }' "$0"
}
