const product = 'Cypress/';

/** Which files of the fallback's archive are Electron, and what they are called there. */
export function placeFallbackFile(name: string): string | undefined {
  if (!name.startsWith(product)) return undefined;
  const file = name.slice(product.length);
  if (file.startsWith('resources/') || file === 'browser_v8_context_snapshot.bin') return undefined;
  if (file.split('/').includes('..')) return undefined;
  return file === 'Cypress' ? 'electron' : file;
}
