#!/bin/sh
# Runs a command as on a computer whose administrator has set it up: in a mount namespace in which the folder $1 is
# /etc/cpis-viewer, and the folder $3 a file system with the viewer's own folder in it, as in a home, and without room for a
# single file. Only root may make such a namespace; what follows then makes the command an ordinary user's.
set -eu
folder=$1 etc=$2 full=$3
shift 3
exec unshare --mount --propagation private sh -c '
  set -eu
  folder=$1 etc=$2 full=$3
  shift 3
  mount -t tmpfs -o mode=1777,nr_inodes=3 tmpfs "$full"
  mkdir -p "$full/.config/CP-IS Viewer"
  chmod -R a+rwX "$full/.config"
  mount --rbind /etc "$etc"
  mount -t tmpfs -o mode=755 tmpfs /etc
  for file in "$etc"/* "$etc"/.[!.]*; do
    [ ! -e "$file" ] || ln -s "$file" /etc/
  done
  rm -f /etc/cpis-viewer
  mkdir /etc/cpis-viewer
  mount --bind "$folder" /etc/cpis-viewer
  exec "$@"
' sh "$folder" "$etc" "$full" "$@"
