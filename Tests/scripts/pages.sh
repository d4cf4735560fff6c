#!/usr/bin/env bash
# The pages in a real browser (Chromium, headless): signing in by a code, looking at the stock, signing out, and an overlay that
# shows an order; each tap is checked against the database.
#
# YUNCANG_EXECUTABLE is the yuncang that serves, the debug build unless given; YUNCANG_TEST_PYTHON a Python that has selenium
# already; YUNCANG_TEST_PICTURES a folder for pictures of the pages.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/served.sh"

has_browser() {
    command -v chromium >/dev/null && command -v chromedriver >/dev/null
}

install_browser() {
    ((EUID == 0)) || skip "chromium and chromium-driver are not installed"
    timeout 240 apt-get install -qq --yes --no-install-recommends chromium chromium-driver fonts-noto-cjk >/dev/null 2>&1 \
        || { timeout 60 apt-get update -qq >/dev/null 2>&1 \
            && timeout 240 apt-get install -qq --yes --no-install-recommends chromium chromium-driver fonts-noto-cjk >/dev/null 2>&1; } \
        || skip "chromium cannot be installed"
}

has_browser || install_browser
serve_demo
use_python 'selenium==4.51.0'
export YUNCANG_PAGES_ADDRESS=$address YUNCANG_PAGES_COMMAND=$yuncang YUNCANG_PAGES_TOKENS=$throwaway/tokens
YUNCANG_PAGES_DATABASE=$(database_url yuncang_owner)
YUNCANG_PAGES_SERVICE=$(database_url yuncang_service)
export YUNCANG_PAGES_DATABASE YUNCANG_PAGES_SERVICE YUNCANG_PAGES_PSQL=psql
if ! timeout "${YUNCANG_TEST_SECONDS:-90}" "$python" "$support/pages.py"; then
    printf 'not ok - the pages were gone through to the end\n'
    grep -vE "^ *(r[0-9a-z]+ 0x|$)" "$throwaway/serve.log" | head -n 40 | sed 's/^/    /'
fi
