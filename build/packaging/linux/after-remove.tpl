#!/bin/sh
# After the files of a deb or rpm are gone, as root. electron-builder fills in the names.
set -eu
# dpkg says `remove` or `purge`, rpm how many versions are left. An update removes the old version after the new one is in.
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

rm -f '/usr/bin/${executable}'

profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser > /dev/null; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi
