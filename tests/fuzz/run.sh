#!/usr/bin/env bash
# Runs each fuzz target for SECONDS (60 where none are given), or those that are named, as many at a time as there are
# cores; what breaks one is left in target/fuzz/found/TARGET, and the exit status is 1. Put such an input into
# tests/fuzz/found/TARGET: tests/it/found.rs runs it ever after.
#
#   tests/fuzz/run.sh [SECONDS] [TARGET…]
#
# The targets are written and laid out as cargo-fuzz has them, and are built by cargo alone, with the fuzzer's counters
# in the crates that matter (`watched`): so they share target/debug, and with it all of Typst, with heatpack's own build,
# and take two minutes instead of a quarter of an hour. Needs a C++ compiler (Debian: g++), which libFuzzer is compiled
# with.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${1:-60}
shift || true
cd "$root"

command -v c++ >/dev/null || { apt-get update -qq && apt-get install -y -qq g++; } >&2
command -v python3 >/dev/null || { apt-get update -qq && apt-get install -y -qq python3; } >&2

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
RUSTC_WRAPPER="$here/watched" cargo build --quiet --manifest-path "$here/Cargo.toml" --bins

targets=("$@")
if ((${#targets[@]} == 0)); then
  for file in "$here"/fuzz_targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
fi
work=$CARGO_TARGET_DIR/fuzz
mkdir -p "$work"
python3 "$here/seeds.py" "$root" "$work/seeds"

# One target: what it did in a line, or what broke it.
run() {
  local target=$1 most=65536
  mkdir -p "$work/corpus/$target" "$work/found/$target" "$here/found/$target"
  # A PDF takes longer than a text; that of a long one is measured by tests/hostile_sizes. A machine that does other
  # things besides may stop a program for seconds, so that the target itself measures its time (`bounded`), and the
  # timeout is for what never ends. With one seed, what a machine finds another one finds as well.
  [[ $target == paper ]] && most=2048
  if "$CARGO_TARGET_DIR/debug/$target" -max_total_time="$seconds" -timeout=300 -rss_limit_mb=4096 -max_len=$most -seed=1 \
    -print_final_stats=1 -artifact_prefix="$work/found/$target/" \
    "$work/corpus/$target" "$work/seeds/$target" "$here/found/$target" >"$work/$target.log" 2>&1; then
    local inputs
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$target.log")
    ((${inputs:-0} > 0)) || { echo "$target ran no input" >&2; return 1; }
    echo "$target: $inputs inputs in $seconds s, nothing found"
  else
    tail -n 40 "$work/$target.log"
    echo "$target broke: see $work/found/$target" >&2
    return 1
  fi
}
export -f run
export here work seconds
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I{} bash -c 'run {}' || exit 1
