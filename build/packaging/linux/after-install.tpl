#!/bin/sh
# After the files of a deb or rpm are in place, as root. electron-builder fills in the names.
set -eu
folder='/opt/${sanitizedProductName}'
command='/usr/bin/${executable}'

# Versions that lay in a folder with a blank registered an alternative, which their rpm left behind at an update.
if command -v update-alternatives > /dev/null; then
  update-alternatives --remove-all '${executable}' > /dev/null 2>&1 || true
fi
ln -sfn "$folder/${executable}" "$command"

# Chromium uses this helper where users cannot make user namespaces: today, or after the system has been hardened.
chown root:root "$folder/chrome-sandbox"
chmod 4755 "$folder/chrome-sandbox"

# Where AppArmor keeps user namespaces from programs without a profile. An older AppArmor neither does that nor reads this.
profile="$folder/resources/apparmor-profile"
installed='/etc/apparmor.d/${executable}'
if command -v apparmor_parser > /dev/null && apparmor_parser --skip-kernel-load --skip-cache "$profile" > /dev/null 2>&1; then
  cp "$profile" "$installed"
  chmod 644 "$installed"
  # Not in the making of a system's image, which has no kernel of its own.
  if [ -d /sys/kernel/security/apparmor ]; then
    apparmor_parser --replace --write-cache "$installed" || true
  fi
fi

if command -v update-desktop-database > /dev/null; then
  update-desktop-database /usr/share/applications || true
fi
