#!/usr/bin/env bash
# What a call into an actor costs: one on the event loop, from a task there and from one elsewhere, against one on
# Swift's default executor.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/scripts/lib/measuring.sh"

binary=$(cd "$root" && swift build -c release --show-bin-path)/LoopBenchmark
[[ -x $binary ]] || (cd "$root" && swift build -c release --product LoopBenchmark >&2)

measure_inside() { "$binary" inside; }
measure_outside() { "$binary" outside; }
measure_plain() { "$binary" plain; }

print_header
measure_interleaved "${ROUNDS:-5}" inside outside plain
print_row "a call from a task on the loop" "ns" inside plain
print_row "a call from another thread" "ns" outside plain
