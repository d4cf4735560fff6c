#!/usr/bin/env bash
# Workbooks as others write and read them: files of openpyxl and of XlsxWriter are imported, and what yuncang exports is read
# by openpyxl.
#
# YUNCANG_EXECUTABLE is the yuncang that is tested, the debug build unless given; YUNCANG_TEST_PYTHON a Python that has the
# packages already.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/served.sh"

service() { run_yuncang yuncang_service "$@"; }

# Imports that file, and expects that status and those words.
import() {
    local file=$1 status=$2 found
    shift 2
    service order import "$throwaway/books/$file" --source shop --dry-run --json >"$throwaway/answer" 2>&1
    found=$?
    cat "$throwaway/answer"
    [[ $found == "$status" ]] || return
    local words
    for words in "$@"; do grep -qF "$words" "$throwaway/answer" || return; done
}

tell_shipments() {
    service order import "$throwaway/books/openpyxl.xlsx" --source shop >"$throwaway/answer" || return
    printf '%s\n' '订单编号,快递公司,快递单号' '="6921234567890123456",圆通速递,="75123456789012345"' \
        "'6921234567890123456,=1+1,YT22" >"$throwaway/numbers.csv"
    service shipment import "$throwaway/numbers.csv" --source shop || return
    service shipment export --source shop --out "$throwaway/told.xlsx" || return
    "$python" "$support/spreadsheets.py" read "$throwaway/told.xlsx"
}

serve_demo
use_python 'openpyxl==3.1.5' 'XlsxWriter==3.2.9'
mkdir "$throwaway/books"
"$python" "$support/spreadsheets.py" write "$throwaway/books" >"$throwaway/words" 2>&1 || skip "no files: $(tail -n 1 "$throwaway/words")"
it "a workbook of openpyxl, with a hidden sheet before it, is read as it is" \
    import openpyxl.xlsx 0 '"placed":3,' '"problem_count":0'
it "openpyxl's sheet written row by row, too" import write-only.xlsx 0 '"placed":2,' '"problem_count":0'
it "one of XlsxWriter, shared and inline texts, rich text, dates and formulas" \
    import xlsxwriter.xlsx 0 '"placed":2,' '"problem_count":0'
it "one of XlsxWriter that keeps no texts in memory" import constant-memory.xlsx 0 '"placed":2,' '"problem_count":0'
for file in gb18030.csv marked.csv named.xlsx; do
    it "CSV is told by its content, whatever its encoding and name: $file" import "$file" 0 '"placed":1,' '"problem_count":0'
done
it "numbers that have lost digits, errors and formulas never computed are told with their cells" \
    import faults.xlsx 65 'cell A2: Excel has taken' 'cell B3: the formula came to #N/A' 'cell C4: the formula has no value'
it "what is exported is text in openpyxl's eyes: long digits, and no formula" tell_shipments
it "orders that came by file are told over HTTP, under the platform's numbers" \
    env TOKEN="$(<"$throwaway/tokens/operator")" "$python" "$support/spreadsheets.py" orders "$address"
