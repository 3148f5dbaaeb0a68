/**
 * The oldest Electron major that still gets security fixes: the latest three do. A test compares it with the Electron in
 * package.json. Source: Electron, "Electron Releases", support policy.
 */
export const oldestSupportedElectron = 43;
