/**
 * Reads a command line as Electron's default app does: switches up to the folder are Chromium's or Node's, what follows
 * the folder belongs to the app.
 *
 * @param {readonly string[]} commandLine without the executable
 * @returns {{ folder?: string, modules: string[], version: boolean }}
 */
export function readCommandLine(commandLine) {
  /** @type {string[]} */
  const modules = [];
  let nextIsModule = false;
  for (const word of commandLine) {
    if (nextIsModule) {
      modules.push(word);
      nextIsModule = false;
    } else if (word === '-r' || word === '--require') nextIsModule = true;
    else if (word === '-v' || word === '--version') return { modules, version: true };
    else if (!word.startsWith('-')) return { folder: word, modules, version: false };
  }
  return { modules, version: false };
}
