# shellcheck shell=bash
# Counting what passed and failed, and saying it again at the end, where it is found.

passed=0
failed=0
failures=()

# Counts the test cases in the report that `swift test --xunit-output` wrote. Several failures of one test are one.
tally_report() {
    local line in_failed=false
    while read -r line; do
        case $line in
            '<testcase '*'/>') ((passed += 1)) ;;
            '<testcase '*) in_failed=false ;;
            '<failure '*) in_failed=true ;;
            '</testcase>')
                # One with neither failure nor success was skipped.
                if $in_failed; then
                    ((failed += 1))
                fi
                ;;
        esac
    done <"$1"
}

# Counts a run of `swift test`. A failed run without a failed test is a crash, a race, or one that never began.
tally_swift() {
    local report=$1 log=$2 status=$3 before=$failed
    if [[ -e $report ]]; then
        tally_report "$report"
    fi
    ((status != 0)) || return 0
    mapfile -t -O "${#failures[@]}" failures < <(
        grep -E 'recorded an issue|^SUMMARY: ThreadSanitizer|Fatal error:|error: ' "$log" | head -n 100
    )
    if ((failed == before)); then
        ((failed += 1))
        failures+=("swift test ended with status $status")
    fi
}

# Counts the lines `ok - …` and `not ok - …` of a shell test's log.
tally_script() {
    local name=$1 log=$2 status=$3 before=$failed line
    while read -r line; do
        case $line in
            ok\ *) ((passed += 1)) ;;
            not\ ok\ *)
                ((failed += 1))
                failures+=("$name: ${line#not ok - }")
                ;;
        esac
    done <"$log"
    if ((status != 0 && failed == before)); then
        ((failed += 1))
        failures+=("$name ended with status $status")
    fi
}

# The closing lines; the status is that of the whole. What failed goes to the file YUNCANG_FAILURES too, for a script that
# runs this one among others and says it again at its own end.
print_tally() {
    if ((${#failures[@]} > 0)); then
        printf '\nWhat failed:\n'
        printf '    %s\n' "${failures[@]}"
        if [[ -n ${YUNCANG_FAILURES:-} ]]; then
            printf '    %s\n' "${failures[@]}" >>"$YUNCANG_FAILURES"
        fi
    fi
    printf '\n%d passed, %d failed\n' "$passed" "$failed"
    ((failed == 0 && passed > 0))
}
