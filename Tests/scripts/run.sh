#!/usr/bin/env bash
# scripts/run: found again, from anywhere, several at a time, and nothing left however it ends.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/harness.sh"
source "$(dirname "${BASH_SOURCE[0]}")/support/serving.sh"

test_serving
test_endings
test_recovery
test_places
test_refusals
