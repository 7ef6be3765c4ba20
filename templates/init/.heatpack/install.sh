#!/bin/sh
# Puts heatpack into .heatpack/bin for the CI workflows, which run this first. Does nothing if heatpack is on the path
# already (a runner or image of your own).
#
# FILL IN ONE OF THE TWO WAYS, once. This file decides what runs in CI, so protect it with CODEOWNERS.
#
# 1. The static binary of a release: its address, and its SHA-256, without which it is not run.
binary=""
sha256=""
# 2. From source, which needs Rust and takes about 10 minutes once: CI keeps the result in its cache. The address of the
#    repository, and the full hash of a commit (a tag can be moved, a hash cannot).
repository=""
commit=""

set -eu
folder=$(cd "$(dirname "$0")" && pwd)
if command -v heatpack >/dev/null 2>&1; then
  heatpack --version
  exit 0
fi
# A binary from a cache may have been replaced by others, so it runs only with this SHA-256.
is_it() { echo "$sha256  $1" | sha256sum --check --status; }
if [ -n "$binary" ] && [ -f "$folder/bin/heatpack" ] && ! is_it "$folder/bin/heatpack"; then
  rm -f "$folder/bin/heatpack"
fi
if [ ! -x "$folder/bin/heatpack" ]; then
  mkdir -p "$folder/bin"
  if [ -n "$binary" ] && [ -n "$sha256" ]; then
    curl --fail --silent --show-error --location --proto '=https' --output "$folder/bin/fetched" "$binary"
    is_it "$folder/bin/fetched" || { echo "install.sh: $binary has a different SHA-256" >&2; exit 2; }
    chmod +x "$folder/bin/fetched"
    mv "$folder/bin/fetched" "$folder/bin/heatpack"
  elif [ -n "$repository" ] && [ -n "$commit" ]; then
    cargo install --locked --git "$repository" --rev "$commit" --root "$folder" heatpack
  else
    echo "install.sh: set the source of heatpack in .heatpack/install.sh (see its first lines)" >&2
    exit 2
  fi
fi
"$folder/bin/heatpack" --version
# Later steps of a GitHub workflow find it there.
if [ -n "${GITHUB_PATH:-}" ]; then
  echo "$folder/bin" >> "$GITHUB_PATH"
fi
