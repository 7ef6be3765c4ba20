#!/bin/sh
# Builds the heatpack to hand out: one file for x86-64 Linux that needs no library and no other file on the machine.
#
#   release/build.sh                  builds it, inspects it, and says its size and SHA-256
#   release/build.sh --inspect FILE   inspects one that is there already
#
# It needs Rust, and the static library of glibc (libc6-dev on Debian and Ubuntu, glibc-static on Fedora). The PDF engine
# is compiled with all optimisations: 10 to 20 minutes on two cores.
set -eu

target=x86_64-unknown-linux-gnu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

fail() {
  echo "release/build.sh: $*" >&2
  exit 1
}

# The program loads no library: ldd says so in one of two ways, by the kind of static program that it is.
is_static() {
  loads=$(LC_ALL=C ldd "$1" 2>&1 || true)
  case $loads in
    *"statically linked"* | *"not a dynamic executable"*) return 0 ;;
    *) echo "$loads" >&2 && return 1 ;;
  esac
}

# It is static, starts with nothing in its environment, and makes a PDF of the sample: fonts and time zones are in it.
inspect() {
  [ -x "$1" ] || fail "$1 is no program"
  is_static "$1" || fail "$1 loads libraries (above), so it would not run everywhere"
  version=$(env -i "$1" --version) || fail "$1 does not start"
  env -i "$1" -C "$root" --as-of "2026-11-18 10:00" check >"$work/check.txt" || fail "$1 does not check the sample as it should"
  env -i "$1" -C "$root" --as-of "2026-11-18 10:00" pack weekly --on 2026-11-18 -o "$work/pack.pdf" || fail "$1 makes no pack"
  [ "$(head -c 5 "$work/pack.pdf" 2>/dev/null)" = "%PDF-" ] || fail "$1 makes a pack that is no PDF"
  sum=$(sha256sum "$1")
  echo "$version: static, starts, checks the sample, makes a PDF of $(wc -c <"$work/pack.pdf") bytes"
  echo "file    $1"
  echo "size    $(wc -c <"$1") bytes"
  echo "sha256  ${sum%% *}"
}

case ${1-} in
  "") ;;
  --inspect)
    [ $# -eq 2 ] || fail "say which file: release/build.sh --inspect FILE"
    file=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
    inspect "$file"
    exit
    ;;
  *) fail "no such option: $1 (see the head of this file)" ;;
esac

cd "$root"
for program in cargo rustc ldd sha256sum; do
  command -v "$program" >/dev/null || fail "$program is not on the path"
done

# Where nothing can be linked statically, say so now, and not after a quarter of an hour.
echo 'fn main() { println!("it runs"); }' >"$work/probe.rs"
rustc --target "$target" -C target-feature=+crt-static -o "$work/probe" "$work/probe.rs" ||
  fail "nothing can be linked statically here: install glibc's static library, and \`rustup target add $target\`"
is_static "$work/probe" || fail "rustc links libraries in spite of crt-static"
[ "$("$work/probe")" = "it runs" ] || fail "a static program does not run here"

# What is handed out can be traced to a commit.
commit=$(git rev-parse HEAD 2>/dev/null || echo "no commit")
if [ -n "$(git status --porcelain 2>/dev/null)" ]; then
  echo "release/build.sh: there are edits that are not committed; don't hand out what is built now" >&2
fi

# Flags are separated by this, so that paths may hold blanks. Paths of this machine do not get into the file.
unit=$(printf '\037')
cargo_home=${CARGO_HOME:-$HOME/.cargo}
CARGO_ENCODED_RUSTFLAGS="-Ctarget-feature=+crt-static${unit}--remap-path-prefix=$root=heatpack${unit}--remap-path-prefix=$cargo_home=cargo"
export CARGO_ENCODED_RUSTFLAGS
cargo build --locked --profile ship --target "$target" --bin heatpack

built=${CARGO_TARGET_DIR:-target}/$target/ship/heatpack
name=heatpack-$(env -i "$built" --version | cut -d ' ' -f 2)-x86_64-linux
mkdir -p target/shipped
cp "$built" "target/shipped/$name"
(cd target/shipped && sha256sum "$name" >"$name.sha256")
inspect "$root/target/shipped/$name"
echo "commit  $commit"
