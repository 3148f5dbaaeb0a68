/** In place of DPAPI, which Wine does not have as Windows has it: marks the text, and hides nothing. */
import type { SecretStorage } from '../../electron/identity/signers/stored/secret-storage.ts';

const mark = 'sealed:';

export const plainStorage: SecretStorage = {
  problem: async () => undefined,
  encrypt: async (text) => Buffer.from(mark + text, 'utf8'),
  async decrypt(encrypted) {
    const text = encrypted.toString('utf8');
    if (!text.startsWith(mark)) throw new Error('not sealed here');
    return text.slice(mark.length);
  },
};
