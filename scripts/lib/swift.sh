# shellcheck shell=bash
# The Swift toolchain and the package's build.

# Puts swift on PATH, or says how to get it.
require_swift() {
    local folder
    command -v swift >/dev/null && return
    for folder in "${SWIFTLY_BIN_DIR:-$HOME/.local/share/swiftly/bin}" /opt/swift/usr/bin /usr/local/swift/usr/bin; do
        if [[ -x $folder/swift ]]; then
            PATH=$PATH:$folder
            return
        fi
    done
    fail "swift is not on PATH. Get Swift 6.2 or later from https://www.swift.org/install/linux/"
}

# A build writes into the checkout.
require_writable_checkout() {
    [[ -w $root ]] || fail "$root belongs to somebody else; clone the repository into a folder of your own"
}

# Runs `swift` in the checkout, such that a signal to this script ends it and its compilers.
run_swift() {
    supervise INT env --chdir="$root" swift "$@"
}

# Runs `swift test` likewise, for at most so many seconds: a test that hangs fails the run instead of holding it up.
# So many tests run side by side: with more, those of deadlines and faults find two processors too slow for them.
run_swift_test() {
    local seconds=$1
    shift
    SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=${YUNCANG_TEST_WIDTH:-4} supervise INT \
        timeout --signal=INT --kill-after=30 "$seconds" env --chdir="$root" swift test "$@"
}

# Builds the executable for real use.
build_release() {
    step "Building yuncang (the first time takes some minutes)"
    run_swift build -c release --product yuncang >&2 || fail "the build failed"
}

# Prints the path of that executable.
release_executable() {
    printf '%s/yuncang\n' "$(cd "$root" && swift build -c release --show-bin-path 2>/dev/null 9>&-)"
}

# Sets `build_options` to those of a `swift test` command line that change what is built.
select_build_options() {
    build_options=()
    while (($# > 0)); do
        case $1 in
            --sanitize=* | --scratch-path=* | --configuration=* | --jobs=*)
                build_options+=("$1")
                ;;
            --sanitize | --scratch-path | -c | --configuration | -j | --jobs | -Xswiftc | -Xcc | -Xlinker)
                build_options+=("$1" "${2:-}")
                shift
                ;;
        esac
        shift || true
    done
}

# Prints the token that `yuncang token create --json` has printed.
token_text() {
    [[ $1 =~ \"token\":\"([^\"]+)\" ]] || fail "no token was made"
    printf '%s\n' "${BASH_REMATCH[1]}"
}
