#!/bin/sh
# Makes the README's pictures from the sample: the top of a weekly pack's first page, and the first page of the site.
#
#   docs/pictures.sh [HEATPACK]     needs pdftoppm (poppler-utils) and Chromium
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
heatpack=$(cd "$(dirname "${1:-$root/target/debug/heatpack}")" && pwd)/heatpack
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
"$heatpack" pack weekly -o "$work/pack.pdf"
# The upper part, so that the commands below it are on the first screen of the README.
pdftoppm -f 1 -l 1 -r 150 -x 0 -y 90 -W 1275 -H 890 -png -singlefile "$work/pack.pdf" "$root/docs/pictures/weekly-pack"

"$heatpack" build -o "$work/site"
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
"$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-color-profile=srgb \
  --window-size=1280,1000 --screenshot="$root/docs/pictures/site.png" "file://$work/site/index.html" 2>/dev/null
