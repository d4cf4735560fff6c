#!/usr/bin/env bash
# docs/proxies.md: its configurations of nginx and Caddy, before a yuncang that serves.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/harness.sh"
source "$root/scripts/lib/message.sh"
source "$root/scripts/lib/packages.sh"
source "$root/scripts/lib/roles.sh"
source "$root/scripts/lib/postgres.sh"
source "$(dirname "${BASH_SOURCE[0]}")/support/proxying.sh"

if [[ ! -x $yuncang ]]; then
    echo "There is no $yuncang (swift build makes it): left out."
    exit
fi
trap 'end_proxying; clear_ground' EXIT
start_yuncang
start_upstream
if proxy_is_there nginx nginx-light; then
    test_proxy nginx
fi
if proxy_is_there caddy caddy; then
    test_proxy caddy
    test_own_authority
fi
