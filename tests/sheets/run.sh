#!/usr/bin/env bash
# Installs what run.py needs, and runs it.
#
#   tests/sheets/run.sh [path of the heatpack binary]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
packages=$root/target/sheets
command -v soffice >/dev/null ||
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui; } >&2
[[ -d $packages/openpyxl ]] || python3 -m pip install --quiet --target "$packages" openpyxl==3.1.5
PYTHONPATH=$packages "$here/run.py" "${1:-$root/target/debug/heatpack}"
