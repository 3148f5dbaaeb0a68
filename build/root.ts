import path from 'node:path';

/** The folder of the sources. */
export const root = path.resolve(import.meta.dirname, '..');
