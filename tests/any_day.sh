#!/usr/bin/env bash
# Runs what the README's first two commands run, on other days than today: the sample is checked and built, and all tests
# of the project pass, whatever the clock and the time zone.
#
# usage: tests/any_day.sh [--sample] [YEAR…], by default 2025 2027 2035; with --sample without the tests
set -euo pipefail
cd "$(dirname "$0")/.."

command -v faketime >/dev/null || { echo "any_day.sh: install faketime (Debian: apt-get install faketime)" >&2; exit 2; }
with_tests=yes
if [ "${1:-}" = --sample ]; then with_tests=no; shift; fi
[ $# -gt 0 ] || set -- 2025 2027 2035

# The binaries that `cargo run` and `cargo test` run, built by the true clock: cargo goes by the times of files.
messages=$(cargo test --no-run --message-format=json 2>/dev/null)
binary() {
  printf '%s\n' "$messages" | python3 -c '
import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if message.get("reason") == "compiler-artifact" and message.get("executable"):
        if message["target"]["name"] == sys.argv[1] and message["profile"]["test"] == (sys.argv[2] == "test"):
            print(message["executable"])
' "$1" "$2" | tail -n 1
}
heatpack=$(binary heatpack program)
tests=$(binary it test)
[ -x "$heatpack" ] && [ -x "$tests" ] || { echo "any_day.sh: cargo built no binaries" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Threads wait by the monotonic clock, which stays as it is.
export FAKETIME_DONT_FAKE_MONOTONIC=1
# The as-of time is nobody's but the settings'.
unset SOURCE_DATE_EPOCH

# A day of each year: a Saturday night, a leap year's last day, the morning when clocks go forward.
day() {
  case $1 in
    2027) echo "2027-03-14 02:30:00" ;;
    2028) echo "2028-02-29 12:00:00" ;;
    *) echo "$1-12-31 23:30:00" ;;
  esac
}

# TZ is that of the computer; POSIX counts the other way round.
on() {
  local zone=$1 year=$2
  shift 2
  TZ=$zone faketime "$(day "$year")" "$@"
}

for year in "$@"; do
  for zone in UTC-14 UTC+12; do
    name="$year $zone"
    echo "any day: the sample, $(day "$year"), TZ=$zone"
    on "$zone" "$year" "$heatpack" check >"$work/check" || { cat "$work/check"; echo "check fails: $name" >&2; exit 1; }
    tail -n 1 "$work/check" >"$work/counts"
    [ -f "$work/first" ] || cp "$work/counts" "$work/first"
    cmp "$work/first" "$work/counts"
  done
done
# A build takes long, and what it makes is the same bytes: one by the clock of this computer, one by each year's.
TZ=UTC "$heatpack" build -o "$work/site" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
for year in "$@"; do
  echo "any day: the sample is built again, $(day "$year")"
  on UTC-14 "$year" "$heatpack" build -o "$work/site" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
  # The last line counts what was made: nothing but what is there already.
  tail -n 1 "$work/log" | grep '^0 of [0-9]* packs built, 0 files written' || { cat "$work/log" >&2; exit 1; }
done
[ $with_tests = yes ] || { echo "any day: the sample is the same"; exit 0; }
zone=UTC-14
for year in "$@"; do
  echo "any day: all tests, $(day "$year"), TZ=$zone"
  on "$zone" "$year" "$tests" --quiet
  [ "$zone" = UTC-14 ] && zone=UTC+12 || zone=UTC-14
done
echo "any day: all is the same"
