#!/bin/sh
# Runs a command as the user and group $1 and $2 where no user namespace can be made: in one of its own, whose limit is 0.
# Needs root. Source: user_namespaces(7); namespaces(7), /proc/sys/user.
set -eu
uid=$1 gid=$2
shift 2
unshare --user sleep 60 &
holder=$!
own=$(readlink /proc/self/ns/user)
until [ "$(readlink "/proc/$holder/ns/user")" != "$own" ]; do :; done
for map in uid_map gid_map; do
  echo '0 0 4294967295' > "/proc/$holder/$map"
done
# Root is root there, so that a set-user-ID program is one there too.
exec nsenter --user="/proc/$holder/ns/user" --setuid 0 --setgid 0 sh -c '
  set -eu
  holder=$1 uid=$2 gid=$3
  shift 3
  echo 0 > /proc/sys/user/max_user_namespaces
  kill "$holder"
  exec setpriv --reuid="$uid" --regid="$gid" --clear-groups "$@"
' sh "$holder" "$uid" "$gid" "$@"
