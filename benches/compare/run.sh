#!/usr/bin/env bash
# Builds heatpack with all optimisations, installs its peers, and measures them side by side: see compare.py.
#
# Peers: hyperfine, Hugo and Chromium from Debian; PyYAML, check-jsonschema, doorstop and WeasyPrint from PyPI, under
# ${BENCH_HOME:-~/.cache/heatpack-benches}. A peer that is missing afterward is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export BENCH_HOME=${BENCH_HOME:-$HOME/.cache/heatpack-benches}

packages=()
command -v hyperfine >/dev/null || packages+=(hyperfine)
command -v hugo >/dev/null || packages+=(hugo)
command -v chromium >/dev/null || packages+=(chromium)
dpkg -s libpango-1.0-0 libpangoft2-1.0-0 python3-venv >/dev/null 2>&1 || packages+=(libpango-1.0-0 libpangoft2-1.0-0 python3-venv)
if ((${#packages[@]})); then
  { apt-get update -qq && apt-get install -y -qq "${packages[@]}"; } >&2
fi
if [[ ! -x $BENCH_HOME/venv/bin/weasyprint || ! -x $BENCH_HOME/venv/bin/doorstop || ! -x $BENCH_HOME/venv/bin/check-jsonschema ]]; then
  python3 -m venv "$BENCH_HOME/venv"
  "$BENCH_HOME/venv/bin/pip" install --quiet pyyaml==6.0.4 check-jsonschema==0.39.0 doorstop==3.2 weasyprint==70.0
fi
"$BENCH_HOME/venv/bin/python" -c "import yaml; assert yaml.__with_libyaml__"

cargo build --release --locked --manifest-path "$here/../../Cargo.toml" --bin heatpack --examples >&2
exec python3 "$here/compare.py" "$@"
