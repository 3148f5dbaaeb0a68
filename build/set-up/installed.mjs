/**
 * Whether npm's record of `node_modules` holds every package of the lockfile, at its version and integrity. Packages
 * for other platforms and optional peers may be missing.
 *
 * @param {string} lockfile the text of package-lock.json
 * @param {string} hidden the text of node_modules/.package-lock.json; empty when there is none
 */
export function isInstalled(lockfile, hidden) {
  const installed = packagesOf(hidden);
  return Object.entries(packagesOf(lockfile)).every(([location, locked]) => {
    if (location === '') return true;
    const present = installed[location];
    if (present === undefined)
      return locked.optional === true || locked.devOptional === true || locked.peer === true;
    return present.version === locked.version && present.integrity === locked.integrity;
  });
}

/**
 * @param {string} text
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>}
 */
function packagesOf(text) {
  try {
    return JSON.parse(text).packages ?? {};
  } catch {
    return {};
  }
}
