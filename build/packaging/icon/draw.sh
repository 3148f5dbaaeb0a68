#!/bin/sh
# Draws the icon's files anew from icon.svg. Needed only when the drawing changes; the results are kept in git.
# Debian: librsvg2-bin, icoutils, icnsutils. npm's icon packers are no longer kept, and electron-builder's converter comes from
# a host that many networks do not reach.
set -eu
cd "$(dirname "$0")"
for size in 16 32 48 64 128 256 512; do
  rsvg-convert --width="$size" --height="$size" --output="${size}x$size.png" icon.svg
done
# Windows asks for no image larger than 256. --raw: as PNG.
icotool --create --output=icon.ico --raw=16x16.png --raw=32x32.png --raw=48x48.png --raw=64x64.png --raw=128x128.png \
  --raw=256x256.png
png2icns icon.icns 16x16.png 32x32.png 48x48.png 128x128.png 256x256.png 512x512.png
