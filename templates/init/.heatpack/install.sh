#!/bin/sh
# Puts heatpack into .heatpack/bin for the CI workflows, which run this first. Where a heatpack is on the path already
# (a runner or image of your own), it does nothing.
#
# FILL IN ONE OF THE TWO WAYS, once. Whoever writes here decides what runs in CI, so let CODEOWNERS guard this file.
#
# 1. The static binary of a release: its address, and its SHA-256, without which it is not run.
binary=""
sha256=""
# 2. From source, which needs Rust and takes 10 to 15 minutes, once: CI keeps the result in its cache. The address of the
#    repository, and the full hash of a commit (a tag can be moved, a hash cannot).
repository=""
commit=""

set -eu
folder=$(cd "$(dirname "$0")" && pwd)
if command -v heatpack >/dev/null 2>&1; then
  heatpack --version
  exit 0
fi
# What is there may come from a cache, into which others may have written: a binary is run with this very SHA-256 only.
is_it() { echo "$sha256  $1" | sha256sum --check --status; }
if [ -n "$binary" ] && [ -f "$folder/bin/heatpack" ] && ! is_it "$folder/bin/heatpack"; then
  rm -f "$folder/bin/heatpack"
fi
if [ ! -x "$folder/bin/heatpack" ]; then
  mkdir -p "$folder/bin"
  if [ -n "$binary" ] && [ -n "$sha256" ]; then
    curl --fail --silent --show-error --location --proto '=https' --output "$folder/bin/fetched" "$binary"
    is_it "$folder/bin/fetched" || { echo "install.sh: $binary has another SHA-256" >&2; exit 2; }
    chmod +x "$folder/bin/fetched"
    mv "$folder/bin/fetched" "$folder/bin/heatpack"
  elif [ -n "$repository" ] && [ -n "$commit" ]; then
    cargo install --locked --git "$repository" --rev "$commit" --root "$folder" heatpack
  else
    echo "install.sh: say in .heatpack/install.sh where heatpack comes from (its first lines tell how)" >&2
    exit 2
  fi
fi
"$folder/bin/heatpack" --version
# Later steps of a GitHub workflow find it there.
if [ -n "${GITHUB_PATH:-}" ]; then
  echo "$folder/bin" >> "$GITHUB_PATH"
fi
