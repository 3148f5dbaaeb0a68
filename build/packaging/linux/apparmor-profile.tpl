# Lets the viewer make the user namespaces that Chromium's sandbox is built from, and confines nothing.
# Source: Ubuntu, "Restricted unprivileged user namespaces"; the same profile as for Chrome and Visual Studio Code.
abi <abi/4.0>,
include <tunables/global>

profile ${executable} "/opt/${sanitizedProductName}/${executable}" flags=(unconfined) {
  userns,

  include if exists <local/${executable}>
}
