#!/usr/bin/env bash
# Verifies every vote of the sample as an auditor does who has no heatpack: exports each change request's votes, then
# runs its verify.sh where there is nothing but a shell, ssh-keygen, sha256sum and the coreutils.
#
#   tests/auditor.sh target/debug/heatpack
set -euo pipefail
heatpack=$(realpath "${1:?usage: tests/auditor.sh HEATPACK}")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/bin"
for program in ssh-keygen sha256sum cat cp cut head ls mkdir rm sort tail tr wc; do
  ln -s "$(command -v "$program")" "$work/bin/$program"
done

shells=(sh)
for shell in dash bash busybox; do
  if command -v "$shell" >/dev/null; then shells+=("$shell"); fi
done

folders=0 good=0 unsigned=0
for decisions in data/decisions/*/; do
  cr=$(basename "$decisions")
  # heatpack's own exit status tells of the state of the request, which is no matter here.
  "$heatpack" verify "$cr" --as-of 2026-11-22 --export "$work/$cr" >/dev/null 2>"$work/said" || true
  test -f "$work/$cr/verify.sh" || { cat "$work/said"; echo "$cr was not exported" >&2; exit 1; }
  first=
  for shell in "${shells[@]}"; do
    run=("$(command -v "$shell")")
    if [ "$shell" = busybox ]; then run+=(sh); fi
    said=$(cd / && env -i PATH="$work/bin" "${run[@]}" "$work/$cr/verify.sh") || { echo "$said"; echo "$cr failed with $shell" >&2; exit 1; }
    if [ -n "$first" ] && [ "$said" != "$first" ]; then
      echo "$cr: $shell prints something else than ${shells[0]}" >&2
      exit 1
    fi
    first=$said
  done
  folders=$((folders + 1))
  good=$((good + $(grep -c '^good ' <<<"$said" || true)))
  unsigned=$((unsigned + $(grep -c '^unsigned ' <<<"$said" || true)))
  listed=$(find "$decisions" -name '*.yaml' | wc -l)
  told=$(grep -c -E '^(good|unsigned|ignored) ' <<<"$said" || true)
  if [ "$told" -ne "$listed" ]; then
    echo "$said"
    echo "$cr: $listed votes on record, $told in the export" >&2
    exit 1
  fi
done
if [ "$good" -lt 20 ]; then
  echo "only $good signed votes were verified" >&2
  exit 1
fi
echo "$good signed votes of $folders change requests verify without heatpack ($unsigned unsigned, as the terms allowed); shells: ${shells[*]}"
