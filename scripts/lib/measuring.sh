# shellcheck shell=bash
# Measuring side by side: for the scripts in scripts/benchmarks, which source this file.
#
# A benchmark defines a function `measure_NAME` for each contestant, which prints one number, and then says
#     measure_interleaved 5 ours theirs
#     print_row "a stock check" requests/s ours theirs
# The machine's mood changes by the minute: contestants take turns, and the median counts.

declare -A medians=()
declare -A spreads=()

# Runs `measure_NAME` of each name in turn, so many rounds; sets medians[NAME] and spreads[NAME] ("lowest-highest").
measure_interleaved() {
    local rounds=$1 round name value
    shift
    local -A values=()
    for ((round = 0; round < rounds; round++)); do
        for name in "$@"; do
            value=$("measure_$name") || return
            [[ $value =~ ^[0-9]+(\.[0-9]+)?$ ]] || {
                printf 'measure_%s printed no number: %s\n' "$name" "$value" >&2
                return 1
            }
            values[$name]+=$value$'\n'
        done
    done
    for name in "$@"; do
        read -r "medians[$name]" "spreads[$name]" < <(
            printf %s "${values[$name]}" | sort -g | awk '
                { value[NR] = $1 }
                END {
                    middle = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
                    printf "%.6g %.6g-%.6g\n", middle, value[1], value[NR]
                }'
        )
    done
}

print_header() {
    printf '%-36s %-12s %22s %22s %7s\n' "what" "unit" "ours (lowest-highest)" "theirs" "ratio"
}

# Prints a line: what was measured, its unit, ours and theirs with their spreads, ours over theirs.
print_row() {
    local what=$1 unit=$2 ours=$3 theirs=$4
    printf '%-36s %-12s %22s %22s %7s\n' "$what" "$unit" \
        "${medians[$ours]} (${spreads[$ours]})" "${medians[$theirs]} (${spreads[$theirs]})" \
        "$(awk -v ours="${medians[$ours]}" -v theirs="${medians[$theirs]}" 'BEGIN { printf "%.2f", ours / theirs }')"
}
