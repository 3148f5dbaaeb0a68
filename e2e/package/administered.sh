#!/bin/sh
# Runs a command as on a computer whose administrator has set up an environment: sees the folder $1 as /etc/cpis-viewer. The
# folder $3 is there a file system without room for a single file.
# Needs no right of an administrator's: a user namespace, such as Chromium's sandbox needs too, with its own /etc.
set -eu
folder=$1 etc=$2 full=$3
shift 3
exec unshare --user --map-root-user --mount sh -c '
  set -eu
  folder=$1 etc=$2 full=$3 uid=$4 gid=$5
  shift 5
  mount -t tmpfs -o mode=1777,nr_inodes=1 tmpfs "$full"
  mount --rbind /etc "$etc"
  mount -t tmpfs -o mode=755 tmpfs /etc
  for file in "$etc"/* "$etc"/.[!.]*; do
    [ ! -e "$file" ] || ln -s "$file" /etc/
  done
  rm -f /etc/cpis-viewer
  mkdir /etc/cpis-viewer
  mount --bind "$folder" /etc/cpis-viewer
  exec unshare --user --map-user="$uid" --map-group="$gid" "$@"
' sh "$folder" "$etc" "$full" "$(id -u)" "$(id -g)" "$@"
