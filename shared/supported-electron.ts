/**
 * The oldest Electron major that still gets security fixes: the latest three do. A test holds it to the Electron that
 * package.json asks for. Source: Electron, "Electron Releases", support policy.
 */
export const oldestSupportedElectron = 43;
