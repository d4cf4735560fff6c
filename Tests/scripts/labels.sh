#!/usr/bin/env bash
# Labels as people print them: a real browser (Chromium, headless) makes PDFs of the pages, whose codes are read by a scanner's
# software (zbar) and held against the database.
#
# YUNCANG_EXECUTABLE is the yuncang that serves, the debug build unless given; YUNCANG_TEST_PICTURES a folder for the PDFs and
# pictures of their pages.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/served.sh"

has_printer() {
    local program
    for program in chromium zbarimg pdftoppm pdftotext pdfinfo; do
        command -v "$program" >/dev/null || return 1
    done
    [[ -n $(fc-list :lang=zh 2>/dev/null) ]]
}

install_printer() {
    local packages=(chromium fontconfig fonts-noto-cjk zbar-tools poppler-utils)
    ((EUID == 0)) || skip "these are not installed: ${packages[*]}"
    timeout 240 apt-get install -qq --yes --no-install-recommends "${packages[@]}" >/dev/null 2>&1 \
        || { timeout 60 apt-get update -qq >/dev/null 2>&1 \
            && timeout 240 apt-get install -qq --yes --no-install-recommends "${packages[@]}" >/dev/null 2>&1; } \
        || skip "these cannot be installed: ${packages[*]}"
}

has_printer || install_printer
serve_demo
export YUNCANG_LABELS_ADDRESS=$address YUNCANG_LABELS_COMMAND=$yuncang YUNCANG_LABELS_FOLDER=$throwaway/labels
YUNCANG_LABELS_DATABASE=$(database_url yuncang_owner)
YUNCANG_LABELS_SERVICE=$(database_url yuncang_service)
export YUNCANG_LABELS_DATABASE YUNCANG_LABELS_SERVICE
mkdir "$throwaway/labels"
if ! timeout "${YUNCANG_TEST_SECONDS:-180}" python3 "$support/labels.py"; then
    printf 'not ok - the labels were gone through to the end\n'
    tail -n 20 "$throwaway/serve.log" | sed 's/^/    /'
fi
