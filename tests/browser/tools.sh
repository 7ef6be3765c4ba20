# Sourced by the scripts beside it: sees to Chromium, Node, Java and the npm packages, and says where things are.
#
# Installs what is missing (Debian: chromium, nodejs, npm, default-jre-headless; npm: package-lock.json) under
# ${BROWSER_HOME:-~/.cache/heatpack-browser}. A tool that is missing afterward is a failure.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
heatpack=${HEATPACK:-$root/target/debug/heatpack}
home=${BROWSER_HOME:-$HOME/.cache/heatpack-browser}
as_of=2026-11-22

packages=()
[[ -x /usr/bin/chromium ]] || packages+=(chromium)
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
command -v java >/dev/null || packages+=(default-jre-headless)
if ((${#packages[@]})); then
  { apt-get update -qq && apt-get install -y -qq "${packages[@]}"; } >&2
fi
if ! cmp -s "$here/package-lock.json" "$home/package-lock.json" || [[ ! -d $home/node_modules/axe-core ]]; then
  mkdir -p "$home"
  cp "$here/package.json" "$here/package-lock.json" "$home/"
  (cd "$home" && npm ci --silent --no-audit --no-fund --ignore-scripts) >&2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
