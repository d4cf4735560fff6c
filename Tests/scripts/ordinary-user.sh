#!/usr/bin/env bash
# scripts/run and scripts/test by somebody who is not root.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/harness.sh"
source "$(dirname "${BASH_SOURCE[0]}")/support/serving.sh"

if ((EUID != 0)); then
    echo "The other tests ran as an ordinary user already."
    exit
fi
become_ordinary_user
test_serving
test_recovery
run_script "$checkout/scripts/test"
it "an ordinary user's tests are counted" says "3 passed, 0 failed"
it "an ordinary user's tests leave nothing" nothing_is_left
