#!/usr/bin/env bash
# Builds one static binary for 64-bit Linux, which runs on any such machine, and says its size and SHA-256.
#
# Usage: release/build.sh        the binary is then target/x86_64-unknown-linux-gnu/release/heatpack
# Needs Rust, a C compiler and the static C library (Debian: gcc, libc6-dev). Takes about 10 minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-unknown-linux-gnu
binary=target/$target/release/heatpack
# With --target the flags go to heatpack and its libraries alone, and not to what runs while they are built.
RUSTFLAGS="-C target-feature=+crt-static -C strip=symbols" cargo build --release --locked --target "$target"

# `ldd` ends with 1 where there is nothing to load.
if loads=$(ldd "$binary" 2>&1) && ! grep -q 'statically linked' <<<"$loads"; then
  printf '%s is not static; it loads:\n%s\n' "$binary" "$loads" >&2
  exit 1
fi
env -i "$PWD/$binary" --version
env -i "$PWD/$binary" -C "$PWD" --as-of 2026-11-22 check >/dev/null

printf '%s\n%s bytes\nsha256 %s\n' "$binary" "$(stat -c %s "$binary")" "$(sha256sum "$binary" | cut -d' ' -f1)"
