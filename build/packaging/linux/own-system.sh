#!/bin/sh
# Runs a command as root of this system, but with an /opt, a /usr/bin, alternatives and package databases of its own, which go
# with it; $1 is a folder for what lies under them. Needs no right of root's, but a user namespace.
set -eu
exec unshare --user --map-root-user --mount sh -c '
  set -eu
  folder=$1
  shift
  mkdir "$folder/bin"
  mount --rbind /usr/bin "$folder/bin"
  mount -t tmpfs -o mode=755 tmpfs /usr/bin
  # The command that is running lies there too.
  "$folder/bin/find" "$folder/bin" -mindepth 1 -maxdepth 1 -exec "$folder/bin/ln" -s -t /usr/bin {} +
  for own in /opt /etc/alternatives /etc/apparmor.d /var/lib/dpkg /var/lib/alternatives; do
    [ ! -d "$own" ] || mount -t tmpfs -o mode=755 tmpfs "$own"
  done
  if [ -d /var/lib/dpkg ]; then
    mkdir /var/lib/dpkg/info /var/lib/dpkg/updates /var/lib/dpkg/alternatives
    : > /var/lib/dpkg/status
  fi
  exec "$@"
' sh "$@"
