#!/bin/sh
# Runs a command as on a computer whose administrator has set it up: in a mount namespace in which the folder $1 is
# /etc/cpis-viewer. Only root may make one; $3 then makes the command an ordinary user's.
set -eu
folder=$1 etc=$2
shift 2
exec unshare --mount --propagation private sh -c '
  set -eu
  folder=$1 etc=$2
  shift 2
  mount --rbind /etc "$etc"
  mount -t tmpfs -o mode=755 tmpfs /etc
  for file in "$etc"/* "$etc"/.[!.]*; do
    [ ! -e "$file" ] || ln -s "$file" /etc/
  done
  rm -f /etc/cpis-viewer
  mkdir /etc/cpis-viewer
  mount --bind "$folder" /etc/cpis-viewer
  exec "$@"
' sh "$folder" "$etc" "$@"
