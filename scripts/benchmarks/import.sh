#!/usr/bin/env bash
# `yuncang product import` of a file against psql's bare COPY of the same file into a table of texts: validating every
# cell, products, SKUs, categories and the audit row on our side, none of it on the other. Whole commands, processes and
# connections included.
#
#   scripts/bench import          ROUNDS=5 and ROWS=10000 unless set
# shellcheck disable=SC2317 # measuring.sh calls the functions by name
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/measuring.sh"

: "${YUNCANG_BENCH_OWNER_URL:?run this by scripts/bench, which starts a PostgreSQL for it}"
export YUNCANG_OWNER_URL=$YUNCANG_BENCH_OWNER_URL YUNCANG_DATABASE_URL=$YUNCANG_BENCH_SERVICE_URL
yuncang=${YUNCANG:-$(cd "$root" && swift build -c release --show-bin-path)/yuncang}
readonly rows=${ROWS:-10000} file=$YUNCANG_BENCH_FOLDER/catalog.csv
psql=("$YUNCANG_BENCH_PG_BIN/psql" -Xq --set ON_ERROR_STOP=1 "$YUNCANG_BENCH_OWNER_URL")

{
    printf '单品编码,单品名称,分类编码,分类名称\n'
    for ((row = 0; row < rows; row++)); do
        printf '1029000%08d,本地小毛白菜 %d(份),10110101%02d,花叶类 %d\n' "$row" "$row" "$((row % 20))" "$((row % 20))"
    done
} >"$file"

# Prints the milliseconds that a command takes.
milliseconds() {
    local start=$EPOCHREALTIME end
    "$@" >&2
    end=$EPOCHREALTIME
    printf '%d.%03d\n' "$(((${end/./} - ${start/./}) / 1000))" "$(((${end/./} - ${start/./}) % 1000))"
}

# An import into a base that has nothing yet. It runs in a subshell, so the base is named by the time.
measure_import() {
    local base=import-${EPOCHREALTIME/./}
    "$yuncang" base create "$base" --name 导入 >&2
    "$yuncang" owner add shop --name 菜店 --base "$base" >&2
    milliseconds "$yuncang" product import "$file" --owner shop --base "$base"
}

measure_copy() {
    "${psql[@]}" -c 'DROP TABLE IF EXISTS copied' \
        -c 'CREATE TABLE copied (code text PRIMARY KEY, name text, category_code text, category text)' >&2
    milliseconds "${psql[@]}" -c "\\copy copied FROM '$file' WITH (FORMAT csv, HEADER)"
}

"$yuncang" migrate >&2
print_header
measure_interleaved "${ROUNDS:-5}" import copy
print_row "an import of $rows SKUs, $(($(wc -c <"$file") / 1024)) KiB" "ms" import copy
