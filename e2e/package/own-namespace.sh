#!/bin/sh
# Runs a command as any user can, without a right of an administrator's: in a user namespace with an /etc of the user's
# own, in which the folder $1 is /etc/cpis-viewer and seems to be root's.
set -eu
folder=$1 etc=$2
shift 2
exec unshare --user --map-root-user --mount sh -c '
  set -eu
  folder=$1 etc=$2 uid=$3 gid=$4
  shift 4
  mount --rbind /etc "$etc"
  mount -t tmpfs -o mode=755 tmpfs /etc
  for file in "$etc"/* "$etc"/.[!.]*; do
    [ ! -e "$file" ] || ln -s "$file" /etc/
  done
  rm -f /etc/cpis-viewer
  mkdir /etc/cpis-viewer
  mount --bind "$folder" /etc/cpis-viewer
  exec unshare --user --map-user="$uid" --map-group="$gid" "$@"
' sh "$folder" "$etc" "$(id -u)" "$(id -g)" "$@"
